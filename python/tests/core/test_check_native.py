"""Rust's check of output against the check itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.check import compile_check, compiler, types_by_name
from mizan.core.check_native import compile_output_check
from mizan.core.contract import (
    ABSENT,
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
)
from mizan.core.contract_json import type_from_json, types_from_json
from mizan.core.findings import Refused

from .json_values import broken_values, json_values, named_types, types
from .vectors import cases, read_vectors, same_json

TYPES = (
    *named_types,
    TypeDecl(
        "Row",
        StructType(
            (
                Field("when", PlainType("datetime")),
                Field("ratio", FloatType(min=-1, max=5)),
                Field("count", IntType(min=0), default=3),
                Field("tags", ListType(StringType(max_length=2), max_items=2), default=["a"]),
                Field("note", NullableType(StringType()), optional=True),
            )
        ),
    ),
)


def both(type: Type) -> tuple[Any, Any]:
    known = types_by_name(TYPES)
    return compile_output_check(type, known, compiler(TYPES, "output")), compile_check(type, TYPES, "output")


def agree(type: Type, value: Any) -> Any:
    native, check = both(type)
    left, right = native(value), check(value)
    if isinstance(right, Refused):
        assert left == right
    else:
        assert same_json(left, right)
        assert not isinstance(right, dict) or list(left) == list(right)
    return left


@given(types, json_values | broken_values)
def test_any_type_and_value(type: Type, value: Any) -> None:
    agree(ListType(type), [value, value])
    agree(MapType(NullableType(type)), {"a": value})


_texts = st.from_regex(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9](T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,6})?Z)?", fullmatch=True
)


@given(st.sampled_from(["date", "datetime", "time", "uuid"]), _texts)
def test_dates(kind: Any, text: str) -> None:
    agree(ListType(PlainType(kind)), [text, text[11:-1]])


@given(st.floats() | st.integers(), st.none() | st.just(-1.5), st.none() | st.just(2.5))
def test_floats(value: float, least: float | None, most: float | None) -> None:
    agree(ListType(FloatType(min=least, max=most)), [value])


GOOD = {"when": "2026-01-31T12:00:00+02:00", "ratio": -0.0, "secret": "x"}


def test_a_row_in_its_one_form() -> None:
    assert agree(RefType("Row"), GOOD) == {
        "count": 3,
        "ratio": 0.0,
        "tags": ["a"],
        "when": "2026-01-31T10:00:00Z",
    }
    native, _ = both(RefType("Row"))
    assert native(GOOD)["tags"] is not native(GOOD)["tags"]


@pytest.mark.parametrize(
    "change",
    [
        {"when": "2026-02-30T12:00:00Z"},
        {"when": "2026-01-31T12:00:00"},
        {"when": ABSENT},
        {"ratio": 6},
        {"ratio": True},
        {"ratio": float("nan")},
        {"count": -1},
        {"count": True},
        {"count": 2**53},
        {"count": "1"},
        {"tags": ["a", "b", "c"]},
        {"tags": ["abc"]},
        {"tags": ("a",)},
        {"note": "\ud800"},
        {"tags": ["\ud800"]},
    ],
)
def test_a_row_that_is_wrong(change: dict[str, Any]) -> None:
    row = {key: value for key, value in {**GOOD, **change}.items() if value is not ABSENT}
    assert isinstance(agree(RefType("Row"), row), Refused)


def test_unions_and_maps() -> None:
    shape = ListType(RefType("Shape"))
    assert agree(shape, [{"kind": "line", "length": 2, "x": 1}]) == [{"kind": "line", "length": 2.0}]
    assert isinstance(agree(shape, [{"kind": "cube"}]), Refused)
    assert isinstance(agree(MapType(IntType()), {"__proto__": 1}), Refused)
    mixed = ListType(UnionType((IntType(), StringType(), ListType(EnumType(("a",))))))
    assert agree(mixed, [1, "1", ["a"]]) == [1, "1", ["a"]]
    assert isinstance(agree(mixed, [True]), Refused)
    assert isinstance(agree(MapType(IntType()), {"\ud800": 1}), Refused)


@cases(
    [
        {**row, "id": f"{name} {row['id']}"}
        for name in ("structs", "containers", "unions", "numbers", "string", "texts", "dates")
        for row in read_vectors(f"values/{name}")
    ]
)
def test_vectors(row: dict[str, Any]) -> None:
    if "value" not in row or "type" not in row:
        return
    known = types_from_json(row.get("types", ()))
    type = ListType(type_from_json(row["type"]))
    native = compile_output_check(type, types_by_name(known), compiler(known, "output"))
    left, right = native([row["value"]]), compile_check(type, known, "output")([row["value"]])
    assert left == right if isinstance(right, Refused) else same_json(left, right)
