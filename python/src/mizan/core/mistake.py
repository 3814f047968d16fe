"""What is wrong with declarations, as help: where, what, how to mend; all of it at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from .place import Place, print_place


@dataclass(frozen=True, slots=True)
class Snippet:
    """The declaration in its own words, and the part that is wrong."""

    text: str
    mark: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with a declaration."""

    place: Place | None
    subject: str
    """The function, context or error that it is about."""
    message: str
    help: str | None = None
    """What there is instead, and what was probably meant."""
    snippet: Snippet | None = None


class Complain(Protocol):
    """Notes a mistake about one declaration."""

    def __call__(self, message: str, help: str | None = None, snippet: Snippet | None = None) -> None:
        """What is wrong, and how to mend it."""


class RegistrationError(Exception):
    """Raised at start with all mistakes of a registration."""

    def __init__(self, mistakes: Sequence[Mistake], root: str) -> None:
        super().__init__("\n" + "\n\n".join(print_mistake(mistake, root) for mistake in mistakes) + "\n")
        self.mistakes = tuple(mistakes)


def print_mistake(mistake: Mistake, root: str) -> str:
    """A mistake as a developer reads it."""
    where = "" if mistake.place is None else f"{print_place(mistake.place, root)}  "
    lines = [f"{where}{mistake.subject}: {mistake.message}"]
    if mistake.snippet is not None:
        text, mark = mistake.snippet.text, mistake.snippet.mark
        lines.append(f"    {text}")
        if mark in text:
            lines.append(f"    {' ' * text.index(mark)}{'^' * len(mark)}")
    if mistake.help is not None:
        lines.append(f"  {mistake.help}")
    return "\n".join(lines)


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The name that was probably meant: the nearest one, if it is near."""
    best = None
    least = max(2, len(given) // 3) + 1
    for name in known:
        far = 0 if name.lower() == given.lower() else distance(given, name)
        if far < least:
            best, least = name, far
    return best


def distance(a: str, b: str) -> int:
    """Edits between two short texts (Levenshtein)."""
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        above, row = row, [i]
        for j, right in enumerate(b, 1):
            row.append(min(above[j - 1] + (left != right), above[j] + 1, row[-1] + 1))
    return row[-1]
