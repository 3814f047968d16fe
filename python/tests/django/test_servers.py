"""On servers that people run: one for WSGI, one for ASGI, over a socket."""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application

from .calls import BASE
from .conftest import PROJECT

SOURCE = Path(__file__).parents[2] / "src"

ASGI_SERVER = """
import socket, sys, uvicorn
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
print(listener.getsockname()[1], flush=True)
config = uvicorn.Config("config.asgi:application", log_level="warning", lifespan="off")
uvicorn.Server(config).run(sockets=[listener])
"""


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@contextmanager
def wsgi() -> Iterator[int]:
    server: WSGIServer = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def asgi() -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-c", ASGI_SERVER],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": f"{SOURCE}{os.pathsep}{PROJECT}"},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    with process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


@pytest.fixture(params=[wsgi, asgi])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    with request.param() as served:
        yield served


def send(port: int, method: str, path: str, body: Any = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Content-Type": "application/json"}
        connection.request(method, BASE + path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_write_and_the_read_after_it(port: int) -> None:
    team = port
    status, headers, body = send(
        port,
        "POST",
        "/call/",
        {"fn": "addNote", "args": {"teamId": team, "text": "kept"}, "shows": [f"note?teamId={team}"]},
    )
    assert status == 200
    answer = json.loads(body)
    assert headers["x-mizan-invalidate"] == f'"{answer["invalidate"][0]}"'
    fresh = answer["contexts"][f"note?teamId={team}"]
    status, headers, body = send(port, "GET", f"/ctx/note?teamId={team}")
    assert (status, json.loads(body)) == (200, {"noteCount": 1, "notes": ["kept"]})
    assert json.loads(body) == fresh["data"]
    assert headers["x-mizan-revision"] == fresh["revision"]


def test_head_and_304_have_no_body(port: int) -> None:
    status, headers, body = send(port, "HEAD", "/ctx/public?teamId=5")
    assert (status, body) == (200, b"")
    assert int(headers["content-length"]) > 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", f"{BASE}/ctx/public?teamId=5", headers={"If-None-Match": headers["etag"]})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (304, b"")
    finally:
        connection.close()


def test_a_body_over_the_limit_is_refused_unread() -> None:
    with (
        wsgi() as port,
        contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as line,
    ):
        line.putrequest("POST", f"{BASE}/call/")
        line.putheader("Content-Type", "application/json")
        line.putheader("Content-Length", "1048577")
        line.endheaders()
        answer = line.getresponse()
        assert (answer.status, json.loads(answer.read())["error"]["code"]) == (413, "PAYLOAD_TOO_LARGE")
