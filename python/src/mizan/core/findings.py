"""What a check has to say about a value that it refuses (spec clause VAL-10)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from ._tables import FindingCode


class Finding(TypedDict):
    """One thing that is wrong with a value. `path` is a JSON Pointer; only path and code are normative."""

    path: str
    code: FindingCode
    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Stands in place of a value: everything that is wrong with the one given, in order (VAL-11)."""

    findings: tuple[Finding, ...]


def format_pointer(segments: Iterable[str | int]) -> str:
    """Writes the segments of a path as a JSON Pointer (RFC 6901)."""
    return "".join(f"/{_escape(str(segment))}" for segment in segments)


def _escape(segment: str) -> str:
    return segment.replace("~", "~0").replace("/", "~1")
