"""Serves one contestant's Django project by gunicorn, and says what its worker costs when it is asked.

Argument: `limit` (a plain JSON view, which checks nothing), `ninja` or `mizan`.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from cost_lines import answer_cost_lines
from django_site import configure


def _begin(worker: Any) -> None:
    """In the worker: it knows its own cost, and ends with the bench."""
    port = worker.sockets[0].getsockname()[1]
    answer_cost_lines(port, lambda: os.kill(os.getppid(), signal.SIGTERM))


class Served(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn without a configuration file: one worker with threads, connections kept."""

    def load_config(self) -> None:
        """Fills in its settings."""
        wanted = {
            "bind": "127.0.0.1:0",
            "workers": 1,
            "worker_class": "gthread",
            "threads": 4,
            "keepalive": 60,
            "graceful_timeout": 1,
            "loglevel": "warning",
            "post_worker_init": _begin,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """The project."""
        configure(sys.argv[1])
        return get_wsgi_application()


if __name__ == "__main__":
    Served().run()
