"""Entries and lists of what a call makes stale (spec page `invalidation`)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ._tables import LIMITS
from .address_text import split_address
from .covering import covering_scopes
from .revision import Revision, parse_revision

_HEAD = re.compile(r"[a-z][A-Za-z0-9]{0,63}(?:/[a-z][A-Za-z0-9]{0,63})?")
_PIECE = re.compile(r"([a-z][A-Za-z0-9]{0,63})=(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of an `invalidate` list; no revision where the number could not be taken (INV-9)."""

    scope: str
    revision: Revision | None


def normalize_scopes(scopes: Iterable[str]) -> list[str]:
    """Scopes in the order of the list, each once, without those that another one swallows (INV-7).

    Fewer parameters first, then code point.
    """
    given = set(scopes)
    if len(given) < 2:
        return list(given)
    if "*" in given:
        return ["*"]
    kept = [scope for scope in given if not _swallowed(scope, given)]
    return sorted(kept, key=lambda scope: (_param_count(scope), scope))


def format_entry(scope: str, revision: Revision | None) -> str:
    """`user?userId=5@k3.1764`; without `@…` when there is no number (INV-8, INV-9)."""
    return scope if revision is None else f"{scope}@{revision.epoch}.{revision.n}"


def parse_entry(text: str) -> Entry | None:
    """Reads one entry; none when it is not well formed (INV-8)."""
    scope, at, number = text.partition("@")
    revision = parse_revision(number) if at else None
    if at and revision is None:
        return None
    if revision is None if scope == "*" else is_scope(scope):
        return Entry(scope, revision)
    return None


def is_scope(text: str) -> bool:
    """Whether a text has the form of a scope or instance (ADR-1). Says nothing of the values' types."""
    if len(text) > LIMITS["instanceBytes"]:
        return False
    head, question, query = text.partition("?")
    if _HEAD.fullmatch(head) is None:
        return False
    last = ""
    for piece in query.split("&") if question else ():
        match = _PIECE.fullmatch(piece)
        if match is None or match[1] <= last:
            return False
        last = match[1]
    return True


def format_invalidate_header(entries: Sequence[str]) -> str:
    """The value of `X-Mizan-Invalidate`: a structured field list of strings (INV-11)."""
    return ", ".join([f'"{entry}"' for entry in entries])


def _swallowed(scope: str, given: set[str]) -> bool:
    """Whether the set holds a broader scope than this one (ADR-14)."""
    parts = split_address(scope)
    *broader, whole = covering_scopes(scope)
    if any(text in given for text in broader):
        return True
    if parts.member is None:
        return False
    head = f"{parts.context}/{parts.member}"
    return whole in given or any(head + text[len(parts.context) :] in given for text in broader)


def _param_count(scope: str) -> int:
    return scope.count("&") + 1 if "?" in scope else 0
