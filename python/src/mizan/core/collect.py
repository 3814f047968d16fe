"""What the passed modules hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from .define import Context, FunctionDefinition, definition_of
from .mistake import Mistake


@dataclass(slots=True)
class Found:
    """Functions and contexts, each once."""

    functions: list[FunctionDefinition] = field(default_factory=list)
    contexts: dict[Context, str] = field(default_factory=dict)
    """What the user's code calls each."""


def collect(modules: Sequence[object], mistakes: list[Mistake], host: str) -> Found:
    """Looks through modules; a function counts where it was written, not where it was imported."""
    found = Found()
    for at, module in enumerate(modules):
        if isinstance(module, ModuleType):
            _take(found, vars(module), module)
        elif (definition := definition_of(module)) is not None:
            _add(found, definition)
        else:
            mistakes.append(
                Mistake(
                    place=None,
                    subject=host,
                    message=f"modules[{at}] is {shown(module)}",
                    help="Pass modules, or functions that @client decorates: import users, then users.",
                )
            )
    return found


def _take(found: Found, members: Mapping[str, Any], module: ModuleType) -> None:
    for name, value in members.items():
        if isinstance(value, Context):
            found.contexts.setdefault(value, name)
        elif (definition := definition_of(value)) is not None and _is_home(module, definition):
            _add(found, definition)


def _is_home(module: ModuleType, definition: FunctionDefinition) -> bool:
    """A package also holds what its own modules wrote and it shows."""
    written = definition.handler.__module__
    name = module.__name__
    return written == name or (hasattr(module, "__path__") and written.startswith(f"{name}."))


def _add(found: Found, definition: FunctionDefinition) -> None:
    if definition not in found.functions:
        found.functions.append(definition)


def shown(value: object) -> str:
    """A value in a message."""
    if isinstance(value, str):
        return f'the text "{value}"'
    if value is None or isinstance(value, bool | int | float):
        return repr(value)
    name = getattr(value, "__name__", None)
    if isinstance(name, str):
        return f"the {'class' if isinstance(value, type) else type(value).__name__} {name}"
    return f"a {type(value).__name__}"
