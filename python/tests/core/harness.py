"""A server under test without a framework: an in-memory host, blocking or awaiting, and what tests send."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mizan.core.app import App
from mizan.core.flow import Flow, run_async, run_sync
from mizan.core.guard import ask_guard, handler_arguments
from mizan.core.host import GuardRefused, Host, Performed
from mizan.core.identity import Identity
from mizan.core.plan import FunctionPlan
from mizan.core.registry import Registry, register
from mizan.core.request import RequestState
from mizan.core.settings import Settings
from mizan.core.wire import WireResponse

SECRET = "a secret of at least 32 bytes, for tests"

_on_commit: ContextVar[list[Callable[[], None]] | None] = ContextVar("on_commit", default=None)


@dataclass
class Sent:
    """A request as an adapter would hand it over."""

    method: str = "GET"
    path: str = "/"
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    raw: Any = None

    def header(self, name: str) -> str | None:
        return self.headers.get(name)


@dataclass
class Answer:
    """An answer as tests look at it."""

    status: int
    headers: dict[str, str]
    text: str
    body: Any

    @property
    def code(self) -> str:
        code: str = self.body["error"]["code"]
        return code


class NoTypes:
    """A framework that injects nothing."""

    names: Sequence[str] = ("the test host",)

    def inject(self, name: str, annotation: Any, position: int, default: Any) -> None:
        return None


class TestHost:
    """A host that blocks; `transactional` runs calls in what looks like a transaction."""

    __test__ = False

    def __init__(self, identify: Callable[[RequestState], Any] | None, transactional: bool) -> None:
        self.identify_with = identify or (lambda request: None)
        self.transactional = transactional
        self.begun: list[str] = []
        self.on_late: Callable[[], None] = lambda: None
        self.read_error: Exception | None = None
        self.end_error: Exception | None = None
        self.ended_reads = 0

    def read_body(self, wire: Any, limit: int) -> Any:
        if self.read_error is not None:
            raise self.read_error
        return None if len(wire.body) > limit else wire.body

    def identify(self, request: RequestState) -> Any:
        return self.identify_with(request)

    def csrf_token(self, request: RequestState) -> Any:
        return None

    def perform(self, plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Any:
        return run_sync(self._perform(plan, args, request), settle)

    def _perform(self, plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Flow[Performed]:
        outer = _on_commit.get()
        bound = self.transactional and plan.decl.context is None
        waiting: list[Callable[[], None]] = []
        if bound:
            self.begun.append("begin")
            _on_commit.set(waiting)
        started = False
        try:
            if not (yield ask_guard(plan, args, request)):
                return Performed(error=GuardRefused(), committed=False)
            started = True
            result = yield plan.handler(**handler_arguments(plan, args, {}, request))
        except Exception as error:
            return Performed(error=error, committed=started and not bound)
        finally:
            _on_commit.set(outer)
        if bound:
            self.begun.append("commit")
            for announce in waiting:
                announce()
        return Performed(result)

    def end_read(self, request: RequestState) -> Any:
        self.ended_reads += 1
        if self.end_error is not None:
            raise self.end_error
        return None

    def within(self, milliseconds: int, flow: Flow[None]) -> Any:
        return run_sync(flow, settle)

    def error_of(self, error: BaseException) -> BaseException:
        return error

    def on_commit(self, announce: Callable[[], None]) -> None:
        waiting = _on_commit.get()
        if waiting is None:
            announce()
        else:
            waiting.append(announce)

    def run(self, flow: Flow[Any]) -> Any:
        return run_sync(flow, settle)


class AsyncTestHost(TestHost):
    """A host that answers everything by something to await."""

    async def read_body(self, wire: Any, limit: int) -> Any:
        return super().read_body(wire, limit)

    async def identify(self, request: RequestState) -> Any:
        who = self.identify_with(request)
        return await who if isinstance(who, Awaitable) else who

    async def csrf_token(self, request: RequestState) -> Any:
        return None

    async def perform(self, plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Any:
        return await run_async(self._perform(plan, args, request))

    async def end_read(self, request: RequestState) -> Any:
        return super().end_read(request)

    async def within(self, milliseconds: int, flow: Flow[None]) -> Any:
        reads = asyncio.ensure_future(run_async(flow))
        late = asyncio.ensure_future(self.time_is_over())
        await asyncio.wait((reads, late), return_when=asyncio.FIRST_COMPLETED)
        late.cancel()
        reads.cancel()
        await asyncio.gather(reads, late, return_exceptions=True)

    async def time_is_over(self) -> None:
        await asyncio.Event().wait()


def settle(awaitable: Any) -> Any:
    """Waits in this thread."""

    async def wait() -> Any:
        return await awaitable

    return asyncio.run(wait())


class Harness:
    """A server, the host that it runs in, and ways to ask it."""

    def __init__(self, app: App, host: TestHost) -> None:
        self.app = app
        self.host = host

    def send(self, sent: Sent) -> Answer:
        flow = self.app.dispatch(sent)
        if isinstance(self.host, AsyncTestHost):
            return answer_of(asyncio.run(run_async(flow)))
        return answer_of(run_sync(flow, settle))

    async def asend(self, sent: Sent) -> Answer:
        return answer_of(await run_async(self.app.dispatch(sent)))

    def get(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self.send(get(target, headers))

    def call(
        self, fn: str, args: Any = None, headers: Mapping[str, str] | None = None, **more: Any
    ) -> Answer:
        return self.send(call(fn, args, headers, **more))

    async def acall(self, fn: str, args: Any = None, **more: Any) -> Answer:
        return await self.asend(call(fn, args, **more))

    async def aget(self, target: str) -> Answer:
        return await self.asend(get(target))


def get(target: str, headers: Mapping[str, str] | None = None) -> Sent:
    path, _, query = target.partition("?")
    return Sent("GET", path, query, headers or {})


def post(body: Any, type: str | None = "application/json", headers: Mapping[str, str] | None = None) -> Sent:
    data = (
        body
        if isinstance(body, bytes)
        else body.encode()
        if isinstance(body, str)
        else json.dumps(body).encode()
    )
    typed = {} if type is None else {"content-type": type}
    return Sent("POST", "/call/", "", {**typed, **(headers or {})}, data)


def call(fn: str, args: Any = None, headers: Mapping[str, str] | None = None, **more: Any) -> Sent:
    return post({"fn": fn, **({} if args is None else {"args": args}), **more}, headers=headers)


def answer_of(response: WireResponse) -> Answer:
    text = "" if response.body is None else response.body.decode()
    headers = {name.lower(): value for name, value in response.headers}
    is_json = headers.get("content-type") == "application/json"
    return Answer(response.status, headers, text, json.loads(text) if is_json else None)


@cache
def registry_of(*functions: Any) -> Registry:
    """The registry of these functions."""
    return register(functions, NoTypes(), "/")


def harness(
    functions: Sequence[Any],
    *,
    awaiting: bool = False,
    identify: Callable[[RequestState], Any] | None = None,
    transactional: bool = False,
    **settings: Any,
) -> Harness:
    """A server of these functions, with a fixed clock and epoch."""
    host = (AsyncTestHost if awaiting else TestHost)(identify, transactional)
    given = {"secret": SECRET, "clock": lambda: 1000.0, "epoch": lambda context: "e", **settings}
    checked: Host = host
    return Harness(App(registry_of(*functions), checked, Settings(**given)), host)


def by_header(request: RequestState) -> Identity | None:
    """The caller that `x-user` names; a plus sign makes it staff."""
    said = request.header("x-user")
    return None if said is None else Identity(said.rstrip("+"), staff=said.endswith("+"))


def events(caplog: Any) -> list[str]:
    """What the log was told, by event."""
    return [record.event for record in caplog.records if record.name == "mizan"]


def said(caplog: Any) -> list[logging.LogRecord]:
    """What the log was told."""
    return [record for record in caplog.records if record.name == "mizan"]
