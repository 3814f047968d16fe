"""The drivers of flows."""

import asyncio
from typing import Any

import pytest

from mizan.core.flow import CancelledWithin, Flow, run_async, run_start, run_sync


async def later(value: int) -> int:
    await asyncio.sleep(0)
    return value


async def cancelled() -> None:
    task = asyncio.ensure_future(asyncio.Event().wait())
    task.cancel()
    await task


def summed(log: list[int], *steps: Any) -> Flow[int]:
    total = 0
    for step in steps:
        got = yield step
        log.append(got)
        total += got
    return total


def test_runs_as_far_as_nothing_must_be_waited_for() -> None:
    log: list[int] = []
    assert run_start(summed(log, 1, 2)) is None
    assert log == [1, 2]

    async def run() -> None:
        rest = run_start(summed(log, 3, later(4), 5))
        assert log == [1, 2, 3]
        assert rest is not None
        assert await run_async(rest) == 12

    asyncio.run(run())
    assert log == [1, 2, 3, 4, 5]


def test_what_fails_is_raised_where_it_was_waited_for() -> None:
    async def fail() -> None:
        raise LookupError

    def flow() -> Flow[str]:
        try:
            yield fail()
        except LookupError:
            got = yield later(7)
            return f"caught, then {got}"
        return "not caught"

    async def run() -> str:
        rest = run_start(flow())
        assert rest is not None
        return await run_async(rest)

    assert asyncio.run(run()) == "caught, then 7"
    assert run_sync(flow(), asyncio.run) == "caught, then 7"


def test_a_cancellation_from_within_is_a_failure() -> None:
    def flow() -> Flow[str]:
        try:
            yield cancelled()
        except CancelledWithin as error:
            return repr(error.__cause__)
        return "nothing"

    assert asyncio.run(run_async(flow())) == "CancelledError()"


def test_a_cancellation_of_the_task_is_none() -> None:
    def flow() -> Flow[None]:
        with pytest.raises(asyncio.CancelledError):
            yield asyncio.Event().wait()
        raise asyncio.CancelledError

    async def run() -> None:
        task = asyncio.ensure_future(run_async(flow()))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert task.cancelled()

    asyncio.run(run())
