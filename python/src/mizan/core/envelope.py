"""The body of a call (CALL-1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .failure import Failure, refusal
from .json_text import JsonFault, read_json

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_KEYS = frozenset(("fn", "args", "shows", "id"))


@dataclass(slots=True)
class Envelope:
    """What is called, with what, and what the client shows."""

    fn: str
    args: dict[str, Any]
    shows: list[str]


def read_envelope(body: bytes) -> Envelope | Failure:
    """Reads the body of a call: a JSON text of the protocol (HTTP-6), then the envelope."""
    value = read_json(body)
    if isinstance(value, JsonFault):
        return _bad(_sentence(value.fault) if body else "The body is empty")
    if not isinstance(value, dict):
        return _bad("The body is not an object")
    if not _KEYS.issuperset(value):
        return _bad("The body has a key besides fn, args, shows and id")
    if "id" in value:
        id = value["id"]
        if not isinstance(id, str) or _UUID.fullmatch(id) is None:
            return _bad('"id" is not a UUID')
    fn = value.get("fn")
    if not isinstance(fn, str):
        return _bad('"fn" is not the name of a function')
    args = value.get("args", {})
    if not isinstance(args, dict):
        return _bad('"args" is not an object')
    shows: Any = value.get("shows", [])
    if not isinstance(shows, list) or (shows and not all(isinstance(item, str) for item in shows)):
        return _bad('"shows" is not a list of texts')
    return Envelope(fn, args, shows)


def _sentence(fault: str) -> str:
    return f"T{fault[1:]}" if fault.startswith("the body") else f"The body: {fault}"


def _bad(message: str) -> Failure:
    return refusal("BAD_REQUEST", message)
