"""Transactions: what `ATOMIC_REQUESTS` opens around a function, and what waits for a commit."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any

from django.db import connections, transaction


def atomic_aliases() -> list[str]:
    """The databases that have `ATOMIC_REQUESTS`, asked as Django's own handler asks."""
    return [alias for alias, given in connections.settings.items() if given["ATOMIC_REQUESTS"]]


class _Around(transaction.Atomic):
    """A transaction that we have opened, which we know the end of."""


class Transactions:
    """`atomic(using=…)` for several databases, entered and left one call after the other in one thread."""

    def __init__(self, aliases: list[str]) -> None:
        self.aliases = aliases
        self.kept = True
        """Whether what was written stands, once it was left: a part that stands counts (CALL-9)."""
        self._open: list[tuple[str, Any]] = []

    def enter(self) -> None:
        """Begins them; if one cannot begin, those before it are rolled back."""
        for alias in self.aliases:
            atomic = _Around(using=alias, savepoint=True, durable=False)
            try:
                atomic.__enter__()
            except BaseException as error:
                self.leave(error)
                raise
            self._open.append((alias, atomic))

    def leave(self, error: BaseException | None) -> None:
        """Commits them, or rolls them back for an error. Raises what a commit raises."""
        if not self.aliases:
            return
        self.kept = error is not None and self._wrote_elsewhere()
        raised = error
        while self._open:
            alias, atomic = self._open.pop()
            doomed = raised is not None or connections[alias].needs_rollback
            try:
                atomic.__exit__(*_as_exit(raised))
            except Exception as failed:
                raised = failed
            else:
                self.kept = self.kept or not doomed
        if raised is not error and raised is not None:
            raise raised

    def _wrote_elsewhere(self) -> bool:
        """Whether a database without a transaction was in use, so that a part may stand."""
        used = connections.all(initialized_only=True)
        return any(one.alias not in self.aliases and one.connection is not None for one in used)


def _as_exit(
    error: BaseException | None,
) -> tuple[type[BaseException] | None, BaseException | None, TracebackType | None]:
    return (None, None, None) if error is None else (type(error), error, error.__traceback__)


class Waiting:
    """What the body of one function announces and what a transaction around the line holds back.

    The transactions around the function itself are looked through: whoever opened them knows how they end. So
    are those of a `TestCase`, which never commit, so that a call announces what it would in production.
    """

    def __init__(self) -> None:
        self.held: list[tuple[Any, Callable[[], None]]] = []
        self._token: Token[Waiting | None] | None = None

    def begin(self) -> None:
        """From here on this is what `on_commit` asks."""
        self._token = _waiting.set(self)

    def end(self) -> None:
        """The function has ended."""
        if self._token is not None:
            _waiting.reset(self._token)

    def release(self) -> None:
        """Calls what only such a transaction holds back any more; what was rolled back is gone."""
        for connection, announce in self.held:
            hooks = connection.run_on_commit
            mine = [hook for hook in hooks if hook[1] is announce]
            if mine and not _depth(connection):
                connection.run_on_commit = [hook for hook in hooks if hook[1] is not announce]
                announce()
        self.held.clear()


_waiting: ContextVar[Waiting | None] = ContextVar("mizan_waiting", default=None)


def on_commit(announce: Callable[[], None]) -> None:
    """Calls it when the transactions around the caller have committed, once for each; at once where none is.

    `transaction.on_commit` for whatever database is in one, so what is rolled back announces nothing.
    """
    waiting = _waiting.get()
    around = [
        one
        for one in connections.all(initialized_only=True)
        if (one.in_atomic_block if waiting is None else _depth(one))
    ]
    if not around:
        announce()
        return
    for connection in around:
        if waiting is not None:
            waiting.held.append((connection, announce))
        transaction.on_commit(announce, using=connection.alias, robust=True)


def _depth(connection: Any) -> int:
    """How many transactions a function has opened; ours and those of a `TestCase` are not counted."""
    return sum(
        not isinstance(block, _Around) and not getattr(block, "_from_testcase", False)
        for block in connection.atomic_blocks
    )
