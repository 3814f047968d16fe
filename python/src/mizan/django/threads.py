"""Where code runs: on a loop, in Django's thread for the database, or with neither."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from asgiref.sync import async_to_sync, sync_to_async

T = TypeVar("T")
P = ParamSpec("P")


def in_loop() -> bool:
    """Whether a loop runs in this thread."""
    return asyncio._get_running_loop() is not None


async def _await(awaitable: Awaitable[T]) -> T:
    return await awaitable


def settle(awaitable: Awaitable[T]) -> T:
    """Waits for something asynchronous in a thread without a loop."""
    return async_to_sync(_await)(awaitable)


def in_thread(function: Callable[P, T]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Has a function run where Django keeps the request's database connections."""
    return sync_to_async(function, thread_sensitive=True)
