from typing import Annotated, Any

import pytest
from fastapi import Body, Depends
from starlette.testclient import TestClient

from mizan import ReactContext, client
from mizan.core.mistake import RegistrationError
from mizan.core.settings import SettingsError
from mizan.fastapi import Identity, router

from .apps import BASE, SECRET, code_of, make_app, read


@client
async def ping() -> None: ...


DeskContext = ReactContext("desk", cache=10)


@client(context=DeskContext)
async def desk() -> int:
    return 1


def tag_of(**options: Any) -> str:
    with TestClient(make_app(ping, desk, **options)) as http:
        return str(read(http, "desk").headers["etag"])


def test_the_secret_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "another secret that is long enough for it"
    monkeypatch.setenv("MIZAN_SECRET", SECRET)
    assert tag_of(secret=None) == tag_of(secret=SECRET) != tag_of(secret=other)
    assert tag_of(secret=[other, SECRET]) == tag_of(secret=other)


def test_development_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, status in (("development", 200), ("production", 404)):
        monkeypatch.setenv("FASTAPI_ENV", value)
        with TestClient(make_app(ping)) as http:
            assert http.get(f"{BASE}/contract/").status_code == status


def test_the_header_of_tags_and_limits() -> None:
    with TestClient(make_app(ping, desk, tag_header="Cache-Tag", limits={"body_bytes": 4})) as http:
        assert read(http, "desk").headers["cache-tag"]
        assert code_of(http.post(f"{BASE}/call/", json={"fn": "ping"})) == (413, "PAYLOAD_TOO_LARGE")


def test_all_that_is_wrong_with_settings_at_once() -> None:
    def from_body(text: Annotated[str, Body()]) -> Identity | None: ...

    with pytest.raises(SettingsError) as refused:
        router(
            ping,
            secret="short",
            contracts="nowhere.json",
            identify=from_body,
            transaction=[lambda: None],
            limits={"shows": -1, "bodyBytes": 3},
        )
    assert [fault.name for fault in refused.value.faults] == [
        "limits.bodyBytes",
        "secret",
        "contracts",
        "limits.shows",
        "transaction",
        "identify",
    ]
    assert "openssl rand -base64 32" in str(refused.value)
    assert "there are body_bytes, contexts" in str(refused.value)
    assert "it reads text from the body" in str(refused.value)


def test_an_identify_that_nobody_can_solve() -> None:
    three: Any = 3

    def impossible(thing: Annotated[int, Depends(three)]) -> None: ...

    with pytest.raises(SettingsError, match="identify: FastAPI cannot solve it"):
        router(ping, secret=SECRET, identify=impossible)


def test_all_that_is_wrong_with_functions_at_once() -> None:
    @client(affects=ReactContext("nowhere"))
    async def stray() -> None: ...

    @client(name="ping")
    async def another() -> None: ...

    with pytest.raises(RegistrationError) as refused:
        router(ping, stray, another, 5, secret=SECRET)
    assert len(refused.value.mistakes) == 3
    assert str(refused.value).count("test_settings.py:") >= 2
