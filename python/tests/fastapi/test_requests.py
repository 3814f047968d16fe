"""Bodies, threads, callers that go away."""

import asyncio
import contextvars
import json
import logging
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

import anyio
import pytest
from fastapi import Depends, FastAPI, HTTPException, Request
from starlette.testclient import TestClient

from mizan import ReactContext, client, invalidate
from mizan.fastapi import Identity, MizanError, router

from .apps import BASE, SECRET, call, code_of, make_app, read, served


class Wire:
    """An application driven by hand, message by message."""

    def __init__(self, app: Any, *pieces: Any, headers: Any = (), path: str = f"{BASE}/call/") -> None:
        self.app = app
        self.pieces = list(pieces)
        self.asked = 0
        self.sent: list[Any] = []
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "POST",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"content-type", b"application/json"), *headers],
        }

    async def receive(self) -> Any:
        self.asked += 1
        piece = self.pieces.pop(0)
        if piece is None:
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    async def run(self) -> tuple[int, Any]:
        await self.app(self.scope, self.receive, self.send)
        return self.sent[0]["status"], json.loads(self.sent[1]["body"])


@client
async def size(text: str) -> int:
    return len(text)


def test_a_body_in_pieces() -> None:
    wire = Wire(make_app(size), b'{"fn":"si', b'ze","args":{"te', b'xt":"abc"}}')
    assert asyncio.run(wire.run()) == (200, {"result": 3, "invalidate": []})


def test_a_body_over_the_limit_is_not_read_on() -> None:
    app = make_app(size, limits={"body_bytes": 100})
    wire = Wire(app, b"x" * 60, b"x" * 60, b"x" * 60, b"x" * 60)
    status, body = asyncio.run(wire.run())
    assert (status, body["error"]["code"], wire.asked) == (413, "PAYLOAD_TOO_LARGE", 2)
    told = Wire(app, b"", headers=[(b"content-length", b"101")])
    status, body = asyncio.run(told.run())
    assert (status, body["error"]["code"], told.asked) == (413, "PAYLOAD_TOO_LARGE", 0)
    exact = b'{"fn":"size","args":{"text":"abc"}}'
    fits = Wire(make_app(size, limits={"body_bytes": len(exact)}), exact)
    assert asyncio.run(fits.run())[0] == 200
    over = Wire(make_app(size, limits={"body_bytes": len(exact) - 1}), exact)
    assert asyncio.run(over.run())[0] == 413


def test_a_length_that_is_none_is_passed_over() -> None:
    wire = Wire(
        make_app(size),
        b'{"fn":"size","args":{"text":""}}',
        headers=[(b"content-length", "²".encode("latin-1"))],
    )
    assert asyncio.run(wire.run())[0] == 200


@pytest.mark.parametrize("length", [b"1048577", b"9" * 5000])
def test_a_length_of_any_number_of_digits_is_refused_unread(length: bytes) -> None:
    wire = Wire(make_app(size), b"{}", headers=[(b"content-length", length)])
    status, body = asyncio.run(wire.run())
    assert (status, body["error"]["code"], wire.asked) == (413, "PAYLOAD_TOO_LARGE", 0)


def test_a_caller_who_goes_away_in_the_body() -> None:
    status, body = asyncio.run(Wire(make_app(size), b'{"fn":"size"', None).run())
    assert (status, body["error"]["code"]) == (400, "BAD_REQUEST")


def test_without_a_raw_path() -> None:
    wire = Wire(make_app(size), b'{"fn":"size","args":{"text":"a"}}')
    del wire.scope["raw_path"]
    assert asyncio.run(wire.run())[0] == 200


def test_repeated_headers_are_one_list() -> None:
    wire = Wire(make_app(size), b"{}", headers=[(b"content-type", b"application/json")])
    assert asyncio.run(wire.run())[0] == 415


def test_a_call_is_not_undone_by_a_cancelled_request() -> None:
    PlaceContext = ReactContext("place")  # noqa: N806
    done: list[str] = []

    @client(affects=PlaceContext)
    async def move() -> None:
        started.set()
        await gate.wait()
        done.append("moved")

    @client(context=PlaceContext)
    async def place() -> int:
        return 1

    async def run() -> None:
        wire = Wire(app, b'{"fn":"move"}')
        async with anyio.create_task_group() as group:
            group.start_soon(wire.run)
            await started.wait()
            group.cancel_scope.cancel()
            gate.set()
        assert done == ["moved"]

    app = make_app(move, place)
    started, gate = asyncio.Event(), asyncio.Event()
    asyncio.run(run())


