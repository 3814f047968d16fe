"""Applications for tests, and what asks them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from mizan.fastapi import router

SECRET = "a secret of at least 32 bytes for tests"
BASE = "/api/mizan"


def make_app(*functions: object, app: FastAPI | None = None, **options: Any) -> FastAPI:
    """An application with one router of these functions."""
    app = app or FastAPI()
    app.include_router(router(*functions, **{"secret": SECRET, **options}), prefix=BASE)
    return app


@contextmanager
def served(*functions: object, **options: Any) -> Iterator[TestClient]:
    """A client of such an application."""
    with TestClient(make_app(*functions, **options)) as client:
        yield client


def call(
    client: TestClient, fn: str, /, *, base: str = BASE, headers: Any = None, shows: Any = None, **args: Any
) -> Any:
    """Calls a function; the whole response."""
    body: dict[str, Any] = {"fn": fn, "args": args}
    if shows is not None:
        body["shows"] = shows
    return client.post(f"{base}/call/", json=body, headers=headers)


def read(client: TestClient, path: str, /, *, base: str = BASE, headers: Any = None) -> Any:
    """Reads a context or member; the whole response."""
    return client.get(f"{base}/ctx/{path}", headers=headers)


def code_of(response: Any) -> tuple[int, str]:
    """Status and code of a refusal."""
    return response.status_code, response.json()["error"]["code"]
