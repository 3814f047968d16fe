"""On a real server."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = """
import json, socket, sys, threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from mizan import client
from mizan.fastapi import router

@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    print("up", flush=True)
    yield
    print("down", flush=True)

@client
async def double(number: int) -> int:
    return number * 2

app = FastAPI(lifespan=lifespan)
app.include_router(router(double, secret="a secret of at least 32 bytes for tests"), prefix="/api/mizan")
listener = socket.create_server(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(app, log_level="error"))

def stop() -> None:
    sys.stdin.read()
    server.should_exit = True

print(listener.getsockname()[1], flush=True)
threading.Thread(target=stop).start()
server.run(sockets=[listener])
"""


def ask(port: int, request: bytes) -> tuple[bytes, bytes]:
    """Head and body of the answer to raw bytes; the connection is closed by the server."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    return head, body


def post(body: bytes, *headers: str) -> bytes:
    lines = ["POST /api/mizan/call/ HTTP/1.1", "Host: x", "Connection: close", *headers]
    return "\r\n".join([*lines, "Content-Type: application/json", "", ""]).encode() + body


def test_on_uvicorn(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(PROGRAM)
    source = Path(__file__).parents[2] / "src"
    environment = {**os.environ, "PYTHONPATH": str(source)}
    running: Any = subprocess.Popen(
        [sys.executable, "main.py"],
        cwd=tmp_path,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with running:
        try:
            port = int(running.stdout.readline())
            assert running.stdout.readline() == "up\n"
            body = b'{"fn":"double","args":{"number":21}}'
            head, answer = ask(port, post(body, f"Content-Length: {len(body)}"))
            assert head.startswith(b"HTTP/1.1 200")
            assert json.loads(answer) == {"result": 42, "invalidate": []}
            pieces = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"
            assert json.loads(ask(port, post(pieces, "Transfer-Encoding: chunked"))[1])["result"] == 42
            head, _ = ask(port, post(b"", "Content-Length: 99999999"))
            assert head.startswith(b"HTTP/1.1 413")
            head, empty = ask(
                port, b"HEAD /api/mizan/session HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            )
            assert (head.split(b"\r\n")[0], empty) == (b"HTTP/1.1 200 OK", b"")
            assert b"content-length: 0" not in head.lower()
        finally:
            running.stdin.close()
        assert running.stdout.read() == "down\n"
    assert running.returncode == 0
