"""Django's request as the core reads it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.http.request import RawPostDataException, UnreadablePostError

from mizan.core.wire import BodyTaken, announced_length


class DjangoWire:
    """One HttpRequest, and what it was when it came to the view."""

    __slots__ = ("method", "path", "query", "raw", "snapshot")

    def __init__(self, request: HttpRequest, rest: str) -> None:
        self.raw = request
        self.method = request.method or "GET"
        scope: dict[str, Any] | None = getattr(request, "scope", None)
        self.path = "/" + _raw_rest(request, rest, scope)
        query = request.META.get("QUERY_STRING", "") if scope is None else scope.get("query_string", b"")
        self.query: str = query.decode("latin-1") if isinstance(query, bytes) else query
        self.snapshot = dict(vars(request))
        """What was on the request before any function ran, for reads that must not meet what one has kept."""

    def header(self, name: str) -> str | None:
        """A header by its lower-case name."""
        value: str | None = self.raw.META.get(_KEYS.get(name) or _key(name))
        # WSGI servers write an absent Content-Type as an empty text.
        return value or None


def context_of(path: str) -> str:
    """The name that a path of `/ctx/` asks for."""
    return path[5:].partition("/")[0]


def _key(name: str) -> str:
    """Where a header stands in `META`."""
    key = name.replace("-", "_").upper()
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + key


# Those that every call is asked for.
_KEYS = {
    name: _key(name) for name in ("content-encoding", "content-length", "content-type", "x-mizan-contract")
}


def _raw_rest(request: HttpRequest, rest: str, scope: dict[str, Any] | None) -> str:
    """The path below the mount point as it was sent, where the server tells it (HTTP-2)."""
    if scope is None:
        # gunicorn and others; uWSGI and mod_wsgi. The interface itself has the decoded path only.
        sent = request.META.get("RAW_URI") or request.META.get("REQUEST_URI")
    else:
        sent = scope.get("raw_path")
    if not sent:
        return rest
    text: str = sent.decode("latin-1") if isinstance(sent, bytes) else sent
    if "%" not in text:
        return rest
    text = text.partition("?")[0]
    if not text.startswith("/"):
        # A proxy may send the whole URI (RFC 9112, section 3.2.2).
        text = "/" + text.partition("://")[2].partition("/")[2]
    for whole in (request.path, request.path_info):
        mount = whole[: len(whole) - len(rest)]
        if text.startswith(mount):
            return text[len(mount) :]
    return rest


def read_body(wire: Any, limit: int) -> bytes | None:
    """The body, or None when it is longer than `limit`, which is known without reading all of it (HTTP-5).

    `DATA_UPLOAD_MAX_MEMORY_SIZE` holds as well: whichever is lower answers, in our words.
    """
    request: HttpRequest = wire.raw
    length = announced_length(request.META.get("CONTENT_LENGTH"))
    if length is not None and length > limit:
        return None
    try:
        # A middleware may have looked already; then Django keeps it.
        body = (
            request.body if length is not None or hasattr(request, "_body") else _read_to_end(request, limit)
        )
    except RequestDataTooBig:
        return None
    except RawPostDataException:
        raise BodyTaken(
            "The request body was already read as a stream, by a middleware: let it read request.body, "
            "or leave the routes of Mizan alone"
        ) from None
    if length is not None and len(body) < length:
        raise UnreadablePostError("The body ended too early")
    return None if len(body) > limit else body


def _read_to_end(request: HttpRequest, limit: int) -> bytes:
    """A body without a length: all that an ASGI server passed on, or what a WSGI server ends by itself."""
    if request.META.get("wsgi.input_terminated"):
        stream = request.META["wsgi.input"]
        pieces: list[bytes] = []
        left = limit + 1
        while left > 0 and (piece := stream.read(left)):
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)
    return request.read(limit + 1)
