"""Flows outside of a request: from a job, from a thread of the pool, from the loop itself."""

from __future__ import annotations

import asyncio
from typing import Any

import anyio.from_thread

from ..core.flow import Flow, run_async, run_start, run_sync

_running: set[asyncio.Task[Any]] = set()
"""Held until they have ended: the loop itself holds them weakly."""


def run_outside(flow: Flow[Any]) -> None:
    """Runs a flow to its end; on the loop what must be waited for goes on in a task."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        run_sync(flow, _wait)
        return
    rest = run_start(flow)
    if rest is not None:
        task = asyncio.ensure_future(run_async(rest))
        _running.add(task)
        task.add_done_callback(_running.discard)


def _wait(awaitable: Any) -> Any:
    """Settles it from a thread: on the loop that the thread works for, else on one of its own."""

    async def settle() -> Any:
        return await awaitable

    try:
        return anyio.from_thread.run(settle)
    except RuntimeError:
        return asyncio.run(settle())
