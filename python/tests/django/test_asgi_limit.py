"""Under ASGI a body beyond the limit is refused without being read."""

import asyncio
from collections.abc import Sequence
from typing import Any

from django.core.asgi import get_asgi_application
from django.test import SimpleTestCase

from mizan.django.asgi import limit_bodies

from .calls import BASE
from .test_asgi import scope_of

MIB = 2**20


class Caller:
    """Sends pieces of a body for as long as somebody reads them."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self.pieces = list(pieces)
        self.read = 0
        self.status = 0

    async def receive(self) -> Any:
        if not self.pieces:
            await asyncio.Event().wait()
        self.read += 1
        body = self.pieces.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(self.pieces)}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)


async def post(
    caller: Caller, path: str = f"{BASE}/call/", length: int | str | None = None, root: str = ""
) -> Caller:
    announced = {} if length is None else {"content_length": str(length)}
    scope = scope_of("POST", path, b"", content_type="application/json", **announced)
    scope["root_path"] = root
    await limit_bodies(get_asgi_application())(scope, caller.receive, caller.send)
    return caller


class LimitTests(SimpleTestCase):
    async def test_an_announced_length_is_refused_unread(self) -> None:
        caller = await post(Caller([b"x" * MIB] * 10), length=10 * MIB)
        self.assertEqual((caller.status, caller.read), (413, 0))

    async def test_a_length_of_thousands_of_digits_too(self) -> None:
        caller = await post(Caller([b"x" * MIB] * 10), length="9" * 5000)
        self.assertEqual((caller.status, caller.read), (413, 0))

    async def test_without_a_length_as_soon_as_the_limit_is_passed(self) -> None:
        caller = await post(Caller([b"x" * MIB] * 10))
        self.assertEqual((caller.status, caller.read), (413, 2))

    async def test_below_a_root_path_too(self) -> None:
        caller = await post(Caller([b"x" * MIB] * 10), f"/shop{BASE}/call/", length=10 * MIB, root="/shop")
        self.assertEqual((caller.status, caller.read), (413, 0))

    async def test_a_body_within_the_limit_is_read_whole(self) -> None:
        caller = await post(Caller([b"x" * (MIB - 1), b"x"]))
        self.assertEqual((caller.status, caller.read), (400, 2))

    async def test_other_routes_read_what_they_like(self) -> None:
        caller = await post(Caller([b"x" * MIB] * 3), "/elsewhere/")
        self.assertEqual((caller.status, caller.read), (404, 3))
