"""Many requests at once: nobody reads what is older than what he was told of, or what is another's."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx2
from fastapi import Depends, FastAPI, Header

from mizan import ReactContext, client, invalidate
from mizan.core.request import current_request
from mizan.fastapi import Identity

from .apps import BASE, make_app

ShelfContext = ReactContext("shelf")
AisleContext = ReactContext("aisle")
MeContext = ReactContext("me")

committed: dict[int, list[str]] = {}


async def transaction() -> AsyncIterator[list[tuple[int, str]]]:
    """Rows that nobody else sees before the end, which takes a while."""
    written: list[tuple[int, str]] = []
    yield written
    await asyncio.sleep(0)
    for shelf, text in written:
        committed.setdefault(shelf, []).append(text)
    await asyncio.sleep(0)


@client(affects=ShelfContext)
async def put(shelf: int, text: str, rows: Annotated[list[tuple[int, str]], Depends(transaction)]) -> int:
    rows.append((shelf, text))
    await asyncio.sleep(0)
    invalidate(AisleContext, name=text)
    await asyncio.sleep(0)
    return shelf


@client(affects=ShelfContext)
def put_in_thread(shelf: int, text: str, rows: Annotated[list[tuple[int, str]], Depends(transaction)]) -> int:
    rows.append((shelf, text))
    invalidate(AisleContext, name=text)
    return shelf


@client(context=ShelfContext)
async def items(shelf: int) -> list[str]:
    seen = list(committed.get(shelf, ()))
    await asyncio.sleep(0)
    return seen


@client(context=ShelfContext)
def items_in_thread(shelf: int) -> list[str]:
    return list(committed.get(shelf, ()))


@client(context=AisleContext)
def aisle_name(name: str) -> str:
    return name


@client(context=MeContext, auth=True)
async def my_id(who: Identity) -> str:
    await asyncio.sleep(0)
    return who.id


@client(context=MeContext, auth=True)
def my_id_in_thread(who: Identity) -> str:
    return who.id


async def identify(caller: Annotated[str | None, Header()] = None) -> Identity | None:
    await asyncio.sleep(0)
    return None if caller is None else Identity(caller)


FUNCTIONS = [put, put_in_thread, items, items_in_thread, aisle_name, my_id, my_id_in_thread]


def number(revision: str) -> tuple[str, int]:
    epoch, _, n = revision.partition(".")
    return epoch, int(n)


def serve() -> FastAPI:
    committed.clear()
    # However busy the machine is, what was asked to come along comes along.
    limits = {"flight_milliseconds": 60_000}
    return make_app(*FUNCTIONS, identify=identify, transaction=transaction, limits=limits)


def connect(app: FastAPI) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://testserver")


def test_a_read_has_everything_that_its_number_stands_for() -> None:
    told: list[tuple[int, tuple[str, int], str]] = []
    reads: list[tuple[int, tuple[str, int], dict[str, list[str]]]] = []

    async def write(line: httpx2.AsyncClient, name: str, text: str, shelf: int) -> None:
        body = {"fn": name, "args": {"shelf": shelf, "text": text}, "shows": [f"shelf?shelf={shelf}"]}
        answer = (await line.post(f"{BASE}/call/", json=body)).json()
        entries = dict(entry.split("@") for entry in answer["invalidate"])
        # What this call has announced, and nothing of those beside it.
        assert set(entries) == {f"shelf?shelf={shelf}", f"aisle?name={text}"}
        told.append((shelf, number(entries[f"shelf?shelf={shelf}"]), text))
        fresh = answer["contexts"][f"shelf?shelf={shelf}"]
        assert text in fresh["data"]["items"]
        reads.append((shelf, number(fresh["revision"]), fresh["data"]))
        assert current_request.get() is None

    async def read(line: httpx2.AsyncClient, shelf: int) -> None:
        answer = await line.get(f"{BASE}/ctx/shelf?shelf={shelf}")
        reads.append((shelf, number(answer.headers["x-mizan-revision"]), answer.json()))

    async def everybody() -> None:
        async with connect(serve()) as line:
            chosen = random.Random(7)
            work: list[Any] = []
            for at in range(60):
                work.append(
                    write(line, chosen.choice(["put", "putInThread"]), f"text{at}", chosen.randrange(2))
                )
                work.append(read(line, chosen.randrange(2)))
            chosen.shuffle(work)
            await asyncio.gather(*work)
            for shelf in range(2):
                await read(line, shelf)

    asyncio.run(everybody())
    assert len({n for _, n, _ in told}) == 60
    for shelf, at, data in reads:
        assert at[0] == told[0][1][0]
        due = {text for where, n, text in told if where == shelf and n <= at}
        assert due <= set(data["items"])
        assert due <= set(data["itemsInThread"])
    assert sum(len(data["items"]) for _, _, data in reads[-2:]) == 60


def test_everybody_gets_his_own() -> None:
    async def ask(line: httpx2.AsyncClient, name: str) -> tuple[str, str]:
        answer = await line.get(f"{BASE}/ctx/me", headers={"caller": name})
        assert answer.json() == {"myId": name, "myIdInThread": name}
        assert answer.headers["cache-control"] == "private, no-store"
        assert "etag" not in answer.headers
        return name, answer.headers["x-mizan-identity"]

    async def everybody() -> None:
        async with connect(serve()) as line:
            seen = set(await asyncio.gather(*(ask(line, f"user{at % 3}") for at in range(60))))
            assert len(seen) == 3
            assert len({identity for _, identity in seen}) == 3
            refused = await line.get(f"{BASE}/ctx/me")
            assert refused.status_code == 401
            assert refused.headers["cache-control"] == "private, no-store"

    asyncio.run(everybody())
