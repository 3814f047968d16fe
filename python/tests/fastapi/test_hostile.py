"""Hostile requests to the ASGI application."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from fastapi import FastAPI, Header
from hypothesis import given, settings
from pydantic import BaseModel, Field

from mizan import BigInt, ReactContext, client
from mizan.fastapi import Identity

from ..hostile import BASE, Hostile, check_answer, requests
from .apps import make_app

TeamContext = ReactContext("team", cache=60)
MeContext = ReactContext("me")


class Address(BaseModel):
    street: str
    moved: datetime | None = None


class Person(BaseModel):
    name: Annotated[str, Field(max_length=20, pattern="^[a-z]*$")]
    homes: list[Address] = []
    friends: dict[str, "Person"] = {}


@client(context=TeamContext)
def team_name(team_id: int, since: date | None = None) -> str:
    return f"{team_id} {since}"


@client(context=TeamContext)
async def team_size(team_id: int, name: str = "a") -> int:
    return team_id + len(name)


@client(context=MeContext, auth=True)
def my_id(who: Identity) -> str:
    return who.id


@client(affects=TeamContext)
def rename_team(team_id: int, name: str) -> str:
    return name


@client
def keep(value: Any) -> Any:
    return value


@client
async def meet(person: Person, value: int | str | list[Decimal] | None = None) -> Person:
    return person


@client
def weigh(big: BigInt, key: UUID, data: bytes, part: Decimal) -> BigInt:
    return big


@client(auth="staff")
def staff_only(value: int) -> int:
    return value


def identify(caller: Annotated[str | None, Header()] = None) -> Identity | None:
    return None if not caller else Identity(caller)


FUNCTIONS = [team_name, team_size, my_id, rename_team, keep, meet, weigh, staff_only]
WIRE_NAMES = ["teamName", "renameTeam", "keep", "keep", "meet", "weigh", "staffOnly", "nowhere"]
KEYS = ["teamId", "name", "since", "value", "person", "big", "key", "data", "part"]


@pytest.fixture(scope="module")
def run() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return make_app(*FUNCTIONS, identify=identify)


async def ask(app: FastAPI, asked: Hostile) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """What the application sends, as it sends it."""
    incoming: list[Any] = [{"type": "http.request", "body": asked.body, "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        return incoming.pop() if incoming else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": asked.method,
        "scheme": "http",
        "path": asked.path,
        "raw_path": asked.target.encode("latin-1"),
        "query_string": asked.query,
        "root_path": "",
        "headers": [(b"host", b"testserver"), *asked.headers],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }
    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], list(sent[0]["headers"]), body


@settings(max_examples=400)
@given(asked=requests(WIRE_NAMES, ["team", "me", "nowhere"], KEYS))
def test_every_answer_is_one_of_the_protocol(run: asyncio.Runner, app: FastAPI, asked: Hostile) -> None:
    status, headers, body = run.run(ask(app, asked))
    if not asked.path.startswith(f"{BASE}/"):
        return
    check_answer(asked, status, headers, body)
