"""What `router(…)` is given beside modules, checked all at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from fastapi import Depends, params

from ..core.settings import Limits, SettingFault, Settings, SettingsError
from .internals import Needs, body_params, compile_needs, is_generator

Dependency: TypeAlias = Callable[..., Any]
"""What `Depends(…)` takes."""

IDENTITY = "identity"
"""The name under which `identify` is solved."""


@dataclass(frozen=True, slots=True)
class Options:
    """Checked options."""

    settings: Settings
    identify: inspect.Parameter | None
    transactions: tuple[Dependency, ...]

    def door(self, path: str, before: Sequence[params.Depends], *, asks: bool = True) -> Needs | None:
        """What runs before functions: the dependencies of `include_router`, then, if it asks, `identify`."""
        parameters = [self.identify] if asks and self.identify is not None else []
        if not parameters and not before:
            return None
        return compile_needs(parameters, path=path, before=before, transactions=self.transactions)


def read_limits(given: Limits | Mapping[str, int] | None) -> tuple[Limits, list[SettingFault]]:
    """Limits by their names, and which of the names there are none of."""
    if isinstance(given, Limits):
        return given, []
    known = {one.name for one in fields(Limits)}
    values = given or {}
    has = ", ".join(sorted(known))
    faults = [
        SettingFault(f"limits.{name}", f"there is no such limit; there are {has}")
        for name in values
        if name not in known
    ]
    return Limits(**{name: value for name, value in values.items() if name in known}), faults


def check_options(
    settings: Settings,
    identify: Dependency | params.Depends | None,
    transaction: Dependency | Sequence[Dependency],
    faults: list[SettingFault],
) -> Options:
    """Raises a `SettingsError` with everything that is wrong."""
    faults = [*faults, *settings.faults()]
    transactions = (transaction,) if callable(transaction) else tuple(transaction)
    for one in transactions:
        if not callable(one) or not is_generator(one):
            name = getattr(one, "__name__", repr(one))
            faults.append(
                SettingFault(
                    "transaction", f"{name} is no dependency with yield, so it can roll nothing back"
                )
            )
    parameter = None
    if identify is not None:
        depends = identify if isinstance(identify, params.Depends) else Depends(identify)
        parameter = inspect.Parameter(IDENTITY, inspect.Parameter.KEYWORD_ONLY, default=depends)
        message = _fault_of(parameter)
        if message is not None:
            faults.append(SettingFault("identify", message))
    if faults:
        raise SettingsError(faults)
    return Options(settings, parameter, transactions)


def _fault_of(parameter: inspect.Parameter) -> str | None:
    try:
        taken = body_params(compile_needs([parameter]))
    except Exception as error:
        return f"FastAPI cannot solve it: {error}"
    if taken:
        return f"it reads {', '.join(taken)} from the body, which holds a call: read a header or a cookie"
    return None
