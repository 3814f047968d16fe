"""Many threads at once: nobody reads what is older than what he was told of, or what is another's."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from desk.models import Note
from django.contrib.auth.models import User
from django.core.asgi import get_asgi_application
from django.db import connections
from django.test import Client

from mizan.core.request import current_request

from ..hostile import Hostile
from .calls import BASE, atomic_requests, call
from .test_asgi import exchange, post
from .test_hostile import ask_asgi

THREADS = 4
TURNS = 12


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    """Leaves no rows and no connections behind."""
    yield
    Note.objects.all().delete()
    User.objects.all().delete()
    connections.close_all()


def in_threads(work: Callable[[int], None]) -> None:
    """Runs it in several threads, which begin together."""
    together = threading.Barrier(THREADS)

    def run(at: int) -> None:
        together.wait()
        try:
            work(at)
            assert current_request.get() is None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(run, at) for at in range(THREADS)]:
            done.result()


def number(revision: str) -> tuple[str, int]:
    epoch, _, n = revision.partition(".")
    return epoch, int(n)


@pytest.mark.parametrize("aliases", [(), ("default",)], ids=["plain", "atomic"])
def test_a_read_has_everything_that_its_number_stands_for(aliases: tuple[str, ...]) -> None:
    told: list[tuple[tuple[str, int], str]] = []
    reads: list[tuple[tuple[str, int], dict[str, Any]]] = []

    def work(at: int) -> None:
        client = Client()
        for turn in range(TURNS):
            text = f"{at}.{turn}"
            name = "addNoteLater" if turn % 6 == 5 else "addNote"
            answer = call(client, name, shows=["note?teamId=77"], teamId=77, text=text).json()
            (entry,) = answer["invalidate"]
            scope, _, revision = entry.partition("@")
            assert scope == "note?teamId=77"
            told.append((number(revision), text))
            fresh = answer["contexts"]["note?teamId=77"]
            assert text in fresh["data"]["notes"]
            reads.append((number(fresh["revision"]), fresh["data"]))
            read = client.get(f"{BASE}/ctx/note?teamId=77")
            reads.append((number(read["X-Mizan-Revision"]), read.json()))

    with atomic_requests(*aliases):
        in_threads(work)
    assert len({n for n, _ in told}) == len(told) == THREADS * TURNS
    for at, data in reads:
        assert at[0] == told[0][0][0]
        due = {text for n, text in told if n <= at}
        assert due <= set(data["notes"])
        assert len(due) <= data["noteCount"]


def test_on_a_loop_too() -> None:
    told: list[tuple[tuple[str, int], str]] = []
    reads: list[tuple[tuple[str, int], dict[str, Any]]] = []

    async def write(name: str, text: str) -> None:
        scope, body = post(name, teamId=77, text=text)
        _, answer = await exchange(scope, body)
        ((said, _, revision),) = [entry.partition("@") for entry in answer["invalidate"]]
        assert said == "note?teamId=77"
        told.append((number(revision), text))

    async def read() -> None:
        asked = Hostile("GET", f"{BASE}/ctx/note", b"teamId=77", [], b"")
        _, headers, body = await ask_asgi(get_asgi_application(), asked)
        revision = {name.lower(): value for name, value in headers}[b"x-mizan-revision"]
        reads.append((number(revision.decode()), json.loads(body)))

    async def everybody() -> None:
        for turn in range(6):
            names = ["addNote", "addNoteLater"]
            writes = [write(name, f"{turn}.{name}") for name in names]
            await asyncio.gather(*writes, *(read() for _ in range(3)))
        await read()

    asyncio.run(everybody())
    assert len({n for n, _ in told}) == len(told) == 12
    for at, data in reads:
        due = {text for n, text in told if n <= at}
        assert due <= set(data["notes"])
        assert len(due) <= data["noteCount"]
    assert len(reads[-1][1]["notes"]) == 12


def test_a_call_announces_what_it_has_announced_and_nothing_of_those_beside_it() -> None:
    def work(at: int) -> None:
        client = Client()
        for turn in range(TURNS):
            team = 1000 * at + 10 * turn
            entries = json.loads(call(client, "changeFeeds", teamId=team).content)["invalidate"]
            said = {entry.partition("@")[0] for entry in entries}
            assert said == {f"note?teamId={team}", f"feed?teamId={team}", f"feed?teamId={team + 2}"}

    in_threads(work)


def test_everybody_gets_his_own() -> None:
    clients = []
    for at in range(THREADS):
        client = Client()
        client.force_login(User.objects.create_user(f"user{at}"))
        clients.append(client)
    seen: set[tuple[int, str]] = set()

    def work(at: int) -> None:
        for _ in range(TURNS):
            answer = clients[at].get(f"{BASE}/ctx/me")
            assert answer.json() == {"myName": f"user{at}"}
            assert answer["Cache-Control"] == "private, no-store"
            assert "ETag" not in answer
            seen.add((at, answer["X-Mizan-Identity"]))
            # Nobody's, asked between: by whoever has no session.
            assert Client().get(f"{BASE}/ctx/me").status_code == 401
            public = clients[at].get(f"{BASE}/ctx/public?teamId={at}")
            assert public.json()["greeting"] == f"Hello, {at}"
            assert "Set-Cookie" not in public

    in_threads(work)
    assert len(seen) == len({identity for _, identity in seen}) == THREADS
