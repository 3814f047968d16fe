"""Runs one contestant's view over and over through Django's WSGI handler, and says what a call costs.

Argument: `limit` (a plain JSON view, which checks nothing), `ninja`, `mizan` or `mizan-mutation`; then
milliseconds that a batch shall take. The cost is processor time.
"""

from __future__ import annotations

import json
import sys
import time
from io import BytesIO
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from answers import ARGS, Profile, Update, update

urlpatterns: list[Any] = []


def configure() -> None:
    """Settings as `startproject` writes them, without sessions: nobody signs in here."""
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


@csrf_exempt
def plain(request: HttpRequest) -> JsonResponse:
    """The limit."""
    given = json.loads(request.body)
    return JsonResponse(update(given["userId"], given["name"], given.get("nickname")))


def mount(name: str) -> tuple[str, Any]:
    """Puts the contestant's view into the URLs; its path, and the body that it is sent."""
    if name == "limit":
        urlpatterns.append(path("update", plain))
        return "/update", ARGS
    if name == "ninja":
        from ninja import NinjaAPI

        api = NinjaAPI()

        @api.post("/update", response=Profile)
        def ninja_update(_request: HttpRequest, given: Update) -> Any:
            return update(given.userId, given.name, given.nickname)

        urlpatterns.append(path("api/", api.urls))
        return "/api/update", ARGS
    urlpatterns.append(path("api/mizan/", include("mizan.django.urls")))
    fn = "saveProfile" if name == "mizan-mutation" else "updateProfile"
    return "/api/mizan/call/", {"fn": fn, "args": ARGS}


def caller(application: WSGIHandler, address: str, body: bytes) -> Any:
    """What sends one request and takes the answer's body."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": address,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "bench.test",
        "SERVER_NAME": "bench.test",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
    }
    seen: list[str] = []

    def start_response(status: str, _headers: Any, _error: Any = None) -> None:
        seen[:] = [status]

    def call() -> bytes:
        response = application({**environ, "wsgi.input": BytesIO(body)}, start_response)
        content = b"".join(response)
        response.close()
        if seen != ["200 OK"]:
            raise SystemExit(f"{address} answered {seen}: {content!r}")
        return content

    return call


def main() -> None:
    """Grows a batch until it can be timed, then one more for each line that comes in."""
    name, milliseconds = sys.argv[1], float(sys.argv[2])
    configure()
    address, body = mount(name)
    call = caller(get_wsgi_application(), address, json.dumps(body).encode())
    answer = json.loads(call())
    profile = answer.get("result", answer)
    if profile != {"id": 5, "name": "Ada Lovelace", "nickname": "ada", "version": 12}:
        raise SystemExit(f"{name} does not answer as it should: {answer}")

    def run(times: int) -> float:
        before = time.process_time_ns()
        for _ in range(times):
            call()
        return time.process_time_ns() - before

    times = 1
    while run(times) < milliseconds * 1e6:
        times *= 2
    print("{}", flush=True)
    for _line in sys.stdin:
        print(json.dumps({"value": run(times) / times}), flush=True)


if __name__ == "__main__":
    main()
