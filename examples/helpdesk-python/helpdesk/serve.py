"""Serves an ASGI application as the demo and the browser tests want it."""

import os
import socket
import sys

import uvicorn


class Server(uvicorn.Server):
    """Says that it listens: the line that everybody waits for."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As it is, and one line."""
        await super().startup(sockets)
        for listener in sockets or ():
            host, port = listener.getsockname()[:2]
            print(f"listening http://{host}:{port}", flush=True)  # noqa: T201


def serve(application: str) -> None:
    """Serves `module:app` under HOST and PORT until it is told to stop."""
    # Only where the socket says so does asyncio send small answers at once.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "4646"))))
    except OSError as error:
        sys.exit(str(error.strerror))
    config = uvicorn.Config(application, log_level="warning", timeout_graceful_shutdown=1)
    Server(config).run(sockets=[listener])
