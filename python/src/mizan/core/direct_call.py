"""Mutations that the user's own code calls: no guard and no check, but the announcement (INV-5, CALL-11)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .live import apps_of
from .request import current_request

if TYPE_CHECKING:
    from .define import FunctionDefinition


def refuse_in_read(definition: FunctionDefinition) -> None:
    """Raises where a mutation is called from a read: it has no list to join, and reading changes nothing."""
    request = current_request.get()
    if request is not None and request.in_read:
        name = definition.handler.__name__
        raise RuntimeError(f"{name}() was called in a read: only a call may make something stale")


def announce_direct(definition: FunctionDefinition, args: Mapping[str, Any], result: Any) -> None:
    """Announces a mutation that was called as it was written, when the surrounding transaction has committed.

    `args` are its arguments by Python name; `result` is `ABSENT` when it raised. Under a call it joins what
    this one announces, even if it raised and the call went on.
    """
    request = current_request.get()
    for app in apps_of(definition) if request is None else [request.app]:
        scopes = app.declared_scopes(definition, args, result)
        if scopes:
            app.add_on_commit(request, scopes)
