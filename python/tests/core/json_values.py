"""Arbitrary JSON values and types, among them such as mean harm."""

import math
from typing import Any

from hypothesis import strategies as st

from mizan.core.contract import (
    BigintType,
    DecimalType,
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

keys = st.sampled_from(
    ["value", "children", "kind", "length", "toString", "__proto__", "constructor", "__class__", "", "a/b"]
) | st.text(max_size=3)

_leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from([0, -0.0, 1, 2.0, -3, 1e21, 2.0**53, 10**21 - 1])
    | st.sampled_from(
        ["a", "b", "0", "-1", "1.50", "0.05", "12:00", "2026-01-31", "2026-01-31T12:00:00+02:00"]
    )
    | st.sampled_from(["PT90M", "AAAA", "AQ==", "123E4567-E89B-12D3-A456-426614174000", "dot", "line"])
)

json_values: st.SearchStrategy[Any] = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)

broken_values: st.SearchStrategy[Any] = st.recursive(
    _leaves | st.sampled_from([math.nan, math.inf, 10**400, "\ud800", (), b"", object(), {1: 2, "a": 3}]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)

named_types = (
    TypeDecl(
        "Tree",
        StructType(
            (
                Field("value", IntType(), optional=True),
                Field("toString", StringType(), default="x"),
                Field("children", ListType(RefType("Tree")), default=[]),
            )
        ),
    ),
    TypeDecl("Dot", StructType((Field("kind", EnumType(("dot",))),))),
    TypeDecl("Line", StructType((Field("kind", EnumType(("line",))), Field("length", FloatType())))),
    TypeDecl("Shape", UnionType((RefType("Dot"), RefType("Line")), tag="kind")),
)

_types_leaves: st.SearchStrategy[Type] = st.sampled_from(
    [
        StringType(),
        StringType(min_length=2, max_length=5),
        StringType(pattern="[a-z]*"),
        IntType(),
        IntType(min=0, max=10, multiple_of=2),
        BigintType(),
        BigintType(min="-5", max="100"),
        DecimalType(),
        DecimalType(min="-1", multiple_of="0.05"),
        FloatType(),
        FloatType(min=0, max=1e3),
        PlainType("bool"),
        PlainType("null"),
        PlainType("datetime"),
        PlainType("date"),
        PlainType("time"),
        PlainType("duration"),
        PlainType("uuid"),
        PlainType("bytes"),
        PlainType("json"),
        EnumType(("a", "b")),
        RefType("Tree"),
        RefType("Shape"),
        UnionType((IntType(), PlainType("time"), ListType(PlainType("json")))),
    ]
)

types: st.SearchStrategy[Type] = st.recursive(
    _types_leaves,
    lambda inner: st.one_of(
        st.builds(ListType, inner),
        st.builds(ListType, inner, st.integers(0, 2)),
        st.builds(MapType, inner, st.none(), st.integers(0, 3)),
        st.builds(NullableType, inner),
    ),
    max_leaves=4,
)
