"""Serves an ASGI application until the referee closes the input."""

import asyncio
import socket
from typing import Any

import uvicorn

from .handshake import say_address, when_input_ends


class _Server(uvicorn.Server):
    """Says its address when it answers there."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for one in sockets or ():
            say_address(one.getsockname()[1])


def serve_asgi(application: Any) -> None:
    """Serves on a port that is free."""
    # Its own logging writes to standard output, which belongs to the handshake.
    config = uvicorn.Config(
        application, http="h11", log_config=None, access_log=False, timeout_graceful_shutdown=1
    )
    server = _Server(config)

    def stop() -> None:
        server.should_exit = True

    when_input_ends(stop)
    # asyncio sends at once (TCP_NODELAY) only where the protocol is named.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        asyncio.run(server.serve([listening]))
