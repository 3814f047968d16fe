"""The one form of a union: told apart by a tag or by the kind of JSON value (IR-CONSTRUCT-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Literal, get_args, get_origin

from .annotation_fields import RawField
from .contract import (
    BigintType,
    DecimalType,
    EnumType,
    FloatType,
    IntType,
    ListType,
    MapType,
    NullableType,
    PlainType,
    RefType,
    StringType,
    Type,
    UnionType,
)


class UnionFault(Exception):
    """A union whose arms nothing tells apart."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Arm:
    """An arm that has been read."""

    type: Type
    fields: Sequence[RawField] | None = None
    """Of a struct."""
    kinds: tuple[str, ...] | None = None
    """Of a named type: the kinds of JSON value."""


def make_union(arms: Sequence[Arm]) -> Type:
    """Hoists null, joins texts, finds the tag; raises `UnionFault`."""
    nullable = False
    flat: list[Arm] = []
    for arm in arms:
        if arm.type == PlainType("null"):
            nullable = True
        elif isinstance(arm.type, NullableType):
            nullable = True
            flat.append(Arm(arm.type.of, arm.fields, arm.kinds))
        elif isinstance(arm.type, UnionType):
            flat += (Arm(one) for one in arm.type.arms)
        elif all(arm.type != known.type for known in flat):
            flat.append(arm)
    made = _union_of(_join_enums(flat))
    return NullableType(made) if nullable and made != PlainType("null") else made


def _join_enums(arms: list[Arm]) -> list[Arm]:
    enums = [arm.type for arm in arms if isinstance(arm.type, EnumType)]
    if len(enums) < 2:
        return arms
    values = tuple(sorted({value for one in enums for value in one.values}))
    return [*(arm for arm in arms if not isinstance(arm.type, EnumType)), Arm(EnumType(values))]


def _union_of(arms: list[Arm]) -> Type:
    if not arms:
        return PlainType("null")
    if len(arms) == 1:
        return arms[0].type
    types = tuple(arm.type for arm in arms)
    structs = [arm.fields for arm in arms if arm.fields is not None]
    if len(structs) == len(arms):
        tag = tag_of(structs)
        if tag is not None:
            return UnionType(types, tag.wire)
        raise UnionFault(
            "a union of objects needs a field that tells them apart",
            'Give each a field such as kind with a text of its own: kind: Literal["circle"].',
        )
    seen: set[str] = set()
    for arm in arms:
        kinds = arm.kinds or json_kinds(arm.type)
        if not kinds:
            raise UnionFault(
                "any JSON in a union makes the others pointless", "Leave the others out, or say what it is."
            )
        for kind in kinds:
            if kind in seen:
                raise UnionFault(
                    f"two arms of a union are both JSON {kind}, and nothing tells them apart",
                    "Use models with a field that tells them apart.",
                )
            seen.add(kind)
    return UnionType(types)


def tag_of(structs: Sequence[Sequence[RawField]]) -> RawField | None:
    """The first field by name that is one text in each arm, and another in each."""
    for field in sorted(structs[0], key=lambda one: one.wire):
        values = [
            next((literal_of(other) for other in fields if other.wire == field.wire), None)
            for fields in structs
        ]
        if None not in values and len(set(values)) == len(structs):
            return field
    return None


def literal_of(field: RawField) -> str | None:
    """The one text that a field can be."""
    annotation = field.annotation
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is not Literal or len(values := get_args(annotation)) != 1:
        return None
    value = values[0].value if isinstance(values[0], Enum) else values[0]
    return value if isinstance(value, str) else None


def json_kinds(type: Type) -> tuple[str, ...]:
    """The kinds of JSON value of a type without a name; none where it may be any."""
    match type:
        case IntType() | FloatType():
            return ("number",)
        case ListType():
            return ("array",)
        case MapType() | RefType():
            return ("object",)
        case StringType() | EnumType() | BigintType() | DecimalType():
            return ("string",)
        case PlainType(kind="bool"):
            return ("boolean",)
        case PlainType(kind="json"):
            return ()
        case UnionType(arms=arms):
            return tuple(kind for arm in arms for kind in json_kinds(arm))
        case _:
            return ("string",)
