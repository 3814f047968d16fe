"""Defaults in their one form: a duration of 90 minutes is an hour and a half."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from .check import compile_check
from .contract import ABSENT, Contract, Field, StructType, TypeDecl
from .findings import Refused


def canonical_defaults(contract: Contract) -> Contract:
    """The contract with each default as its check hands it on; what it refuses stays, for a finding."""
    types = {decl.name: decl for decl in contract.types}

    def canonical(fields: tuple[Field, ...]) -> tuple[Field, ...]:
        return tuple(_canonical(field, types) for field in fields)

    return Contract(
        contexts=tuple(replace(one, params=canonical(one.params)) for one in contract.contexts),
        errors=contract.errors,
        functions=tuple(replace(one, input=canonical(one.input)) for one in contract.functions),
        types=tuple(
            replace(one, type=StructType(canonical(one.type.fields)))
            if isinstance(one.type, StructType)
            else one
            for one in contract.types
        ),
    )


def _canonical(field: Field, types: Mapping[str, TypeDecl]) -> Field:
    if field.default is ABSENT or field.default is None:
        return field
    try:
        value = compile_check(field.type, types, "input")(field.default)
    except ValueError:
        return field
    return field if isinstance(value, Refused) else replace(field, default=value)
