"""The view behind all routes, for handlers without a loop and for those on one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from mizan.core.app import App
from mizan.core.flow import run_async, run_sync

from .response import to_response
from .server import get_server
from .threads import in_thread, settle
from .wire import DjangoWire, context_of

F = TypeVar("F", bound=Callable[..., Any])


class _EveryAlias(set[str]):
    """Says of every database that the view wants no transaction of Django's around it.

    The answer is put together after the commit, so the adapter opens the transactions itself.
    """

    def __contains__(self, alias: object) -> bool:
        return True


def _own(view: F) -> F:
    """Has Django leave to us its transactions and its check of forged requests."""
    view._non_atomic_requests = _EveryAlias()  # type: ignore[attr-defined]  # Django reads it off the view
    view.csrf_exempt = True  # type: ignore[attr-defined]  # as its decorator does
    return view


@_own
def answer(request: HttpRequest, rest: str) -> HttpResponse:
    """Answers one request; `rest` is its path below the mount point."""
    flow = get_server().dispatch(DjangoWire(request, rest))
    return to_response(request, run_sync(flow, settle))


@_own
async def answer_on_loop(request: HttpRequest, rest: str) -> HttpResponse:
    """Answers one request under ASGI."""
    server, wire = get_server(), DjangoWire(request, rest)
    flow = server.dispatch(wire)
    run = _run_in_thread(flow, settle) if _is_for_thread(server, wire) else run_async(flow)
    work = asyncio.ensure_future(run)
    try:
        done = await asyncio.shield(work)
    except asyncio.CancelledError:
        # Whoever goes away does not undo what was started (CALL-12); its thread ends with the request.
        await asyncio.wait([work])
        raise
    return to_response(request, done)


VIEWS: tuple[Callable[..., Any], ...] = (answer, answer_on_loop)
"""What requests for Mizan resolve to."""

_run_in_thread = in_thread(run_sync)


def _is_for_thread(server: App, wire: DjangoWire) -> bool:
    """Whether a read has members that are not asynchronous: then all of it takes one way to their thread."""
    if not wire.path.startswith("/ctx/"):
        return False
    context = server.plans.contexts.get(context_of(wire.path))
    return context is not None and not all(member.plan.is_async for member in context.members)
