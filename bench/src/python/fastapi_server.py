"""Serves one contestant by uvicorn, and says what it costs when it is asked.

Argument: `limit` (a plain FastAPI route with a Pydantic body and response), `bytes` (a route that only
echoes what it would answer), or `mizan`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys

import uvicorn
from fastapi import FastAPI, Response

from answers import Profile, ProfileRow, Update, update
from cost_lines import answer_cost_lines

app = FastAPI()


def mount(name: str) -> None:
    """Puts the contestant into the application."""
    if name == "mizan":
        from mizan.fastapi import router

        from profiles import clients

        app.include_router(router(clients, secret="bench-" * 10), prefix="/api/mizan")
    elif name == "bytes":
        fixed = json.dumps(update(5, "Ada Lovelace", "ada")).encode()

        @app.post("/update")
        def echo() -> Response:
            return Response(fixed, media_type="application/json")
    else:

        @app.post("/update", response_model=Profile)
        def plain(given: Update) -> ProfileRow:
            return update(given.userId, given.name, given.nickname)


def end() -> None:
    """Has the server stop."""
    server.should_exit = True


mount(sys.argv[1])
# Named, or asyncio takes it for something without TCP_NODELAY.
listener = socket.socket(proto=socket.IPPROTO_TCP)
listener.bind(("127.0.0.1", 0))
server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
answer_cost_lines(listener.getsockname()[1], end)
asyncio.run(server.serve(sockets=[listener]))
