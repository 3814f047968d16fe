"""An answer as a response of Django's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders

from mizan.core.wire import Header, WireResponse

from .forgery import keep_token

# What a response consists of, taken from one: put together from it, one costs a third of what the constructor
# takes, which looks for a content type and at every character of each header.
_MADE = vars(HttpResponse(content_type="none"))
_SCALAR = (bool, int, str, type(None))
_FIXED = {name: value for name, value in _MADE.items() if isinstance(value, _SCALAR)}
_FRESH = {name: type(value) for name, value in _MADE.items() if name not in (*_FIXED, "headers")}


def to_response(request: HttpRequest, answer: WireResponse) -> HttpResponse:
    """The same answer, for Django's middleware and handlers."""
    body = answer.body
    response = HttpResponse.__new__(HttpResponse)
    own: dict[str, Any] = vars(response)
    own.update(_FIXED)
    for name, kind in _FRESH.items():
        own[name] = kind()
    own["status_code"] = answer.status
    own["headers"] = headers = ResponseHeaders({})
    own["_container"] = [b"" if body is None or request.method == "HEAD" else body]
    kept: dict[str, Header] = headers._store
    for header in answer.headers:
        name, value = header
        if value.isascii() and value.isprintable():
            kept[name.lower()] = header
        else:
            headers[name] = value
    if body is not None:
        kept["content-length"] = ("Content-Length", str(len(body)))
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
        keep_token(request, response)
    return response
