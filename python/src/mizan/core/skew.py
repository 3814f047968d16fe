"""Clients that were made from another contract (spec page `skew`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .failure import Failure, refusal
from .findings import Finding, Refused

if TYPE_CHECKING:
    from .app import App
    from .wire import WireRequest

_ID = re.compile(r"[0-9a-f]{16}")
_MISMATCH = "The page and the server are of different versions; reload"


def other_contract(app: App, wire: WireRequest) -> str | None:
    """The contract that a request was made under, when it is not the server's (SKEW-1, SKEW-2)."""
    id = wire.header("x-mizan-contract")
    if id is None or id == app.contract_id or _ID.fullmatch(id) is None:
        return None
    return id


def unknown_name(what: str, other: str | None) -> Failure:
    """What the server does not know: not found, or a mismatch under another contract (SKEW-4)."""
    return refusal("NOT_FOUND", what) if other is None else refusal("CONTRACT_MISMATCH", _MISMATCH)


def invalid(refused: Refused, other: str | None) -> Failure:
    """Findings of arguments or parameters (ERR-10, SKEW-4)."""
    findings = refused.findings
    if other is not None and any(_is_unknown_name(finding) for finding in findings):
        return refusal("CONTRACT_MISMATCH", _MISMATCH, findings)
    message = f"{findings[0]['path'] or 'The value'} {findings[0]['message']}" if findings else "Not valid"
    return refusal("VALIDATION_FAILED", message, findings)


def changed_since(app: App, other: str | None, names: Iterable[str]) -> Failure | None:
    """The refusal of a function that changed since the client's released contract (SKEW-5)."""
    changed = None if other is None else app.changed.get(other)
    if changed is None or changed.isdisjoint(names):
        return None
    return refusal("CONTRACT_MISMATCH", _MISMATCH)


def _is_unknown_name(finding: Finding) -> bool:
    path = finding["path"]
    return finding["code"] == "unknown" and path.startswith("/") and "/" not in path[1:]
