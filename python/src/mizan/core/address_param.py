"""Parameters of contexts, between their values and their texts (spec clauses ADR-3 to ADR-8)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .address_text import decode_value, encode_value, text_of
from .check import Check, Types, compile_check, types_by_name
from .contract import (
    ABSENT,
    BigintType,
    EnumType,
    Field,
    IntType,
    NamedType,
    NullableType,
    PlainType,
    RefType,
    StringType,
    Type,
)
from .findings import Finding, Refused

Scalar = StringType | IntType | BigintType | PlainType | EnumType
"""What a parameter of a context may be, beside nullable (ADR-3)."""

_PLAIN = frozenset({"bool", "date", "datetime", "uuid"})
_INT = re.compile(r"0|-?[1-9][0-9]*")

# A whole number with more digits is beyond the safe range anyway, and Python reads only so many.
_LONGEST_INT = 400


@dataclass(frozen=True, slots=True)
class Left:
    """What a parameter is where an address leaves it out: its value, or absent; and its raw text."""

    value: Any
    raw: str | None = None


@dataclass(frozen=True, slots=True)
class AddressParam:
    """One parameter of a context, ready to go between its value and its text."""

    name: str
    absent: Left | None
    """None: it must be there."""
    nullable: bool
    check: Check
    """Verdict on a JSON value."""
    bare_check: Check
    """The same without constraints: what a scope may hold."""
    from_text: Callable[[str], object]
    """The JSON value of a decoded text, `ABSENT` when it is not in the form of the type."""


def raw_text(value: object) -> str:
    """The raw text of a checked value that is not null."""
    if value.__class__ is int:
        return str(value)
    return encode_value(text_of(value))


def compile_param(field: Field, types: Types) -> AddressParam:
    """Prepares one parameter. Raises a `ValueError` for one that no context may have."""
    type = scalar_of(field.type, types)
    fault = param_fault(field, types)
    if type is None or fault is not None:
        raise ValueError(f"{field.name}: {fault}")
    check = compile_check(type, types, "input")
    bare = compile_check(without_constraints(type), types, "input")
    from_text: Callable[[str], object] = _as_is
    if isinstance(type, IntType):
        from_text = _int_from_text
    elif type == PlainType("bool"):
        from_text = _bool_from_text
    nullable = isinstance(field.type, NullableType)
    return AddressParam(field.name, _when_absent(field, check), nullable, check, bare, from_text)


def read_param(param: AddressParam, raw: str) -> Any:
    """The value of a raw text of a query: it must be the one that the value is written as (ADR-8)."""
    text = decode_value(raw)
    if text is None:
        return _wrong_form("must be percent-encoded in its one form")
    json = param.from_text(text)
    if json is ABSENT:
        return _wrong_form("must be in the one form of its type")
    value = param.check(json)
    if isinstance(value, Refused) or text_of(value) == text:
        return value
    return _wrong_form(f"must be in the one form of its type: {text_of(value)}")


def is_required(field: Field) -> bool:
    """Whether a field must be given: not optional and without a default."""
    return not field.optional and field.default is ABSENT


def param_fault(field: Field, types: Types) -> str | None:
    """Why a context may not have this parameter (ADR-3), or nothing."""
    if scalar_of(field.type, types) is None:
        return (
            "a parameter of a context is a string, int, bigint, bool, date, datetime, uuid or enum,"
            " or one of these nullable"
        )
    if isinstance(field.type, NullableType) and field.default not in (ABSENT, None):
        return "a nullable parameter of a context has no default but null"
    return None


def scalar_of(type: Type, types: Types) -> Scalar | None:
    """The scalar or enum behind a type, through nullable and references; nothing for all others."""
    bare: Type | NamedType | None = type.of if isinstance(type, NullableType) else type
    if isinstance(bare, RefType):
        bare = type_named(types, bare.name)
        return bare if isinstance(bare, EnumType) else None
    if isinstance(bare, PlainType):
        return bare if bare.kind in _PLAIN else None
    return bare if isinstance(bare, StringType | IntType | BigintType | EnumType) else None


def type_named(types: Types, name: str) -> NamedType | None:
    """The body of a named type."""
    decl = types_by_name(types).get(name)
    return None if decl is None else decl.type


def without_constraints(type: Scalar) -> Scalar:
    """A scalar without its bounds: two that agree in it are the same to scoping (INV-3)."""
    return type if isinstance(type, EnumType | PlainType) else type.__class__()


def _when_absent(field: Field, check: Check) -> Left | None:
    if field.default is None:
        return Left(None)
    if field.default is not ABSENT:
        value = check(field.default)
        if isinstance(value, Refused):
            raise ValueError(f"the default of {field.name} is not of its type")
        return Left(value, raw_text(value))
    if field.optional:
        return Left(ABSENT)
    return Left(None) if isinstance(field.type, NullableType) else None


def _wrong_form(message: str) -> Refused:
    return Refused((Finding(path="", code="format", message=message),))


def _as_is(text: str) -> object:
    return text


def _int_from_text(text: str) -> object:
    if _INT.fullmatch(text) is None:
        return ABSENT
    return int(text) if len(text) < _LONGEST_INT else float("inf")


def _bool_from_text(text: str) -> object:
    return True if text == "true" else False if text == "false" else ABSENT
