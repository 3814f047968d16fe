"""Around an application under ASGI, where Django reads a whole body before anybody can refuse it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from django.urls import Resolver404, resolve

from mizan.core.wire import announced_length

from .server import get_server
from .view import VIEWS

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Application: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]


def limit_bodies(application: Application) -> Application:
    """Has nothing be read of a body for Mizan beyond the limit: `limit_bodies(get_asgi_application())`.

    Without it the answer is the same, but Django keeps the whole body first, on disk (HTTP-5).
    """

    async def limited(scope: Any, receive: Receive, send: Any) -> None:
        if scope["type"] == "http" and scope["method"] not in ("GET", "HEAD"):
            length = _content_length(scope)
            limit = get_server().limits.body_bytes
            if (length is None or length > limit) and _is_ours(scope):
                receive = _limited(receive, length, limit)
        await application(scope, receive, send)

    return limited


def _limited(receive: Receive, length: int | None, limit: int) -> Receive:
    """What is over the limit ends there; that it is over shows in the header, or in one byte too many."""
    left = 0 if length is not None else limit + 1
    ended = False

    async def read() -> Message:
        nonlocal left, ended
        if ended:
            # Django listens for the end of the connection until it has answered, which it does at once.
            await asyncio.get_running_loop().create_future()
        message: Message = {"type": "http.request", "body": b""} if left == 0 else await receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")[:left]
            left -= len(body)
            ended = left == 0
            message = {**message, "body": body, "more_body": not ended and message.get("more_body", False)}
        return message

    return read


def _content_length(scope: Any) -> int | None:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return announced_length(value.decode("latin-1"))
    return None


def _is_ours(scope: Any) -> bool:
    path: str = scope["path"].removeprefix(scope.get("root_path") or "")
    try:
        return resolve(path).func in VIEWS
    except Resolver404:
        return False
