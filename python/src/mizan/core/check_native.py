"""The check of large outputs in Rust: pydantic-core runs it where it comes to the same canonical value.

It only ever accepts; whatever it refuses goes through the check itself, which has the findings.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from pydantic_core import SchemaValidator, ValidationError, core_schema

from .check import Check, check_of
from .check_compile import Compiler
from .check_walk import BAD, Node
from .contract import (
    ABSENT,
    EnumType,
    Field,
    FloatType,
    IntType,
    ListType,
    MapType,
    NamedType,
    NullableType,
    PlainType,
    RefType,
    StringType,
    StructType,
    Type,
    TypeDecl,
    UnionType,
    UploadType,
)
from .json_guard import MAX_SAFE

_FORBIDDEN_KEYS = frozenset({"__proto__", "constructor"})
_DEEPEST = 32
_UNICODE = ""
"""A pattern that every text matches: only with one is a text looked at, and a lone surrogate refused."""


class _Unfit(Exception):
    """A type that only the check itself can judge: it contains itself, or any JSON."""


def compile_output_check(type: Type, types: Mapping[str, TypeDecl], compiler: Compiler) -> Check:
    """The check of a type of output; the same verdicts as `compile_check`, sooner for what is large."""
    check = check_of(compiler.type(type))
    if not _is_large(type):
        return check
    try:
        validate = SchemaValidator(_Native(types, compiler).schema(type, frozenset())).validate_python
    except _Unfit:
        return check

    def native(value: object) -> Any:
        try:
            return validate(value)
        except ValidationError:
            return check(value)

    return native


def _is_large(type: Type) -> bool:
    """Whether there is enough inside that the way into Rust pays."""
    return isinstance(type, ListType | MapType | RefType | NullableType | UnionType)


class _Native:
    """Core schemas of types; depth is bounded by refusing what contains itself (VAL-24)."""

    def __init__(self, types: Mapping[str, TypeDecl], compiler: Compiler) -> None:
        self._types = types
        self._compiler = compiler

    def schema(self, type: Type | NamedType, inside: Set[str], depth: int = 0) -> core_schema.CoreSchema:
        """The schema of a type; raises `_Unfit`."""
        if depth > _DEEPEST:
            raise _Unfit
        match type:
            case StringType(pattern=None):
                return core_schema.str_schema(
                    strict=True, min_length=type.min_length, max_length=type.max_length, pattern=_UNICODE
                )
            case IntType():
                return core_schema.int_schema(
                    strict=True,
                    ge=-MAX_SAFE if type.min is None else type.min,
                    le=MAX_SAFE if type.max is None else type.max,
                    multiple_of=type.multiple_of,
                )
            case EnumType(values=values):
                return core_schema.literal_schema(list(values))
            case PlainType(kind="bool"):
                return core_schema.bool_schema(strict=True)
            case PlainType(kind="null"):
                return core_schema.none_schema()
            case PlainType(kind="json") | UploadType():
                raise _Unfit
            case NullableType(of=of):
                return core_schema.nullable_schema(self.schema(of, inside, depth + 1))
            case ListType(items=items):
                return core_schema.list_schema(
                    self.schema(items, inside, depth + 1),
                    strict=True,
                    min_length=type.min_items,
                    max_length=type.max_items,
                )
            case MapType(values=values):
                return core_schema.dict_schema(
                    core_schema.no_info_after_validator_function(
                        _free_key, core_schema.str_schema(strict=True, pattern=_UNICODE)
                    ),
                    self.schema(values, inside, depth + 1),
                    strict=True,
                    min_length=type.min_items,
                    max_length=type.max_items,
                )
            case RefType(name=name):
                if name in inside:
                    raise _Unfit
                return self.schema(self._types[name].type, inside | {name}, depth + 1)
            case StructType(fields=fields):
                return self._struct(fields, inside, depth)
            case UnionType(arms=arms, tag=str(tag)):
                choices: dict[Any, core_schema.CoreSchema] = {
                    self._compiler.tag_of(arm, tag): self.schema(arm, inside, depth + 1) for arm in arms
                }
                return core_schema.tagged_union_schema(choices, tag, strict=True)
            case UnionType():
                # Its arms overlap in what Rust would take them for.
                raise _Unfit
            case _:
                return _usually(_usual(type), _by_node(self._compiler.type(type)))

    def _struct(self, fields: tuple[Field, ...], inside: Set[str], depth: int) -> core_schema.TypedDictSchema:
        made: dict[str, core_schema.TypedDictField] = {}
        for field in sorted(fields, key=lambda one: one.name):
            schema = self.schema(field.type, inside, depth + 1)
            if field.default is not ABSENT:
                default = self._compiler.type(field.type)(field.default, None, 0)
                if default is BAD:
                    raise _Unfit
                schema = core_schema.with_default_schema(schema, default=default)
            required = not field.optional and field.default is ABSENT
            made[field.name] = core_schema.typed_dict_field(schema, required=required)
        return core_schema.typed_dict_schema(made, strict=True, extra_behavior="ignore")


# What most texts of these kinds are; days that not every month has are left to the calendar.
_DAY = "[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{0,5}[1-9])?"
_HEX = "[0-9a-f]"
_USUAL = {
    "date": f"^{_DAY}$",
    "time": f"^{_CLOCK}$",
    "datetime": f"^{_DAY}T{_CLOCK}Z$",
    "uuid": f"^{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}$",
}


def _usual(type: Type | NamedType) -> core_schema.CoreSchema | None:
    """What of a scalar is canonical for certain."""
    if isinstance(type, FloatType):
        return core_schema.float_schema(strict=True, allow_inf_nan=False, gt=0, ge=type.min, le=type.max)
    if isinstance(type, PlainType) and type.kind in _USUAL:
        return core_schema.str_schema(strict=True, pattern=_USUAL[type.kind])
    return None


def _usually(usual: core_schema.CoreSchema | None, other: core_schema.CoreSchema) -> core_schema.CoreSchema:
    return other if usual is None else core_schema.union_schema([usual, other], mode="left_to_right")


def _by_node(node: Node) -> core_schema.CoreSchema:
    """A scalar by its own check, which also gives it its one form."""

    def check(value: object) -> object:
        result = node(value, None, 0)
        if result is BAD:
            raise ValueError("refused")
        return result

    return core_schema.no_info_plain_validator_function(check)


def _free_key(key: str) -> str:
    if key in _FORBIDDEN_KEYS:
        raise ValueError("refused")
    return key
