"""Whatever the order of requests: every interleaving of steps is possible, and one client looks on."""

import random
from collections.abc import Callable, Generator
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from mizan.core.address_text import covers
from mizan.core.app import App
from mizan.core.define import Context, client
from mizan.core.flow import Flow
from mizan.core.host import Performed
from mizan.core.invalidation import parse_entry
from mizan.core.plan import FunctionPlan
from mizan.core.request import RequestState
from mizan.core.revision import parse_revision
from mizan.core.settings import Settings
from mizan.core.wire import WireRequest

from .harness import SECRET, Answer, TestHost, answer_of, call, get, registry_of

RowContext = Context("row")
SHOWN = (1, 2)

versions: dict[int, int] = {}


class Row(BaseModel):
    version: int


class Pause:
    """Stands where another request may come in between."""

    def __await__(self) -> Generator["Pause", None, None]:
        yield self


async def change(row_id: int) -> Row:
    await Pause()
    version = versions[row_id] + 1
    versions[row_id] = version
    await Pause()
    return Row(version=version)


@client(context=RowContext)
async def row(row_id: int) -> Row:
    await Pause()
    version = versions[row_id]
    await Pause()
    return Row(version=version)


@client(affects=RowContext)
async def write(row_id: int) -> Row:
    return await change(row_id)


@client(merge=row)
async def merge(row_id: int) -> Row:
    return await change(row_id)


@client(affects=RowContext)
async def write_all() -> None:
    for row_id in SHOWN:
        await change(row_id)


class SteppingHost(TestHost):
    """Answers by coroutines and flows that the schedule runs step by step."""

    async def identify(self, request: RequestState) -> Any:
        await Pause()
        return None

    async def perform(self, plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Any:
        return Performed(await plan.handler(**args))

    def within(self, milliseconds: int, flow: Flow[None]) -> Any:
        return flow


def steps(flow: Flow[Any], done: Callable[[Any], None]) -> Generator[None, None, None]:
    """Runs a flow and whatever it waits for; yields at each pause."""
    stack: list[Any] = [flow]
    value: Any = None
    while stack:
        try:
            step = stack[-1].send(value)
        except StopIteration as end:
            stack.pop()
            value = end.value
            continue
        value = None
        if isinstance(step, Pause):
            yield
        elif hasattr(step, "send"):
            stack.append(step)
        else:
            value = step
    done(value)


def interleave(actors: list[Generator[None, None, None]], choose: random.Random) -> None:
    """Runs all of them to their end, each in a context of its own, in an order that chance decides."""
    running = [(actor, copy_context()) for actor in actors]
    while running:
        actor, context = one = choose.choice(running)
        if context.run(next, actor, "over") == "over":
            running.remove(one)


@dataclass
class Copy:
    """What a client holds of one instance."""

    n: int
    version: int
    merged: set[int] = field(default_factory=set)


class Copies:
    """One client's copies, by the rules of REV-15, REV-16 and MRG-7."""

    def __init__(self) -> None:
        self.told: list[tuple[str, int]] = []
        self.held: dict[str, Copy] = {}

    def hear(self, answer: Answer) -> None:
        before = {address: Copy(one.n, one.version, set(one.merged)) for address, one in self.held.items()}
        told_before = list(self.told)
        for entry in answer.body.get("merge", []):
            address = entry["into"].replace("/row", "")
            base, to = number(entry["base"]), number(entry["revision"])
            copy = before.get(address)
            if copy is None or not (copy.n >= base or base in copy.merged) or copy.n >= to:
                continue
            if any(n > base and covers(scope, address) for scope, n in told_before):
                continue
            self.held[address].version = answer.body["result"]["version"]
            self.held[address].n = min(self.held[address].n, base)
            self.held[address].merged.add(to)
        for text in answer.body["invalidate"]:
            said = parse_entry(text)
            assert said is not None
            assert said.revision is not None
            self.told.append((said.scope, said.revision.n))
        for address, bundle in answer.body.get("contexts", {}).items():
            self.take(address, number(bundle["revision"]), bundle["data"]["row"]["version"])

    def take(self, address: str, n: int, version: int) -> None:
        if any(covers(scope, address) and told > n for scope, told in self.told):
            return
        copy = self.held.get(address)
        if copy is not None and self.fresh(address) and copy.n > n:
            return
        self.held[address] = Copy(n, version)

    def fresh(self, address: str) -> bool:
        copy = self.held.get(address)
        return copy is not None and all(
            not covers(scope, address) or n <= copy.n or n in copy.merged for scope, n in self.told
        )


def number(text: str) -> int:
    revision = parse_revision(text)
    assert revision is not None
    return revision.n


FUNCTIONS: tuple[Any, ...] = (row, write, merge, write_all)
kinds = st.sampled_from(["read", "write", "merge", "merge", "merge", "writeAll"])
plans = st.lists(st.tuples(kinds, st.sampled_from(SHOWN)), min_size=2, max_size=5)


@settings(max_examples=200)
@given(plans, st.randoms(use_true_random=False))
def test_an_answer_holds_every_change_up_to_its_revision_and_a_fresh_copy_is_the_newest_that_was_told(
    plan: list[tuple[str, int]], choose: random.Random
) -> None:
    versions.update(dict.fromkeys(SHOWN, 0))
    told = Settings(secret=SECRET, clock=lambda: 1000, epoch=lambda context: "e")
    app = App(registry_of(*FUNCTIONS), SteppingHost(None, False), told)
    copies = Copies()
    commits: list[tuple[int, int]] = []
    reads: list[tuple[int, int, int]] = []

    def ask(sent: Any, then: Callable[[Answer], None]) -> Generator[None, None, None]:
        flow = app.dispatch(cast(WireRequest, sent))
        return steps(flow, lambda response: then(answer_of(response)))

    def read(row_id: int) -> Generator[None, None, None]:
        def hear(answer: Answer) -> None:
            n, version = number(answer.headers["x-mizan-revision"]), answer.body["row"]["version"]
            reads.append((row_id, n, version))
            copies.take(f"row?rowId={row_id}", n, version)

        return ask(get(f"/ctx/row?rowId={row_id}"), hear)

    def mutate(kind: str, row_id: int) -> Generator[None, None, None]:
        def hear(answer: Answer) -> None:
            said = parse_entry(answer.body["invalidate"][0])
            assert said is not None
            assert said.revision is not None
            n = said.revision.n
            commits.extend((changed, n) for changed in (SHOWN if kind == "writeAll" else (row_id,)))
            for address, bundle in answer.body.get("contexts", {}).items():
                version = bundle["data"]["row"]["version"]
                reads.append((int(address.split("=")[1]), number(bundle["revision"]), version))
            copies.hear(answer)

        args = {} if kind == "writeAll" else {"rowId": row_id}
        return ask(call(kind, args, shows=[f"row?rowId={id}" for id in SHOWN]), hear)

    interleave([read(row_id) for row_id in SHOWN], choose)
    interleave([read(row_id) if kind == "read" else mutate(kind, row_id) for kind, row_id in plan], choose)

    for row_id, n, version in reads:
        included = sum(1 for changed, at in commits if changed == row_id and at <= n)
        assert version >= included
    for row_id in SHOWN:
        address = f"row?rowId={row_id}"
        if copies.fresh(address):
            assert copies.held[address].version == versions[row_id]
