"""Guard and handler, in the transaction that `ATOMIC_REQUESTS` asks for."""

from __future__ import annotations

import inspect
from typing import Any

from mizan.core.flow import failure_within, is_awaitable
from mizan.core.guard import ask_guard, handler_arguments
from mizan.core.host import GuardRefused, Performed
from mizan.core.plan import FunctionPlan
from mizan.core.request import RequestState

from .errors import report
from .fresh import request_of
from .threads import in_loop, in_thread, settle
from .transactions import Transactions, Waiting, atomic_aliases


def perform(plan: FunctionPlan, args: dict[str, Any], state: RequestState) -> Any:
    """Runs a function where it may run: here, in the thread of the database, or on the loop."""
    if plan.is_async or (plan.guard is not None and inspect.iscoroutinefunction(plan.guard)):
        return _perform_async(plan, args, state)
    if in_loop():
        return _perform_in_thread(plan, args, state)
    return _perform_sync(plan, args, state)


def _arguments(plan: FunctionPlan, args: dict[str, Any], state: RequestState) -> dict[str, Any]:
    if plan.injected:
        args = {**args, **{one.name: request_of(state) for one in plan.injected}}
    return handler_arguments(plan, args, {}, state)


def _perform_sync(plan: FunctionPlan, args: dict[str, Any], state: RequestState) -> Performed:
    around, waiting, started = Transactions(atomic_aliases()), Waiting(), False
    waiting.begin()
    try:
        around.enter()
        try:
            if plan.guard is not None:
                held = ask_guard(plan, args, state)
                if not (settle(held) if is_awaitable(held) else held):
                    raise GuardRefused
            started = True
            if plan.injected or plan.identity_param is not None:
                args = _arguments(plan, args, state)
            result = plan.handler(**args)
            if is_awaitable(result):
                result = settle(result)
        except BaseException as error:
            around.leave(error)
            raise
        around.leave(None)
        waiting.release()
    except Exception as error:
        return _failed(error, started and around.kept, waiting, state)
    finally:
        waiting.end()
    return Performed(result, committed=around.kept)


_perform_in_thread = in_thread(_perform_sync)


async def _perform_async(plan: FunctionPlan, args: dict[str, Any], state: RequestState) -> Performed:
    aliases, waiting, started = atomic_aliases(), Waiting(), False
    around = Transactions(aliases)
    waiting.begin()
    try:
        if aliases:
            await in_thread(around.enter)()
        try:
            if not await _held(plan, args, state):
                raise GuardRefused
            started = True
            result = await _handled(plan, _arguments(plan, args, state))
        except BaseException as raised:
            error = failure_within(raised)
            if aliases:
                await in_thread(around.leave)(error)
            if error is raised:
                raise
            raise error from raised
        if aliases:
            await in_thread(around.leave)(None)
        if waiting.held:
            await in_thread(waiting.release)()
    except Exception as error:
        return await in_thread(_failed)(error, started and around.kept, waiting, state)
    finally:
        waiting.end()
    return Performed(result, committed=around.kept)


async def _held(plan: FunctionPlan, args: dict[str, Any], state: RequestState) -> Any:
    """What the guard answers; one that is not asynchronous may ask the database, so not here."""
    if plan.guard is None:
        return True
    if inspect.iscoroutinefunction(plan.guard):
        held = ask_guard(plan, args, state)
    else:
        held = await in_thread(ask_guard)(plan, args, state)
    return await held if is_awaitable(held) else held


async def _handled(plan: FunctionPlan, arguments: dict[str, Any]) -> Any:
    if plan.is_async:
        return await plan.handler(**arguments)
    result = await in_thread(plan.handler)(**arguments)
    return await result if is_awaitable(result) else result


def _failed(error: Exception, committed: bool, waiting: Waiting, state: RequestState) -> Performed:
    waiting.release()
    if not isinstance(error, GuardRefused):
        report(error, request_of(state))
    return Performed(error=error, committed=committed)
