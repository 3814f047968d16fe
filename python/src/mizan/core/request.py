"""The request under way, and `invalidate`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from .live import live_apps

if TYPE_CHECKING:
    from .app import App
    from .define import Context
    from .identity import Identity
    from .wire import WireRequest

current_request: ContextVar[RequestState | None] = ContextVar("mizan_request", default=None)
"""The request whose guard, handler or dependencies run here; none outside and while a caller is found out."""

_LIST = threading.Lock()
"""Held for the instant in which a list is added to or taken: handlers may have threads of their own."""


class RequestState:
    """One request: a call, a read, or a read inside of a call's answer."""

    __slots__ = (
        "again",
        "announced",
        "app",
        "ended",
        "host_state",
        "identity",
        "pending",
        "quiet",
        "sets_cookie",
        "wire",
    )

    def __init__(self, app: App, wire: WireRequest, *, again: bool = False, quiet: bool = False) -> None:
        self.app = app
        self.wire = wire
        self.again = again
        """A further read under one wire request (single flight): whatever a host keeps is resolved anew."""
        self.quiet = quiet
        """Whether what fails is nobody's business: reads that only compare."""
        self.identity: Identity | None = None
        self.pending: list[str] | None = None
        """Scopes announced so far by the body, or None where none may be: in reads."""
        self.ended = False
        """Whether the call's list was taken: what comes later is announced by itself."""
        self.announced: Sequence[str] = ()
        """What was announced in the end, normalised."""
        self.sets_cookie = False
        """Set by a host whose answer sets a cookie: no shared cache may keep it (BUN-9)."""
        self.host_state: Any = None
        """Whatever the host keeps for this request."""

    @property
    def raw(self) -> Any:
        """What the host calls a request."""
        return self.wire.raw

    def header(self, name: str) -> str | None:
        """A header by its lower-case name."""
        return self.wire.header(name)

    @property
    def in_read(self) -> bool:
        """Whether this is a read, in which nothing may be made stale (INV-5)."""
        return self.pending is None and not self.ended

    def add(self, scopes: Sequence[str]) -> bool:
        """Adds scopes to the list of the call; false when it is taken already."""
        with _LIST:
            if self.pending is None:
                return False
            self.pending.extend(scopes)
            return True

    def take(self) -> list[str] | None:
        """Ends the list and gives it; what comes later is announced by itself."""
        with _LIST:
            added = self.pending
            self.pending = None
            self.ended = True
            return added


def invalidate(context: Context, /, **params: Any) -> None:
    """Makes instances of a context stale: `invalidate(UserContext, user_id=5)`; without parameters all.

    In a call it adds to what the call announces, elsewhere it announces by itself, in both cases when the
    surrounding transaction has committed (INV-5). Raises a `TypeError` for a parameter that the context lacks
    and a `ValueError` for a value that is not of its type.
    """
    request = current_request.get()
    if request is None:
        for app in live_apps(context):
            app.add_on_commit(None, [app.scope_text(context, params)])
        return
    scope = request.app.scope_text(context, params)
    if request.in_read:
        name = getattr(context, "name", context)
        raise RuntimeError(f"invalidate({name}) in a read: only a call may make something stale")
    request.app.add_on_commit(request, [scope])
