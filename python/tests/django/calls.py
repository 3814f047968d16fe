"""Requests as tests send them."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.test import AsyncClient, Client

BASE = "/api/mizan"


def call(
    client: Client, fn: str, /, *, shows: list[str] | None = None, headers: Any = None, **args: Any
) -> Any:
    """One call by Django's own test client."""
    body = {"fn": fn, "args": args, **({} if shows is None else {"shows": shows})}
    return client.post(f"{BASE}/call/", json.dumps(body), content_type="application/json", headers=headers)


async def acall(
    client: AsyncClient, fn: str, /, *, shows: list[str] | None = None, headers: Any = None, **args: Any
) -> Any:
    """One call by Django's own asynchronous test client."""
    body = {"fn": fn, "args": args, **({} if shows is None else {"shows": shows})}
    return await client.post(
        f"{BASE}/call/", json.dumps(body), content_type="application/json", headers=headers
    )


def scopes(answer: Any) -> list[str]:
    """What a call made stale, without the numbers."""
    return [entry.rpartition("@")[0] for entry in answer.json().get("invalidate", [])]


def code(answer: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["error"]["code"]


@contextlib.contextmanager
def atomic_requests(*aliases: str) -> Iterator[None]:
    """With `ATOMIC_REQUESTS` for these databases."""
    for alias in aliases:
        connections.settings[alias]["ATOMIC_REQUESTS"] = True
    try:
        yield
    finally:
        for alias in aliases:
            connections.settings[alias]["ATOMIC_REQUESTS"] = False
