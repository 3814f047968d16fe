"""Flows: what the protocol does, as generators without I/O, and the two drivers that run them.

A flow yields whatever its host answered, awaitable or not, and is sent the settled value; an awaitable that
fails raises at the yield. So one text serves hosts that block and hosts that await.
"""

import inspect
from collections.abc import Callable, Generator
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Flow: TypeAlias = Generator[Any, Any, T]
"""A flow that comes to a `T`."""


def run_sync(flow: Flow[T], wait: Callable[[Any], Any]) -> T:
    """Runs a flow to its end in this thread; `wait` settles what is awaitable (`async_to_sync`, say)."""
    try:
        step = flow.send(None)
        while True:
            if inspect.isawaitable(step):
                try:
                    step = wait(step)
                except BaseException as error:
                    step = flow.throw(error)
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
            if inspect.isawaitable(step):
                try:
                    step = await step
                except BaseException as error:
                    step = flow.throw(error)
                    continue
            step = flow.send(step)
    except StopIteration as end:
        result: T = end.value
        return result