def test_a_function_that_awaits_what_was_cancelled_fails_like_any_other() -> None:
    PlaceContext = ReactContext("place")  # noqa: N806
    log: list[str] = []

    def session() -> Iterator[None]:
        try:
            yield
        except Exception:
            log.append("rolled back")
            raise

    async def await_cancelled() -> int:
        task = asyncio.ensure_future(asyncio.Event().wait())
        task.cancel()
        await task
        return 1

    @client(affects=PlaceContext)
    async def move() -> int:
        return await await_cancelled()

    @client(affects=PlaceContext)
    async def move_together(db: Annotated[None, Depends(session)]) -> int:
        return await await_cancelled()

    @client(context=PlaceContext)
    async def lost() -> int:
        return await await_cancelled()

    @client(context=PlaceContext)
    async def place() -> int:
        return 1

    with served(move, move_together, lost, place, transaction=session) as line:
        answer = call(line, "move")
        assert code_of(answer) == (500, "INTERNAL")
        assert len(answer.json()["invalidate"]) == 1
        answer = call(line, "moveTogether")
        assert code_of(answer) == (500, "INTERNAL")
        assert "invalidate" not in answer.json()
        assert log == ["rolled back"]
        bundle = read(line, "place").json()
        assert (bundle["place"], bundle["$errors"]["lost"]["code"]) == (1, "INTERNAL")


def test_a_cancelled_request_closes_what_it_opened() -> None:
    log: list[str] = []

    async def session() -> AsyncIterator[None]:
        try:
            yield
        finally:
            await asyncio.sleep(0)
            log.append("closed")

    async def identity(_db: Annotated[None, Depends(session)]) -> None:
        started.set()
        await asyncio.Event().wait()

    async def run() -> None:
        wire = Wire(app, path=f"{BASE}/session/")
        wire.scope["method"] = "GET"
        async with anyio.create_task_group() as group:
            group.start_soon(wire.run)
            await started.wait()
            group.cancel_scope.cancel()
        # Not only when the loop ends.
        assert log == ["closed"]

    app = make_app(size, identify=identity)
    started = asyncio.Event()
    asyncio.run(run())


def test_head_sends_no_body() -> None:
    wire = Wire(make_app(size), path=f"{BASE}/session/")
    wire.scope["method"] = "HEAD"
    asyncio.run(wire.app(wire.scope, wire.receive, wire.send))
    assert wire.sent[1]["body"] == b""
    assert dict(wire.sent[0]["headers"])[b"content-length"] != b"0"


def test_a_read_that_is_given_up_still_closes_what_it_opened() -> None:
    slow_context = ReactContext("slow")
    log: list[str] = []

    async def session() -> AsyncIterator[None]:
        try:
            yield
        finally:
            await asyncio.sleep(0)
            log.append("closed")

    @client(context=slow_context)
    async def slow(_db: Annotated[None, Depends(session)]) -> int:
        log.append("reading")
        await asyncio.Event().wait()
        return 1

    @client(affects=slow_context)
    async def touch() -> None: ...

    # The clock stands, so that the host alone gives up.
    with served(slow, touch, limits={"flight_milliseconds": 1}, clock=lambda: 1000) as http:
        answer = call(http, "touch", shows=["slow"])
        assert (answer.status_code, list(answer.json())) == (200, ["result", "invalidate"])
    assert log == ["reading", "closed"]


def test_sync_functions_do_not_block_the_loop() -> None:
    gate = threading.Event()

    @client
    def wait() -> str:
        assert gate.wait(20)
        return threading.current_thread().name

    @client
    async def open_gate() -> None:
        gate.set()

    async def run() -> Any:
        app = make_app(wait, open_gate)
        waiting = asyncio.ensure_future(Wire(app, b'{"fn":"wait"}').run())
        await asyncio.sleep(0)
        await Wire(app, b'{"fn":"openGate"}').run()
        return await waiting

    status, body = asyncio.run(run())
    assert (status, body["result"] != threading.main_thread().name) == (200, True)


