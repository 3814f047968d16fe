"""The two passes of the value check: one that says yes or no, one that collects findings."""

from collections.abc import Callable
from enum import Enum
from typing import Final, TypeAlias

from ._tables import LIMITS, FindingCode
from .findings import Finding, format_pointer


class Bad(Enum):
    """The type of `BAD`."""

    BAD = "bad"


BAD: Final = Bad.BAD
"""What a check of one type yields instead of a value when it refuses."""

Node: TypeAlias = "Callable[[object, Walk | None, int], object]"
"""The compiled check of one type: the canonical value or `BAD`.

Without a walk it stops at the first fault; with one it goes on and notes every finding with its path.
The number is that of the arrays and objects around the value.
"""

MAX_DEPTH = LIMITS["jsonDepth"]
_MOST = LIMITS["findings"]


class Walk:
    """The second pass over a refused value, which collects the findings (VAL-11 to VAL-13)."""

    __slots__ = ("_path", "findings")

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self._path: list[str | int] = []

    @property
    def full(self) -> bool:
        """Whether as many findings are noted as one answer may hold."""
        return len(self.findings) >= _MOST

    def note(self, code: FindingCode, message: str) -> None:
        """Notes a finding at the present place."""
        if not self.full:
            self.findings.append(Finding(path=format_pointer(self._path), code=code, message=message))

    def note_at(self, key: str | int, code: FindingCode, message: str) -> None:
        """Notes a finding at a key of the present place."""
        self._path.append(key)
        self.note(code, message)
        self._path.pop()

    def descend(self, key: str | int, node: Node, value: object, depth: int) -> object:
        """Runs a node on what stands under `key`."""
        self._path.append(key)
        result = node(value, self, depth)
        self._path.pop()
        return result


def refuse(walk: Walk | None, code: FindingCode, message: str) -> Bad:
    """Refuses the value at the present place."""
    if walk is not None:
        walk.note(code, message)
    return BAD


def refuse_depth(walk: Walk | None) -> Bad:
    """Refuses a container that stands within too many others (VAL-24)."""
    return refuse(walk, "depth", f"is nested deeper than {MAX_DEPTH}")
