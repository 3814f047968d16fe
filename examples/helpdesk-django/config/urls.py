"""The API, and the page for every other path without a file extension."""

from django.urls import include, path, re_path

from config.page import page

urlpatterns = [
    path("api/mizan/", include("mizan.django.urls")),
    re_path(r"^[^.]*$", page),
]
