"""A request and an answer as every adapter hands them over: nothing of a framework or the protocol."""

from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

Header: TypeAlias = tuple[str, str]
"""Name and value."""


class WireRequest(Protocol):
    """What the core reads of a request; adapters wrap their own."""

    @property
    def method(self) -> str:
        """In capitals."""

    @property
    def path(self) -> str:
        """Without the mount point, beginning with `/`, still percent-encoded where the host leaves it so."""

    @property
    def query(self) -> str:
        """The raw query without its `?`, one character a byte (latin-1)."""

    @property
    def raw(self) -> Any:
        """What the host calls a request."""

    def header(self, name: str) -> str | None:
        """A header by its lower-case name."""


@dataclass(slots=True)
class WireResponse:
    """The answer, for every adapter to write as it stands.

    Nobody changes it; it is not frozen because such a one takes longer to make.
    """

    status: int
    headers: tuple[Header, ...]
    body: bytes | None
    """None: there is none, and no length is written. For HEAD it is there and the adapter leaves it out."""


_LONGEST_NUMBER = 18
"""Digits; what has more is beyond every limit, and Python reads no number of thousands of digits."""


def announced_length(text: str | None) -> int | None:
    """What `Content-Length` says; None where it says nothing that is a length."""
    if not text or not text.isascii() or not text.isdigit():
        return None
    return int(text) if len(text) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


class BodyTaken(Exception):
    """The host took the body before us. Its text goes out, because only the developer can mend it."""
