from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import include, path


def form(request: HttpRequest) -> HttpResponse:
    """A page of the project's own, which hands out a token as Django's forms do."""
    return HttpResponse(get_token(request))


urlpatterns = [
    path("api/mizan/", include("mizan.django.urls")),
    path("form/", form),
]
