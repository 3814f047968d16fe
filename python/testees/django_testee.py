"""The fixture on Django and its ORM, served by gunicorn (`wsgi`) or by uvicorn (`asgi`)."""

import os
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from asgiref.sync import sync_to_async
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from mizan.core.mistake import RegistrationError

from .fixture.world import world
from .handshake import Handshake, read_handshake, say, say_address, when_input_ends
from .on_django.configure import configure
from .serve_asgi import serve_asgi


def prepare(asked: Handshake, database: Path, *, keep_connections: bool) -> None:
    """Loads the project, and has every mistake said before anything listens."""
    configure(asked, database, keep_connections=keep_connections)
    from django.db import connections

    from mizan.django.server import get_server

    from .on_django.rows import DjangoRows, create_tables

    get_server()
    create_tables()
    world.bind(DjangoRows(), lambda work, *args: sync_to_async(work)(*args))
    world.rows.reset()
    # Workers are forked, and a connection must not be.
    connections.close_all()


class Gunicorn(BaseApplication):  # type: ignore[misc]
    """One process, as the fixture's memory is one, with threads."""

    def load_config(self) -> None:
        """What the command line would set."""
        options = {
            "bind": "127.0.0.1:0",
            "worker_class": "gthread",
            "threads": 16,
            "graceful_timeout": 1,
            "keepalive": 60,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self.listening,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """What each worker serves."""
        from django.core.handlers.wsgi import WSGIHandler

        return WSGIHandler()

    @staticmethod
    def listening(worker: Any) -> None:
        """Says the address, and has the parent end with the input."""

        def stop() -> None:
            os.kill(os.getppid(), signal.SIGTERM)
            # A worker looks only once a second whether it shall end.
            os._exit(0)

        when_input_ends(stop)
        say_address(worker.sockets[0].getsockname()[1])


def main(interface: str) -> int:
    """Reads the handshake and serves."""
    asked = read_handshake()
    with TemporaryDirectory(prefix="mizan-testee-") as folder:
        try:
            prepare(asked, Path(folder) / "rows.sqlite", keep_connections=interface == "wsgi")
        except RegistrationError as error:
            say(error=str(error))
            return 1
        if interface == "wsgi":
            # Ends by raising SystemExit.
            Gunicorn().run()
        else:
            from django.core.handlers.asgi import ASGIHandler

            from mizan.django.asgi import limit_bodies

            serve_asgi(limit_bodies(ASGIHandler()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
