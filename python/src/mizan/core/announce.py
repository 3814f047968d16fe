"""Scopes from symbols and Python values: what `invalidate` and direct calls announce."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from .contract import ABSENT, Absent, BigintType, DecimalType, Field, NullableType
from .names import camel_from_snake, snake_from_camel
from .scope_plan import ScopePlan

if TYPE_CHECKING:
    from .app import App
    from .define import Context, FunctionDefinition
    from .plan import FunctionPlan, Plans


def scope_text(app: App, context: Context, params: Mapping[str, Any]) -> str:
    """The scope of a context and parameters by Python name; None is any value.

    Raises a `TypeError` for what is no context of this server and for a parameter that it lacks, and a
    `ValueError` for a value that is not of its type (INV-5).
    """
    name = getattr(context, "name", None)
    if not isinstance(name, str):
        raise TypeError("invalidate takes a context: invalidate(UserContext, user_id=5)")
    plan = app.plans.contexts.get(name) if app.knows(context) else None
    if plan is None:
        raise TypeError(f'invalidate: the context "{name}" has no member in the registered modules')
    known = {param.name: param for param in plan.decl.params}
    values: dict[str, Any] = {}
    for given, value in params.items():
        param = known.get(camel_from_snake(given))
        if param is None:
            raise TypeError(_unknown_parameter(plan.name, given, sorted(map(snake_from_camel, known))))
        values[param.name] = wire_value(value, param)
    return plan.address.scope(values)


def declared_scopes(
    plans: Plans, definition: FunctionDefinition, args: Mapping[str, Any], result: Any
) -> list[str]:
    """The scopes that a mutation declares, for arguments by Python name and what it returned.

    What cannot be said makes a scope broader (INV-4).
    """
    plan = plans.by_definition.get(definition)
    if plan is None:
        raise TypeError(
            f"{definition.handler.__name__}() was called in a call of a server that does not have it, "
            "so nobody knows what it makes stale: register its module too"
        )
    if plan.scopes is None:
        return []
    return _resolve(plan, plan.scopes, args, result)


def _resolve(plan: FunctionPlan, scopes: ScopePlan, args: Mapping[str, Any], result: Any) -> list[str]:
    output: Any = ABSENT
    if not isinstance(result, Absent):
        try:
            output = plan.encode(result)
        except Exception:
            # Direct calls may return what the contract does not allow; then nothing is known of it.
            output = ABSENT
    return scopes.resolve(plan.wire_args(args), output).scopes


def wire_value(value: Any, field: Field) -> Any:
    """A Python value as JSON of a field's type; raises a `ValueError` for what has no JSON."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str | bool | int | float | None):
        bare = field.type.of if isinstance(field.type, NullableType) else field.type
        as_text = isinstance(bare, BigintType | DecimalType) and type(value) is int
        return str(value) if as_text else value
    return to_jsonable_python(value)


def _unknown_parameter(context: str, given: str, known: list[str]) -> str:
    has = f"It has {', '.join(known)}." if known else "It has none."
    meant = difflib.get_close_matches(given, known, n=1)
    hint = f" Did you mean {meant[0]}?" if meant else ""
    return f'invalidate: the context "{context}" has no parameter "{given}". {has}{hint}'
