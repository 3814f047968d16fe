"""Where the protocol is mounted."""

from django.urls import include, path

from ..handshake import BASE

urlpatterns = [path(f"{BASE[1:]}/", include("mizan.django.urls"))]
