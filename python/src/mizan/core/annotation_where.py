"""What of a declaration is being read, for types that depend on it and for messages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .annotation_fields import Direction, Given
from .contract import PlainType, Type
from .mistake import Complain

JSON = PlainType("json")


@dataclass(frozen=True, slots=True)
class Where:
    """What is being read, for messages."""

    path: str
    direction: Direction
    complain: Complain
    given: Given = field(default_factory=dict)

    def at(self, step: str) -> Where:
        """Further inside."""
        return replace(self, path=f"{self.path}{step}")

    def refuse(self, message: str, help: str | None = None) -> Type:
        """Notes that this has no form on the wire; what it gives back stands in its place."""
        self.complain(f"{self.path}: {message}", help)
        return JSON
