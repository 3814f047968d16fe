"""Takes a raw query string apart without decoding anything (spec clause ADR-8)."""

from collections.abc import Container
from dataclasses import dataclass, field

from .findings import Finding, format_pointer
from .min import is_min


@dataclass(slots=True)
class QueryPieces:
    """The pieces of a raw query."""

    given: dict[str, str] = field(default_factory=dict)
    """The raw value of each parameter that is given."""
    min: str | None = None
    """The text of `$min`."""
    faults: dict[str, Finding] = field(default_factory=dict)
    """What is wrong with a parameter's piece itself."""
    oddities: list[Finding] = field(default_factory=list)
    """What is wrong beside the parameters, in the order of ADR-8."""


def split_query(raw_query: str, context: str, names: Container[str]) -> QueryPieces:
    """Splits a raw query at `&` and each piece at its first `=`.

    Keys are wire names as they stand: they are never unescaped, so that no two spellings mean one parameter.
    """
    pieces = QueryPieces()
    unknown: set[str] = set()
    bad_min = False
    empty = False
    for piece in raw_query.split("&") if raw_query else ():
        key, equals, value = piece.partition("=")
        if key in names:
            if key in pieces.given:
                _note_fault(pieces, key, "is given more than once")
            elif not equals:
                _note_fault(pieces, key, "has no =")
            pieces.given[key] = value
        elif key == "$min":
            bad_min = bad_min or pieces.min is not None or not is_min(value)
            pieces.min = value
        elif not piece:
            empty = True
        else:
            unknown.add(key)
    pieces.oddities += (unknown_key(context, key) for key in sorted(unknown))
    if bad_min:
        message = "must be revisions, or *, once"
        pieces.oddities.append(Finding(path="/$min", code="format", message=message))
    if empty:
        pieces.oddities.append(Finding(path="", code="format", message="has an empty piece"))
    return pieces


def unknown_key(context: str, key: str) -> Finding:
    """A key that the context does not have."""
    message = f"is not a parameter of {context}"
    return Finding(path=format_pointer([key]), code="unknown", message=message)


def _note_fault(pieces: QueryPieces, key: str, message: str) -> None:
    pieces.faults.setdefault(key, Finding(path=f"/{key}", code="format", message=message))
