"""How a reader tells the arms of a union apart (IR-CHECK-24)."""

from __future__ import annotations

from collections.abc import Callable

from .contract import (
    ABSENT,
    EnumType,
    FloatType,
    IntType,
    ListType,
    MapType,
    NamedType,
    NullableType,
    PlainType,
    RefType,
    StructType,
    Type,
    UnionType,
    UploadType,
)
from .contract_report import Report
from .describe_type import describe_type

_ITSELF = "itself"
_Say = Callable[[str], None]


def check_union(report: Report, union: UnionType, path: str, title: str) -> None:
    """By the text of one field, or by their kinds of JSON value."""

    def say(message: str) -> None:
        report.say(path, "union", f"{title}: {message}.")

    if len(union.arms) < 2:
        say("a union has at least two arms")
    if union.tag is None:
        _check_kinds(report, union, say)
    else:
        _check_tags(report, union, union.tag, say)


def _check_tags(report: Report, union: UnionType, tag: str, say: _Say) -> None:
    seen: dict[str, str] = {}
    for arm in union.arms:
        decl = report.types.get(arm.name) if isinstance(arm, RefType) else None
        if isinstance(arm, RefType) and decl is None:
            continue
        name = describe_type(arm)
        if decl is None or not isinstance(decl.type, StructType):
            say(f"{name} is no struct; the arms of a union with a tag are")
            continue
        field = next((one for one in decl.type.fields if one.name == tag), None)
        if field is None:
            say(f'{name} lacks the tag "{tag}"')
            continue
        values = _values_of(report, field.type)
        if len(values) != 1 or field.optional or field.default is not ABSENT:
            say(f"{name}.{tag} must be required and an enum of one value, because it tells the arms apart")
            continue
        other = seen.get(values[0])
        if other is not None:
            say(f'{other} and {name} have the same {tag}, "{values[0]}"')
        seen[values[0]] = name


def _values_of(report: Report, type: Type) -> tuple[str, ...]:
    decl = report.types.get(type.name) if isinstance(type, RefType) else None
    bare = decl.type if decl is not None else type
    return bare.values if isinstance(bare, EnumType) else ()


def _check_kinds(report: Report, union: UnionType, say: _Say) -> None:
    seen: dict[str, str] = {}
    for arm in union.arms:
        name = describe_type(arm)
        kinds = _json_kinds(report, arm, frozenset())
        if kinds is None:
            continue
        if not kinds:
            say(f"{name} cannot be an arm; nullable stands around the union, and json stands alone")
            continue
        if _ITSELF in kinds:
            say(f"{name} is an arm of itself")
            continue
        for kind in dict.fromkeys(kinds):
            if kind in seen:
                say(
                    f"{seen[kind]} and {name} are both {kind} in JSON, so nobody can tell them apart. "
                    "Give structs a tag"
                )
            seen[kind] = name


def _json_kinds(report: Report, type: Type | NamedType, inside: frozenset[str]) -> list[str] | None:
    """Kinds of JSON value; none when it cannot be an arm, None when that is another's finding."""
    match type:
        case IntType() | FloatType():
            return ["a number"]
        case PlainType(kind="bool"):
            return ["a boolean"]
        case ListType():
            return ["an array"]
        case MapType() | StructType():
            return ["an object"]
        case PlainType(kind="json" | "null") | UploadType() | NullableType():
            return []
        case UnionType(tag=str()):
            return ["an object"]
        case UnionType(arms=arms):
            kinds = [_json_kinds(report, arm, inside) for arm in arms]
            known = [one for one in kinds if one is not None]
            return [kind for one in known for kind in one] if len(known) == len(kinds) else None
        case RefType(name=name):
            decl = report.types.get(name)
            if decl is None:
                return None
            if name in inside:
                return [_ITSELF]
            return _json_kinds(report, decl.type, inside | {name})
        case _:
            return ["a string"]
