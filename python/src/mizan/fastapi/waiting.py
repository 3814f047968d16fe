"""Announcements that wait for the end of a plain route's request."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextvars import ContextVar


class Waiting:
    """What is announced when the request has ended, from whichever thread; later things go out at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: list[Callable[[], None]] | None = []

    def add(self, announce: Callable[[], None]) -> None:
        """Holds it back, or announces it when the request is over."""
        with self._lock:
            if self._held is not None:
                self._held.append(announce)
                return
        announce()

    def end(self) -> None:
        """Announces what was held back."""
        with self._lock:
            held, self._held = self._held or [], None
        for announce in held:
            announce()


waiting: ContextVar[Waiting | None] = ContextVar("mizan_waiting", default=None)
"""Of the request under way, where `MizanMiddleware` is installed."""
