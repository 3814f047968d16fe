"""Hostile requests to the WSGI and the ASGI application."""

import asyncio
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from desk.models import Note
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connections
from hypothesis import assume, given, settings

from mizan.django.asgi import limit_bodies

from ..hostile import BASE, Hostile, Pairs, check_answer, requests
from .test_asgi import scope_of

ASKED = requests(
    ["addNote", "addNoteLater", "staffOnly", "translated", "changeFeeds", "updateProfile", "nowhere"],
    ["note", "public", "me", "user", "nowhere"],
    ["teamId", "text", "userId", "name", "page", "count"],
)


@pytest.fixture(autouse=True)
def cleared() -> Iterator[None]:
    """Leaves no rows and no connections behind."""
    yield
    Note.objects.all().delete()
    connections.close_all()


def environ_of(asked: Hostile) -> dict[str, Any]:
    """What a WSGI server says of a request."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": asked.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": asked.path_info,
        "RAW_URI": asked.target + ("?" + asked.query.decode("latin-1") if asked.query else ""),
        "QUERY_STRING": asked.query.decode("latin-1"),
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(asked.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in asked.headers:
        key = name.decode().upper().replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]},{text}" if key in environ else text
    return environ


def ask_wsgi(
    application: Callable[..., Any], asked: Hostile, environ: dict[str, Any] | None = None
) -> tuple[int, Pairs, bytes]:
    """What the application answers, as it answers it."""
    started: list[Any] = []
    answer = application(
        environ or environ_of(asked), lambda status, headers, *_: started.append((status, headers))
    )
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    status, headers = started[0]
    return int(status[:3]), [(n.encode("latin-1"), v.encode("latin-1")) for n, v in headers], body


@settings(max_examples=300)
@given(asked=ASKED)
def test_every_answer_under_wsgi_is_one_of_the_protocol(asked: Hostile) -> None:
    status, headers, body = ask_wsgi(get_wsgi_application(), asked)
    check_answer(asked, status, headers, body)


def test_a_length_of_thousands_of_digits_is_too_large_under_wsgi() -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", b"9" * 5000)]
    asked = Hostile("POST", f"{BASE}/call/", b"", headers, b"{}")
    status, headers, body = ask_wsgi(get_wsgi_application(), asked)
    assert status == 413
    check_answer(asked, status, headers, body)


@pytest.mark.parametrize("origin", ["", "http://testserver", "http://user@[::1]:80"])
def test_the_path_is_compared_as_it_was_sent_in_a_whole_uri_too(origin: str) -> None:
    for name, expected in (("public", 200), ("publi%63", 404)):
        asked = Hostile("GET", f"{BASE}/ctx/{name}", b"teamId=5", [], b"")
        environ = environ_of(asked)
        environ["RAW_URI"] = f"{origin}{environ['RAW_URI']}"
        status, headers, body = ask_wsgi(get_wsgi_application(), asked, environ)
        assert status == expected
        check_answer(asked, status, headers, body)


@pytest.fixture(scope="module")
def run() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


async def ask_asgi(application: Any, asked: Hostile) -> tuple[int, Pairs, bytes]:
    incoming: list[Any] = [{"type": "http.request", "body": asked.body, "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        if not incoming:
            await asyncio.Event().wait()
        return incoming.pop()

    async def send(message: Any) -> None:
        sent.append(message)

    scope = scope_of(asked.method, "/", asked.query)
    scope["path"] = asked.path
    scope["raw_path"] = asked.target.encode("latin-1")
    scope["headers"] += asked.headers
    await application(scope, receive, send)
    return sent[0]["status"], sent[0]["headers"], b"".join(message.get("body", b"") for message in sent[1:])


@settings(max_examples=300)
@given(asked=ASKED)
def test_every_answer_under_asgi_is_one_of_the_protocol(run: asyncio.Runner, asked: Hostile) -> None:
    # Django itself refuses a query that is not UTF-8, before anybody else sees the request.
    assume(is_utf8(asked.query))
    status, headers, body = run.run(ask_asgi(limit_bodies(get_asgi_application()), asked))
    check_answer(asked, status, headers, body)