def test_sync_functions_see_the_context() -> None:
    name: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="nobody")
    seen: list[str] = []

    @client
    def whose() -> str:
        return name.get()

    def note(who: Identity, args: Any) -> bool:
        seen.append(name.get())
        return True

    @client(auth=note)
    async def guarded() -> None: ...

    async def set_name() -> None:
        name.set("Ada")

    app = FastAPI()
    inner = router(whose, guarded, secret=SECRET, identify=lambda: Identity(1))
    app.include_router(inner, prefix=BASE, dependencies=[Depends(set_name)])
    with TestClient(app) as http:
        assert call(http, "whose").json()["result"] == "Ada"
        call(http, "guarded")
    assert seen == ["Ada"]


def test_invalidate_from_a_thread_joins_the_call() -> None:
    FarContext = ReactContext("far")  # noqa: N806

    @client(context=FarContext)
    def far() -> int:
        return 1

    @client
    def touch() -> None:
        invalidate(FarContext)

    with served(far, touch) as http:
        assert call(http, "touch").json()["invalidate"][0].startswith("far@")
        before = read(http, "far").headers["x-mizan-revision"]
        invalidate(FarContext)
        assert read(http, "far").headers["x-mizan-revision"] != before


class Brewing(HTTPException):
    """Somebody's own."""


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, (400, "BAD_REQUEST")),
        (401, (401, "UNAUTHENTICATED")),
        (403, (403, "FORBIDDEN")),
        (404, (404, "NOT_FOUND")),
        (409, (409, "CONFLICT")),
        (410, (404, "NOT_FOUND")),
        (418, (400, "BAD_REQUEST")),
        (422, (422, "VALIDATION_FAILED")),
        (429, (429, "RATE_LIMITED")),
        (499, (400, "BAD_REQUEST")),
        (500, (500, "INTERNAL")),
        (503, (503, "UNAVAILABLE")),
    ],
)
def test_http_exceptions_by_status(status: int, expected: tuple[int, str]) -> None:
    @client
    async def refuse(detail: bool) -> None:
        raise Brewing(status, "said" if detail else None) if detail else Brewing(status, {"any": "json"})

    with served(refuse) as http:
        said, unsaid = (call(http, "refuse", detail=detail) for detail in (True, False))
        assert code_of(said) == code_of(unsaid) == expected
        internal = expected[1] == "INTERNAL"
        assert (said.json()["error"]["message"] == "said") is not internal
        assert unsaid.json()["error"]["message"] not in ("", "said")
        if expected[1] == "VALIDATION_FAILED":
            assert said.json()["error"]["details"] == [{"path": "", "code": "invalid", "message": "said"}]


def test_other_exceptions_are_internal_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    handled: list[Any] = []

    @client
    async def crash() -> None:
        raise LookupError("secret-7f3a")

    app = make_app(crash)

    @app.exception_handler(LookupError)
    async def handle(request: Request, error: Any) -> Any:
        handled.append(error)

    with caplog.at_level(logging.ERROR, "mizan"), TestClient(app) as http:
        answer = call(http, "crash")
    assert code_of(answer) == (500, "INTERNAL")
    assert "secret-7f3a" not in answer.text
    assert answer.json()["error"]["id"] in caplog.text
    assert "secret-7f3a" in caplog.text
    assert handled == []


def test_the_application_handles_what_happens_outside() -> None:
    app = make_app(size)

    @app.exception_handler(404)
    async def handle(request: Request, error: Any) -> Any:
        from starlette.responses import JSONResponse

        return JSONResponse({"mine": True}, 404)

    with TestClient(app) as http:
        assert http.get("/nowhere").json() == {"mine": True}
        assert code_of(http.get(f"{BASE}/nowhere")) == (404, "NOT_FOUND")


def test_errors_of_ours() -> None:
    @client
    async def refuse() -> None:
        raise MizanError.invalid(email="is taken")

    with served(refuse) as http:
        refused = call(http, "refuse")
        assert code_of(refused) == (422, "VALIDATION_FAILED")
        assert refused.json()["error"]["details"][0]["path"] == "/email"
