"""A Django project with one contestant's view, as `startproject` writes it."""

from __future__ import annotations

import json
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from answers import Profile, Update, update

urlpatterns: list[Any] = []


def configure(name: str) -> None:
    """Settings without sessions, since nobody signs in here, and the contestant in the URLs."""
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="bench-" * 10,
        INSTALLED_APPS=["mizan.django", "profiles"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        DATABASES={},
    )
    django.setup()
    if name == "limit":
        urlpatterns.append(path("update", plain))
    elif name == "ninja":
        urlpatterns.append(path("", _ninja().urls))
    else:
        urlpatterns.append(path("api/mizan/", include("mizan.django.urls")))


@csrf_exempt
def plain(request: HttpRequest) -> JsonResponse:
    """The limit."""
    given = json.loads(request.body)
    return JsonResponse(update(given["userId"], given["name"], given.get("nickname")))


def _ninja() -> Any:
    """Reads settings as soon as it is imported, so not before there are any."""
    from ninja import NinjaAPI

    api = NinjaAPI()

    @api.post("/update", response=Profile)
    def ninja_update(request: HttpRequest, given: Update) -> Any:  # noqa: ARG001
        return update(given.userId, given.name, given.nickname)

    return api
