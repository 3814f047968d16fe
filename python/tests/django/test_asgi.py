"""Under ASGI nothing blocks the loop, and under WSGI nothing makes one."""

import asyncio
import functools
import json
from collections.abc import Callable, Coroutine
from typing import Any
from unittest import mock

from asgiref.sync import sync_to_async
from desk.gate import gate, ran
from django.core.asgi import get_asgi_application
from django.test import AsyncClient, Client, SimpleTestCase, TestCase, TransactionTestCase

from mizan.django.server import get_server

from .calls import BASE, acall, call, code


def scope_of(method: str, path: str, query: bytes = b"", /, **headers: str) -> dict[str, Any]:
    """What an ASGI server says of a request."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path.replace("%63", "c"),
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"testserver")]
        + [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }


async def exchange(scope: dict[str, Any], body: bytes = b"", leave: asyncio.Event | None = None) -> Any:
    """One request to the whole application; `leave` is when the caller goes away."""
    sent: list[Any] = []
    incoming = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        if incoming:
            return incoming.pop()
        await (leave or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await get_asgi_application()(scope, receive, send)
    if not sent:
        return None
    return sent[0]["status"], json.loads(b"".join(message.get("body", b"") for message in sent) or b"null")


def post(fn: str, **args: Any) -> tuple[dict[str, Any], bytes]:
    body = json.dumps({"fn": fn, "args": args}).encode()
    path = f"{BASE}/call/"
    return scope_of("POST", path, content_type="application/json", content_length=str(len(body))), body


def served(test: Callable[[Any], Coroutine[Any, Any, None]]) -> Callable[[Any], None]:
    """Runs a test on a loop as a server has one; Django's tests lend all requests their own thread."""

    @functools.wraps(test)
    def run(self: Any) -> None:
        asyncio.run(asyncio.wait_for(test(self), 60))

    return run


class LoopTest(SimpleTestCase):
    @served
    async def test_a_function_that_blocks_does_not_block_the_loop(self) -> None:
        standing = asyncio.ensure_future(exchange(*post("passGate")))
        await asyncio.to_thread(gate.entered.wait)
        self.assertFalse(standing.done())
        # Answered while the other one stands.
        self.assertEqual(await exchange(*post("openGate")), (200, {"result": "open", "invalidate": []}))
        self.assertEqual(await standing, (200, {"result": "through", "invalidate": []}))

    @served
    async def test_functions_run_in_a_thread(self) -> None:
        self.assertFalse((await exchange(*post("inMainThread")))[1]["result"])

    def test_under_wsgi_nothing_makes_a_loop(self) -> None:
        with mock.patch("asyncio.new_event_loop", side_effect=AssertionError("a loop was made")):
            self.assertEqual(call(Client(), "inMainThread").json()["result"], True)

    def test_asynchronous_functions_run_under_wsgi(self) -> None:
        self.assertEqual(call(Client(), "openGate").json()["result"], "open")

    async def test_the_asynchronous_client_drives_it(self) -> None:
        answer = await acall(AsyncClient(), "translated")
        self.assertEqual(answer.json()["result"], "Yes")
        self.assertEqual(answer["X-Project"], "desk")
        self.assertEqual(code(await acall(AsyncClient(), "nowhere")), (404, "NOT_FOUND"))


class ServerTest(SimpleTestCase):
    @served
    async def test_the_path_is_compared_as_it_was_sent(self) -> None:
        self.assertEqual((await exchange(scope_of("GET", f"{BASE}/ctx/public", b"teamId=5")))[0], 200)
        self.assertEqual((await exchange(scope_of("GET", f"{BASE}/ctx/publi%63", b"teamId=5")))[0], 404)

    @served
    async def test_a_body_without_a_length_has_a_limit(self) -> None:
        scope, body = post("translated")
        scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"content-length"]
        self.assertEqual((await exchange(scope, body))[0], 200)
        self.assertEqual((await exchange(scope, body + b" " * 1048576))[0], 413)

    @served
    async def test_bad_bytes_in_the_query_are_an_answer(self) -> None:
        status, body = await exchange(scope_of("GET", f"{BASE}/ctx/public", b"teamId=%FF"))
        self.assertEqual((status, body["error"]["code"]), (422, "VALIDATION_FAILED"))


class LeavingTest(TransactionTestCase):
    @served
    async def test_a_caller_who_goes_away_does_not_undo_what_was_started(self) -> None:
        leave = asyncio.Event()
        standing = asyncio.ensure_future(exchange(*post("passGate"), leave=leave))
        await asyncio.to_thread(gate.entered.wait)
        leave.set()
        await exchange(*post("openGate"))
        self.assertIsNone(await standing)
        self.assertEqual(ran, ["pass_gate"])

    @served
    async def test_the_number_follows_a_call_whose_caller_went_away(self) -> None:
        before = get_server().store.last("note").n
        leave = asyncio.Event()
        standing = asyncio.ensure_future(exchange(*post("passGateAndWrite", teamId=1), leave=leave))
        await asyncio.to_thread(gate.entered.wait)
        leave.set()
        await exchange(*post("openGate"))
        self.assertIsNone(await standing)
        self.assertGreater(get_server().store.last("note").n, before)


class MiddlewareTest(TestCase):
    async def test_sync_middleware_around_an_asynchronous_view_changes_nothing(self) -> None:
        # The project's own middleware is synchronous, so Django adapts everything inside of it.
        answer = await AsyncClient().get(f"{BASE}/ctx/note?teamId=1")
        self.assertEqual(answer.json(), {"noteCount": 0, "notes": []})
        self.assertEqual(answer["X-Project"], "desk")

    async def test_database_work_of_a_test_is_seen(self) -> None:
        from desk.models import Note

        await sync_to_async(Note.objects.create)(team=1, text="seen")
        answer = await AsyncClient().get(f"{BASE}/ctx/note?teamId=1")
        self.assertEqual(answer.json(), {"noteCount": 1, "notes": ["seen"]})
