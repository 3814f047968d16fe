"""FastAPI's side of the core: who is asked, what is solved, when it is committed."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from anyio import move_on_after
from starlette.concurrency import run_in_threadpool

from ..core.flow import Flow, failure_within, is_awaitable, run_async
from ..core.guard import ask_guard, handler_arguments
from ..core.host import GuardRefused, Performed
from ..core.identity import Identity
from ..core.request import current_request
from .errors import as_mizan_error
from .internals import Needs, OpenDependencies, new_response
from .outside import run_outside
from .waiting import waiting

if TYPE_CHECKING:
    from ..core.plan import FunctionPlan
    from ..core.request import RequestState
    from ..core.wire import WireRequest
    from .wire import AsgiRequest


class FastApiHost:
    """FastAPI, for every router. What depends on the router and its place stands in `Mounted`."""

    def read_body(self, wire: WireRequest, limit: int) -> Any:
        """The body's bytes, or None when there are more than `limit`."""
        return cast("AsgiRequest", wire).read(limit)

    def identify(self, request: RequestState) -> Any:
        """Runs the dependencies of `include_router`, then `identify`, which is a dependency itself."""
        door = _wire(request).mount.door
        return None if door is None else self.pass_door(request, door)

    async def pass_door(self, request: RequestState, door: Needs) -> Identity | None:
        """Solves what stands before every function; comes to who is calling."""
        try:
            values = await _open(request).solve(door)
        except Exception as error:
            raise await _close(request, error) or error from error.__cause__
        who = values.get("identity")
        if who is not None and not isinstance(who, Identity):
            raise TypeError(f"identify returns an Identity or None, and this is {type(who).__name__}")
        return who

    def csrf_token(self, request: RequestState) -> None:
        """None: FastAPI has no sessions of its own, so no token is bound to one."""

    async def perform(self, plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Performed:
        """Guard, dependencies, handler; for what is no query also the end of the dependencies, so the commit.

        What uses a dependency of `transaction=` is committed when this one ended well, and rolled back when
        the handler raised. Anything else counts as committed as soon as the handler was started: what it has
        written may stand, and announcing too much is safe (CALL-9).
        """
        needs = _wire(request).mount.needs.get(plan.name)
        started = False
        error: BaseException | None = None
        result: Any = None
        try:
            if plan.guard is not None and not await _ask(plan, args, request):
                raise GuardRefused
            solved = {} if needs is None else await _open(request).solve(needs)
            arguments = handler_arguments(plan, args, solved, request)
            started = True
            if plan.is_async:
                result = await plan.handler(**arguments)
            else:
                result = await run_in_threadpool(plan.handler, **arguments)
        except Exception as raised:
            error = raised
        except BaseException as raised:
            error = failure_within(raised)
            if error is raised:
                await _close(request, raised)
                raise
        opened: OpenDependencies | None = request.host_state
        if opened is None:
            return Performed(result, error, started)
        _note_cookies(request)
        if error is None and plan.decl.context is not None:
            # The members that follow share it.
            return Performed(result)
        left = await _close(request, error)
        if left is None:
            return Performed(result)
        bound = _wire(request).mount.in_transaction or (needs is not None and bool(needs.transactions))
        return Performed(None, left, started and not (bound and (error is not None or not opened.ended_well)))

    def end_read(self, request: RequestState) -> Any:
        """Closes what the members shared."""
        return None if request.host_state is None else _end(request)

    async def within(self, milliseconds: int, flow: Flow[None]) -> None:
        """Runs a flow for at most this long. What runs in a thread is waited for all the same."""
        with move_on_after(milliseconds / 1000):
            await run_async(flow)

    def error_of(self, error: BaseException) -> BaseException:
        """`HTTPException` and `RequestValidationError` as `MizanError`."""
        return as_mizan_error(error)

    def on_commit(self, announce: Callable[[], None]) -> None:
        """At once, or in a plain route under `MizanMiddleware` when its request has ended.

        What a call of ours announces joins its list at once: this is dropped with a rollback.
        """
        held = waiting.get()
        if held is None or current_request.get() is not None:
            announce()
        else:
            held.add(announce)

    def run(self, flow: Flow[Any]) -> None:
        """Runs a flow from a job, a thread, or the loop, where it goes on by itself if it must wait."""
        run_outside(flow)


async def close_all(wire: AsgiRequest, error: BaseException | None) -> BaseException | None:
    """Closes whatever a request still has open; comes to the first error that this raises."""
    first: BaseException | None = None
    for request in wire.opened or ():
        left = await _close(request, error)
        if left is not error:
            first = first or left
    return first


def _wire(request: RequestState) -> AsgiRequest:
    return cast("AsgiRequest", request.wire)


def _open(request: RequestState) -> OpenDependencies:
    opened: OpenDependencies | None = request.host_state
    if opened is None:
        wire = _wire(request)
        if wire.response is None:
            wire.response = new_response()
        if wire.opened is None:
            wire.opened = []
        wire.opened.append(request)
        opened = request.host_state = OpenDependencies(wire, wire.mount.overrides or wire.scope.get("app"))
    return opened


async def _end(request: RequestState) -> None:
    error = await _close(request, None)
    if error is not None:
        raise error


async def _close(request: RequestState, error: BaseException | None) -> BaseException | None:
    """Closes what a request has open; comes to the error that is left."""
    opened: OpenDependencies | None = request.host_state
    if opened is None:
        return error
    request.host_state = None
    return await opened.close(error)


async def _ask(plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> bool:
    if inspect.iscoroutinefunction(plan.guard):
        return bool(await ask_guard(plan, args, request))
    answer = await run_in_threadpool(ask_guard, plan, args, request)
    return bool(await answer if is_awaitable(answer) else answer)


def _note_cookies(request: RequestState) -> None:
    response = _wire(request).response
    if response is not None and "set-cookie" in response.headers:
        request.sets_cookie = True
