"""What the steps of a registration share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .annotation_fields import RawField
from .annotations import Annotations
from .collect import Found
from .contract import ABSENT, Absent, ErrorDecl, FunctionDecl
from .define import Context, FunctionDefinition
from .errors import ErrorDefinition
from .host import HostTypes, Injected
from .mistake import Mistake, Snippet
from .place import Place, print_place


@dataclass(slots=True)
class RegisteredFunction:
    """A function as it was registered: its declaration, and what Python knows beside it."""

    decl: FunctionDecl
    definition: FunctionDefinition
    params: tuple[RawField, ...] = ()
    """What the caller sends."""
    injected: tuple[Injected, ...] = ()
    identity_param: str | None = None
    output: Any | Absent = ABSENT
    """The annotation of the result."""
    errors: tuple[RegisteredError, ...] = ()


@dataclass(slots=True)
class RegisteredError:
    """A declared error and its fields."""

    decl: ErrorDecl
    definition: ErrorDefinition
    fields: tuple[RawField, ...] = ()


@dataclass(frozen=True, slots=True)
class Complainer:
    """Notes mistakes about one declaration."""

    mistakes: list[Mistake]
    subject: str
    place: Place | None

    def __call__(self, message: str, help: str | None = None, snippet: Snippet | None = None) -> None:
        """What is wrong, and how to mend it."""
        mistake = Mistake(self.place, self.subject, message, help, snippet)
        if mistake not in self.mistakes:
            self.mistakes.append(mistake)


@dataclass(slots=True)
class Desk:
    """One registration under way."""

    root: str
    host_types: HostTypes
    found: Found
    mistakes: list[Mistake]
    annotations: Annotations = field(default_factory=Annotations)
    drafts: dict[str, RegisteredFunction] = field(default_factory=dict)
    """By wire name."""
    errors: dict[str, RegisteredError] = field(default_factory=dict)
    contexts: dict[str, Context] = field(default_factory=dict)

    def complainer(self, subject: str, place: Place | None) -> Complainer:
        """Notes mistakes about one declaration."""
        return Complainer(self.mistakes, subject, place)

    def about(self, draft: RegisteredFunction) -> Complainer:
        """Notes mistakes about a function, under its name in Python."""
        definition = draft.definition
        return self.complainer(definition.handler.__name__, definition.place)

    def name_of(self, context: Context) -> str:
        """What the user's code calls a context."""
        return self.found.contexts.get(context) or f'context "{context.name}"'

    def at(self, place: Place | None) -> str:
        """` (users/clients.py:8)`, or nothing."""
        return "" if place is None else f" ({print_place(place, self.root)})"

    def described(self, draft: RegisteredFunction) -> str:
        """A function and where it stands."""
        return f"{draft.definition.handler.__name__}{self.at(draft.definition.place)}"
