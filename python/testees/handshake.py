"""The handshake of `conformance/app/README.md`: one line in, one line out, the end when the input ends."""

import json
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from mizan import Identity

HEADER = "x-test-identity"
"""The caller: `ID`, `ID;staff`, `ID;staff;superuser`."""
BASE = "/api/mizan"
"""Where a testee mounts the protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handshake:
    """The line that starts a testee."""

    transport: str = "http"
    secret: str = "conformance-secret-of-32-bytes-or-more"  # noqa: S105  # it protects nothing
    transaction: Literal["atomic", "none"] = "atomic"
    development: bool = False
    contracts: dict[str, Any] | None = None
    epoch: str | None = None
    limits: dict[str, int] = field(default_factory=dict)
    mistakes: tuple[str, ...] = ()


def read_handshake() -> Handshake:
    """Waits for the line. Descriptors stay at the line's end, for whoever waits for the end of the input."""
    return Handshake(**json.loads(sys.stdin.readline()))


def say(**answer: Any) -> None:
    """Answers, and is the only one who writes to standard output."""
    sys.stdout.write(f"{json.dumps(answer)}\n")
    sys.stdout.flush()


def say_address(port: int) -> None:
    """Answers that the server listens."""
    say(transport="http", url=f"http://127.0.0.1:{port}{BASE}")


def when_input_ends(stop: Callable[[], object]) -> None:
    """Stops the server when the referee closes the input."""

    def wait() -> None:
        while sys.stdin.readline():
            pass
        stop()

    threading.Thread(target=wait, daemon=True).start()


def caller_of(text: str | None) -> Identity | None:
    """The caller of a header; an empty text is nobody."""
    id, *marks = (text or "").split(";")
    return Identity(id, staff="staff" in marks, superuser="superuser" in marks) if id else None


def snake_case(name: str) -> str:
    """A limit's name in Python: `flightBytes` is `flight_bytes`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
