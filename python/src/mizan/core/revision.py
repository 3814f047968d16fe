"""The order of changes of one context (spec page `revisions`)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import floor

from .covering import covering_scopes
from .json_guard import MAX_SAFE
from .scope_text import without_member

_REVISION = re.compile(r"([a-z0-9]{1,12})\.(0|[1-9][0-9]{0,15})")


@dataclass(frozen=True, slots=True)
class Revision:
    """A point in one context's history: numbers compare only within one epoch (REV-1)."""

    epoch: str
    n: int


@dataclass(slots=True)
class ScopeRecord:
    """One context's history in a store (REV-3): created together, lost together."""

    epoch: str
    last: int
    """The highest number given."""
    floor: int
    """Every instance changed at this number or later."""
    scopes: dict[str, int] = field(default_factory=dict)
    """Scope without member to its latest number, oldest number first."""


def format_revision(revision: Revision) -> str:
    """`epoch.n` (REV-2)."""
    return f"{revision.epoch}.{revision.n}"


def parse_revision(text: str) -> Revision | None:
    """Reads `epoch.n`; none for anything else, numbers above 2^53-1 included (REV-2)."""
    match = _REVISION.fullmatch(text)
    if match is None:
        return None
    n = int(match[2])
    return Revision(match[1], n) if n <= MAX_SAFE else None


def create_record(epoch: str, now: float) -> ScopeRecord:
    """A new record: `last` and `floor` are the clock in milliseconds (REV-4)."""
    start = floor(now)
    return ScopeRecord(epoch, last=start, floor=start)


def note_scopes(record: ScopeRecord, scopes: Iterable[str], now: float, cap: int) -> int:
    """Takes one number and notes it for each scope (REV-5), all of the record's context; gives the number.

    Then drops the oldest scopes beyond `cap`, which raises the floor (REV-7).
    """
    n = max(record.last + 1, floor(now))
    record.last = n
    for scope in scopes:
        key = without_member(scope)
        # What is noted anew goes to the end.
        record.scopes.pop(key, None)
        record.scopes[key] = n
    while len(record.scopes) > cap:
        oldest = next(iter(record.scopes))
        record.floor = max(record.floor, record.scopes.pop(oldest))
    return n


def changed_at(record: ScopeRecord, address: str) -> int:
    """The number at which an instance last changed: the highest of what covers it, or the floor (REV-6)."""
    noted = record.scopes
    return max(record.floor, *(noted.get(scope, 0) for scope in covering_scopes(address)))
