"""Flows: what the protocol does, as generators without I/O, and the two drivers that run them.

A flow yields whatever its host answered, awaitable or not, and is sent the settled value; an awaitable that
fails raises at the yield. So one text serves hosts that block and hosts that await.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Generator
from functools import lru_cache
from types import GeneratorType
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Flow: TypeAlias = Generator[Any, Any, T]
"""A flow that comes to a `T`."""


def is_awaitable(value: object) -> bool:
    """Whether `await` takes a value: `inspect.isawaitable`, which looks at each class once only."""
    kind: Any = type(value)
    return inspect.isawaitable(value) if kind is GeneratorType else _is_awaitable_kind(kind)


@lru_cache(maxsize=1024)
def _is_awaitable_kind(kind: type) -> bool:
    return issubclass(kind, Awaitable)


class CancelledWithin(Exception):
    """Something that a function awaited was cancelled, and not the request: a failure like any other."""


def failure_within(error: BaseException) -> BaseException:
    """The error itself, or a `CancelledWithin` for a cancellation that nobody asked of the task under way."""
    if not isinstance(error, asyncio.CancelledError):
        return error
    try:
        task = asyncio.current_task()
    except RuntimeError:
        task = None
    if task is not None and task.cancelling():
        return error
    failure = CancelledWithin("What it awaited was cancelled")
    failure.__cause__ = error
    return failure


def run_sync(flow: Flow[T], wait: Callable[[Any], Any]) -> T:
    """Runs a flow to its end in this thread; `wait` settles what is awaitable (`async_to_sync`, say)."""
    try:
        step = flow.send(None)
        while True:
            if is_awaitable(step):
                try:
                    step = wait(step)
                except BaseException as error:
                    step = flow.throw(failure_within(error))
                    continue
            step = flow.send(step)
    except StopIteration as end:
        result: T = end.value
        return result


async def run_async(flow: Flow[T]) -> T:
    """Runs a flow to its end on the running loop."""
    try:
        step = flow.send(None)
        while True:
            if is_awaitable(step):
                try:
                    step = await step
                except BaseException as error:
                    step = flow.throw(failure_within(error))
                    continue
            step = flow.send(step)
    except StopIteration as end:
        result: T = end.value
        return result


def run_start(flow: Flow[T]) -> Flow[T] | None:
    """Runs a flow as far as nothing must be waited for; comes to what is left of it, or None at its end."""
    try:
        step = flow.send(None)
        while not is_awaitable(step):
            step = flow.send(step)
    except StopIteration:
        return None
    return _from(flow, step)


def _from(flow: Flow[T], step: Any) -> Flow[T]:
    """A flow that stands at a step, as a flow."""
    try:
        while True:
            try:
                value = yield step
            except BaseException as error:
                step = flow.throw(error)
            else:
                step = flow.send(value)
    except StopIteration as end:
        result: T = end.value
        return result
