"""A request as ASGI has it and an answer as ASGI wants it, without the framework's objects in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request, Response
from starlette.background import BackgroundTasks
from starlette.types import Message, Receive, Scope, Send

from ..core.wire import Header, WireResponse, announced_length

if TYPE_CHECKING:
    from ..core.request import RequestState
    from .mount import Mounted

_names: dict[str, bytes] = {}
_headers: dict[Header, tuple[bytes, bytes]] = {}
_REMEMBERED = 256


class AsgiRequest:
    """One request where a router is included; what is rarely asked for is made when somebody asks."""

    __slots__ = (
        "_headers",
        "_raw",
        "_unread",
        "method",
        "mount",
        "opened",
        "path",
        "query",
        "receive",
        "response",
        "scope",
        "tasks",
    )

    def __init__(self, scope: Scope, receive: Receive, path: str, mount: Mounted) -> None:
        self.scope = scope
        self.receive = receive
        self.method: str = scope["method"]
        self.path = path
        self.query: str = scope["query_string"].decode("latin-1")
        self.mount = mount
        self.response: Response | None = None
        """What dependencies and functions set headers on."""
        self.tasks: BackgroundTasks | None = None
        """What runs after the answer."""
        self.opened: list[RequestState] | None = None
        """Those that have had dependencies open."""
        self._headers: list[tuple[bytes, bytes]] = scope["headers"]
        self._raw: Request | None = None
        self._unread: bytes | None = None

    def header(self, name: str) -> str | None:
        """A header by its lower-case name; repeated ones are one list."""
        key = _names.get(name)
        if key is None:
            key = _names[name] = name.encode("latin-1")
        found: bytes | None = None
        for known, value in self._headers:
            if known == key:
                found = value if found is None else found + b", " + value
        return None if found is None else found.decode("latin-1")

    @property
    def raw(self) -> Request:
        """The request as FastAPI's users know it. Its body can be read although we have read it."""
        if self._raw is None:
            self._raw = Request(self.scope, self._receive_again)
        return self._raw

    async def read(self, limit: int) -> bytes | None:
        """The body, or None when it is over the limit; nothing more of it is read or kept then (HTTP-5)."""
        length = announced_length(self.header("content-length"))
        if length is not None and length > limit:
            return None
        body, more = await self._piece()
        if more and len(body) <= limit:
            pieces = [body]
            size = len(body)
            while more and size <= limit:
                body, more = await self._piece()
                pieces.append(body)
                size += len(body)
            body = b"".join(pieces)
        if len(body) > limit:
            return None
        self._unread = body
        return body

    async def _piece(self) -> tuple[bytes, bool]:
        message = await self.receive()
        if message["type"] != "http.request":
            raise ConnectionResetError("the caller went away before the body had ended")
        return message.get("body", b""), message.get("more_body", False)

    async def _receive_again(self) -> Message:
        if self._unread is None:
            return await self.receive()
        body, self._unread = self._unread, None
        return {"type": "http.request", "body": body, "more_body": False}


async def write(wire: AsgiRequest, response: WireResponse, send: Send) -> None:
    """Sends an answer as it stands; after its headers come those that functions have set."""
    headers = [_encoded(header) for header in response.headers]
    body = response.body
    if body is not None:
        headers.append((b"content-length", b"%d" % len(body)))
    if wire.response is not None and response.status < 400:
        taken = {name for name, _ in headers}
        headers += [one for one in wire.response.raw_headers if one[0] not in taken]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    whole = b"" if body is None or wire.method == "HEAD" else body
    await send({"type": "http.response.body", "body": whole})


def _encoded(header: Header) -> tuple[bytes, bytes]:
    known = _headers.get(header)
    if known is None:
        known = (header[0].lower().encode("latin-1"), header[1].encode("latin-1"))
        # Those that are constant come with the first answers; what varies must not pile up.
        if len(_headers) < _REMEMBERED:
            _headers[header] = known
    return known
