"""What JSON in vectors cannot show: Python's own values, host names, defaults, and any type."""

from collections import OrderedDict
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given

from mizan.core.check import Types, compile_check, compile_fields, compiler
from mizan.core.check_compile import Direction
from mizan.core.contract import (
    EnumType,
    Field,
    FloatType,
    IntType,
    ListType,
    MapType,
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
from mizan.core.findings import Refused
from mizan.core.names import snake_from_camel

from .json_values import broken_values, json_values, named_types, types
from .vectors import bare, same_json

POINT = (TypeDecl("Point", StructType((Field("x", IntType()), Field("y", IntType(), default=0)))),)


def verdict(type: Type, value: object, types: Types = (), direction: Direction = "output") -> Any:
    """The canonical value, or the findings as path and code."""
    result = compile_check(type, types, direction)(value)
    return bare(result.findings) if isinstance(result, Refused) else result


def refused(code: str, path: str = "") -> list[dict[str, str]]:
    return [{"path": path, "code": code}]


@given(types, json_values)
def test_never_raises_and_comes_to_a_fixed_point(type: Type, value: Any) -> None:
    for direction in ("input", "output"):
        check = compile_check(type, named_types, direction)
        result = check(value)
        if isinstance(result, Refused):
            assert 0 < len(result.findings) <= 256
        else:
            assert same_json(check(result), result)


@given(types, broken_values)
def test_never_raises_on_what_json_cannot_say(type: Type, value: Any) -> None:
    for direction in ("input", "output"):
        compile_check(type, named_types, direction)(value)


class Color(StrEnum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


class Plain(Enum):
    ONE = 1


class SafeText(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "another"


class Half(float):
    pass


@pytest.mark.parametrize(
    ("type", "value", "expected"),
    [
        (StringType(), SafeText("a"), "a"),
        (EnumType(("red",)), Color.RED, "red"),
        (PlainType("date"), SafeText("2026-01-31"), "2026-01-31"),
        (IntType(), Level.HIGH, 3),
        (IntType(max=5), Level.HIGH, 3),
        (IntType(), Half(2.0), 2),
        (FloatType(), Half(0.5), 0.5),
        (FloatType(), Level.HIGH, 3.0),
        (PlainType("json"), [Color.RED, Level.HIGH, Half(0.5), SafeText("a")], ["red", 3, 0.5, "a"]),
        (MapType(IntType()), OrderedDict(a=Level.HIGH), {"a": 3}),
        (MapType(IntType()), {Color.RED: 1}, {"red": 1}),
    ],
)
def test_subclasses_become_plain(type: Type, value: object, expected: object) -> None:
    result = verdict(type, value)
    assert same_json(result, expected)
    inner = result[next(iter(result))] if isinstance(result, dict) else result
    assert inner.__class__ in (str, int, float, list)


@pytest.mark.parametrize(
    ("type", "value"),
    [
        (IntType(), True),
        (FloatType(), False),
        (FloatType(), 10**400),
        (FloatType(), float("nan")),
        (IntType(), float("inf")),
        (IntType(), 2**53),
        (IntType(), Decimal(1)),
        (PlainType("json"), Decimal(1)),
        (PlainType("json"), 10**400),
        (PlainType("json"), 2**60),
        (PlainType("json"), (1, 2)),
        (PlainType("json"), {1, 2}),
        (PlainType("json"), b"a"),
        (PlainType("json"), {1: 2}),
        (PlainType("json"), Plain.ONE),
        (MapType(IntType()), {1: 2}),
        (MapType(IntType()), object()),
        (ListType(IntType()), (1, 2)),
        (PlainType("bool"), 1),
        (PlainType("null"), False),
        (UploadType(), b""),
        (PlainType("uuid"), None),
        (RefType("Point"), None),
        (RefType("Point"), "x"),
        (RefType("Point"), Decimal(1)),
        (RefType("Point"), StructType),
    ],
    ids=str,
)
def test_what_is_more_than_json_is_refused(type: Type, value: object) -> None:
    for direction in ("input", "output"):
        assert verdict(type, value, POINT, direction) == refused("type")


def test_large_whole_numbers_are_doubles_in_json() -> None:
    assert same_json(verdict(PlainType("json"), 10**21 + 1), 1e21)
    # The double nearest to it decides (VAL-21).
    assert same_json(verdict(PlainType("json"), 10**21 - 1), 1e21)
    assert same_json(verdict(PlainType("json"), [1.0, -0.0, 1.5]), [1, 0, 1.5])


@dataclass
class Row:
    x: int
    password: str = "secret"


@dataclass(slots=True)
class Slotted:
    x: int
    y: int = 2


class Ducks(dict[str, int]):
    pass


def test_objects_of_a_class_give_their_declared_fields() -> None:
    assert verdict(RefType("Point"), Row(1), POINT) == {"x": 1, "y": 0}
    assert verdict(RefType("Point"), Slotted(1), POINT) == {"x": 1, "y": 2}
    assert verdict(RefType("Point"), Ducks(x=1, z=3), POINT) == {"x": 1, "y": 0}
    assert verdict(RefType("Point"), Plain.ONE, POINT) == refused("required", "/x")
    union = UnionType((RefType("Point"), IntType(), StringType()))
    assert verdict(union, Row(1), POINT) == {"x": 1, "y": 0}
    assert verdict(union, Level.HIGH, POINT) == 3
    assert verdict(union, Color.RED, POINT) == "red"
    assert verdict(union, Decimal(1), POINT) == refused("union")


def test_keys_that_are_no_texts_are_unknown() -> None:
    assert verdict(RefType("Point"), {"x": 1, 2: 3, None: 4}, POINT) == {"x": 1, "y": 0}
    found = verdict(RefType("Point"), {"x": 1, 2: 3, None: 4}, POINT, "input")
    assert found == [*refused("unknown", "/2"), *refused("unknown", "/None")]


def test_defaults_are_fresh_each_time() -> None:
    check = compile_fields((Field("tags", ListType(StringType()), default=["a"]),), (), "input")
    first = check({})
    first["tags"].append("b")
    assert check({}) == {"tags": ["a"]}


def test_defaults_are_canonical() -> None:
    fields = (
        Field("at", PlainType("datetime"), default="2026-01-01T01:00:00+01:00"),
        Field("point", RefType("Point"), default={"x": 1}),
    )
    assert compile_fields(fields, POINT, "input")({}) == {
        "at": "2026-01-01T00:00:00Z",
        "point": {"x": 1, "y": 0},
    }


A = RefType("A")


@pytest.mark.parametrize(
    ("fields", "declared", "message"),
    [
        ((Field("a", IntType(), default="x"),), (), "the default of a: it must be"),
        ((Field("a", ListType(IntType()), default=[1, "x"]),), (), "the default of a: /1 must be"),
        ((Field("a", RefType("Nowhere")),), (), "there is no type Nowhere"),
        ((Field("a", UnionType((IntType(), FloatType()))),), (), "two arms of a union are number"),
        ((Field("a", UnionType((IntType(), PlainType("json")))),), (), "json cannot be an arm"),
        ((Field("a", UnionType((IntType(), UploadType()))),), (), "upload cannot be an arm"),
        ((Field("a", UnionType((NullableType(IntType()),))),), (), "nullable cannot be an arm"),
        (
            (Field("a", UnionType((IntType(), A), tag="k")),),
            (TypeDecl("A", StructType()),),
            "no k of one value",
        ),
        (
            (Field("a", A),),
            (TypeDecl("A", StructType((Field("a", A, default={}),))),),
            "the default of a needs",
        ),
    ],
)
def test_refuses_what_no_contract_may_have(
    fields: tuple[Field, ...], declared: tuple[TypeDecl, ...], message: str
) -> None:
    for direction in ("input", "output"):
        with pytest.raises(ValueError, match=message):
            compile_fields(fields, declared, direction)


def test_unions_within_unions_by_name() -> None:
    declared = (
        TypeDecl("Either", UnionType((IntType(), StringType()))),
        TypeDecl("Kind", EnumType(("dot",))),
        TypeDecl("Dot", StructType((Field("kind", RefType("Kind")),))),
        TypeDecl("Shape", UnionType((RefType("Dot"),), tag="kind")),
    )
    union = UnionType((RefType("Either"), RefType("Shape"), PlainType("bool"), ListType(IntType())))
    for value in (1, "a", {"kind": "dot"}, True, [1]):
        assert verdict(union, value, declared) == value
    assert verdict(union, None, declared) == refused("union")


NAMED = (
    TypeDecl("Inner", StructType((Field("someValue", IntType()), Field("byDefault", IntType(), default=7)))),
    TypeDecl("Cat", StructType((Field("petKind", EnumType(("cat",))), Field("innerOne", RefType("Inner"))))),
    TypeDecl("Pet", UnionType((RefType("Cat"),), tag="petKind")),
)
FIELDS = (
    Field("firstOne", RefType("Pet")),
    Field("secondOne", RefType("Inner"), default={"someValue": 1}),
)
WIRE = {
    "firstOne": {"petKind": "cat", "innerOne": {"someValue": 5, "byDefault": 7}},
    "secondOne": {"someValue": 1, "byDefault": 7},
}
HOST = {
    "first_one": {"pet_kind": "cat", "inner_one": {"some_value": 5, "by_default": 7}},
    "second_one": {"some_value": 1, "by_default": 7},
}


def host_name(struct: str, name: str) -> str:
    assert struct in ("", "Inner", "Cat")
    return snake_from_camel(name)


def test_host_names_on_the_way_in_and_out() -> None:
    given_in = {"firstOne": {"petKind": "cat", "innerOne": {"someValue": 5}}}
    assert compile_fields(FIELDS, NAMED, "input", host_name)(given_in) == HOST
    given_out = {"first_one": {"pet_kind": "cat", "inner_one": {"some_value": 5, "password": "x"}}}
    assert compile_fields(FIELDS, NAMED, "output", host_name)(given_out) == WIRE
    assert compile_fields(FIELDS, NAMED, "output", host_name)(HOST) == WIRE


def test_findings_keep_wire_names() -> None:
    check = compile_fields(FIELDS, NAMED, "output", host_name)
    result = check({"first_one": {"pet_kind": "cat", "inner_one": {"some_value": "x"}}})
    assert bare(result.findings) == refused("type", "/firstOne/innerOne/someValue")
    result = check({"first_one": {"petKind": "cat"}})
    assert bare(result.findings) == refused("required", "/firstOne/petKind")
    result = compile_fields(FIELDS, NAMED, "input", host_name)({"first_one": 1})
    assert bare(result.findings) == [*refused("required", "/firstOne"), *refused("unknown", "/first_one")]


def test_one_compiler_compiles_a_named_type_once() -> None:
    shared = compiler(named_types, "input")
    assert shared.type(RefType("Tree")) is shared.type(RefType("Tree"))


def test_ends_at_the_256th_finding() -> None:
    assert len(verdict(ListType(IntType()), ["x"] * 1000)) == 256
    assert len(verdict(MapType(IntType()), dict.fromkeys(map(str, range(1000)), "x"))) == 256
    many = {str(at): 2**60 for at in range(300)}
    assert len(verdict(PlainType("json"), many)) == 256
    assert len(verdict(PlainType("json"), [2**60] * 300)) == 256
    fields = tuple(Field(f"f{at:03}", IntType()) for at in range(300))
    result = compile_fields(fields, (), "input")({field.name: "x" for field in fields})
    assert [finding["path"] for finding in result.findings] == [f"/f{at:03}" for at in range(256)]
