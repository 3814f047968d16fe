"""Where the numbers of contexts live (spec page `revisions`)."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ._tables import LIMITS
from .revision import Revision, ScopeRecord, changed_at, create_record, note_scopes

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(slots=True)
class Taken:
    """A number that was taken."""

    revision: Revision
    previous: tuple[Revision, ...]
    """One for each instance asked for, in order."""


class Store(Protocol):
    """Keeps one record a context. What a method answers may be awaitable."""

    def last(self, context: str) -> Any:
        """The context's epoch and last number as a `Revision`; creates an absent record (REV-4)."""

    def take(self, context: str, scopes: Sequence[str], instances: Sequence[str]) -> Any:
        """Takes one number for the context and notes it for its scopes; comes to `Taken`.

        Says, from before noting it, at which numbers the instances had changed; all in one atomic step
        (REV-5, MRG-4).
        """


class MemoryStore:
    """Keeps the records in this process, for all of its threads. Right for one process only."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] | None = None,
        epoch: Callable[[str], str] | None = None,
        scopes: int = LIMITS["scopes"],
    ) -> None:
        self._clock = clock or milliseconds
        self._epoch = epoch or random_epoch
        self._cap = scopes
        self._records: dict[str, ScopeRecord] = {}
        self._lock = threading.Lock()

    def last(self, context: str) -> Revision:
        """The context's epoch and last number."""
        with self._lock:
            record = self._record(context)
            return Revision(record.epoch, record.last)

    def take(self, context: str, scopes: Sequence[str], instances: Sequence[str]) -> Taken:
        """Takes one number, atomically."""
        with self._lock:
            record = self._record(context)
            previous = (
                tuple(Revision(record.epoch, changed_at(record, address)) for address in instances)
                if instances
                else ()
            )
            number = note_scopes(record, scopes, self._clock(), self._cap)
            return Taken(Revision(record.epoch, number), previous)

    def _record(self, context: str) -> ScopeRecord:
        record = self._records.get(context)
        if record is None:
            record = create_record(self._epoch(context), self._clock())
            self._records[context] = record
        return record


def milliseconds() -> float:
    """The clock of numbers."""
    return time.time() * 1000


def random_epoch(_context: str) -> str:
    """62 bits in the alphabet of epochs."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LIMITS["epochLength"]))
