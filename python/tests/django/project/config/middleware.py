"""A middleware of the project's own, which must go on working around Mizan."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def mark(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.headers.get("X-Read-Body"):
            assert request.body is not None
        if request.headers.get("X-Drain-Body"):
            request.read()
        if request.headers.get("X-Look-At-User"):
            assert not request.user.is_anonymous
        response = get_response(request)
        response.headers["X-Project"] = "desk"
        return response

    return middleware
