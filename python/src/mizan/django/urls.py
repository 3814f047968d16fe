"""What a project includes: `path("api/mizan/", include("mizan.django.urls"))`."""

from django.urls import re_path

from .view import MizanView

app_name = "mizan"

# Everything below belongs to the view, so that what is no route is answered in the protocol's words and
# `APPEND_SLASH` finds nothing to redirect.
urlpatterns = [re_path(r"^(?P<rest>[\s\S]*)\Z", MizanView(), name="endpoint")]
