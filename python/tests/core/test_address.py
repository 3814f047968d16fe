from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.address import Instance, compile_address
from mizan.core.address_param import is_required, param_fault
from mizan.core.address_text import covers, encode_value, format_address, split_address
from mizan.core.contract import (
    BigintType,
    ContextDecl,
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
from mizan.core.contract_json import context_from_json, types_from_json
from mizan.core.covering import covering_scopes
from mizan.core.findings import Refused
from mizan.core.invalidation import normalize_scopes
from mizan.core.read_address import read_address
from mizan.core.scope_text import trim_scope

from .vectors import bare, cases, read_vectors

VECTORS = read_vectors("addresses")
SCOPES = read_vectors("scopes")
TYPES = types_from_json(VECTORS["types"])
CONTEXTS = {one["name"]: compile_address(context_from_json(one), TYPES) for one in VECTORS["contexts"]}


@cases(VECTORS["instances"], "context", "name")
def test_values_to_instances(row: dict[str, Any]) -> None:
    context = CONTEXTS[row["context"]]
    result = context.instance(row["values"])
    if isinstance(result, Refused):
        assert bare(result.findings) == row["findings"]
        return
    assert result.address == row["address"]
    assert context.parse(row["address"].partition("?")[2]) == result
    if "read" in row:
        assert result.values == row["read"]
    named = read_address(result.address, CONTEXTS)
    assert named is not None
    assert (named.context, named.member, named.values) == (context, None, result.values)


@cases(VECTORS["queries"], "context", "name")
def test_raw_queries(row: dict[str, Any]) -> None:
    context = CONTEXTS[row["context"]]
    result = context.parse(row["query"])
    if isinstance(result, Refused):
        assert bare(result.findings) == row["findings"]
        return
    assert result == Instance(row["address"], row["values"], row.get("min"))
    assert context.instance(row["values"]) == Instance(row["address"], row["values"])


def test_reports_no_more_findings_than_the_limit() -> None:
    result = CONTEXTS["summary"].parse("&".join(f"k{at}" for at in range(400)))
    assert isinstance(result, Refused)
    assert len(result.findings) == 256


@cases(SCOPES["covers"], "scope", "instance")
def test_covers(row: dict[str, Any]) -> None:
    assert covers(row["scope"], row["instance"]) is row["covers"]


@cases(SCOPES["lists"], "name")
def test_lists(row: dict[str, Any]) -> None:
    assert normalize_scopes(row["scopes"]) == row["list"]
    assert normalize_scopes(reversed(row["scopes"])) == row["list"]


@cases(SCOPES["trimmed"], "name")
def test_trimmed(row: dict[str, Any]) -> None:
    assert trim_scope(row["scope"]) == row["trimmed"]


@cases(SCOPES["covering"], "address")
def test_covering(row: dict[str, Any]) -> None:
    assert covering_scopes(row["address"]) == row["scopes"]
    assert all(covers(scope, row["address"]) for scope in row["scopes"])


@cases(SCOPES["made"], "name")
def test_made(row: dict[str, Any]) -> None:
    context = CONTEXTS[row["context"]]
    if row.get("throws"):
        with pytest.raises(ValueError, match=row["context"]):
            context.scope(row["values"], row.get("member"))
    else:
        assert context.scope(row["values"], row.get("member")) == row["scope"]
    assert context.widest_scope(row["values"], row.get("member")) == row["scope"]


def test_says_what_is_wrong_with_a_scope() -> None:
    with pytest.raises(ValueError, match='user has no parameter "who"'):
        CONTEXTS["user"].scope({"who": 1})
    with pytest.raises(ValueError, match=r"^user: userId "):
        CONTEXTS["user"].scope({"userId": "5"})


def test_format_address() -> None:
    assert format_address("user", {}) == "user"
    values: dict[str, str | int | None] = {"userId": 5, "page": 0, "b": False, "a": "é &", "c": None}
    assert format_address("user", values) == "user?a=%C3%A9%20%26&b=false&page=0&userId=5"
    assert format_address("user", {"b": None, "c": ""}, "userPosts") == "user/userPosts?c="
    with pytest.raises(UnicodeEncodeError):
        encode_value("\ud800")


@pytest.mark.parametrize(
    "text",
    [
        "nowhere",
        "user?userId=5&page=1",
        "user?page=1&userId=05",
        "user?$min=*&page=1&userId=5",
        "user",
        "summary?",
    ],
)
def test_read_address_takes_one_spelling_only(text: str) -> None:
    assert read_address(text, CONTEXTS) is None


def test_read_address_of_a_member() -> None:
    named = read_address("user/userPosts?page=1&userId=5", CONTEXTS)
    assert named is not None
    assert (named.member, named.address) == ("userPosts", "user?page=1&userId=5")


TYPES_OF_PARAMS = (
    TypeDecl("State", EnumType(("a",))),
    TypeDecl("Point", StructType()),
    TypeDecl("Either", UnionType((IntType(), StringType()))),
)


@pytest.mark.parametrize(
    "type",
    [
        StringType(),
        IntType(),
        BigintType(),
        PlainType("bool"),
        PlainType("date"),
        PlainType("datetime"),
        PlainType("uuid"),
        EnumType(("a",)),
        RefType("State"),
    ],
    ids=str,
)
def test_params_are_scalars_and_enums(type: Type) -> None:
    for field in (
        Field("p", type),
        Field("p", NullableType(type)),
        Field("p", NullableType(type), default=None),
    ):
        assert param_fault(field, TYPES_OF_PARAMS) is None
        assert param_fault(field, {decl.name: decl for decl in TYPES_OF_PARAMS}) is None


@pytest.mark.parametrize(
    "field",
    [
        Field("p", PlainType("null")),
        Field("p", PlainType("time")),
        Field("p", PlainType("duration")),
        Field("p", PlainType("bytes")),
        Field("p", PlainType("json")),
        Field("p", FloatType()),
        Field("p", UploadType()),
        Field("p", ListType(IntType())),
        Field("p", MapType(IntType())),
        Field("p", UnionType((IntType(),))),
        Field("p", NullableType(IntType()), default=1),
        *(Field("p", RefType(name)) for name in ("Point", "Either", "Nowhere")),
    ],
    ids=str,
)
def test_params_are_nothing_else(field: Field) -> None:
    assert param_fault(field, TYPES_OF_PARAMS)
    with pytest.raises(ValueError, match="p: "):
        compile_address(ContextDecl("c", (field,)), TYPES_OF_PARAMS)


def test_required_and_defaults() -> None:
    assert is_required(Field("p", IntType()))
    assert not is_required(Field("p", IntType(), optional=True))
    assert not is_required(Field("p", IntType(), default=1))
    with pytest.raises(ValueError, match="the default of p"):
        compile_address(ContextDecl("c", (Field("p", IntType(), default="x"),)), ())


ANY = compile_address(
    ContextDecl(
        "any",
        (
            Field("text", StringType()),
            Field("whole", IntType(), default=1),
            Field("yes", NullableType(PlainType("bool"))),
            Field("large", BigintType(), optional=True),
        ),
    ),
    (),
)


@given(
    st.fixed_dictionaries(
        {"text": st.text(max_size=40)},
        optional={
            "whole": st.integers(-(2**53) + 1, 2**53 - 1),
            "yes": st.booleans() | st.none(),
            "large": st.integers().map(str),
        },
    )
)
def test_address_round_trip(values: dict[str, Any]) -> None:
    result = ANY.instance(values)
    assert isinstance(result, Instance)
    query = result.address.partition("?")[2]
    assert ANY.parse(query) == result
    assert ANY.instance(result.values) == result
    assert "&".join(sorted(query.split("&"))) == query
    # Pieces may come in any order.
    assert ANY.parse("&".join(reversed(query.split("&")))) == result
    parts = split_address(result.address)
    assert (parts.context, parts.member) == ("any", None)


@given(st.text(alphabet="abtexwholyslrg=&%$min*0159AZ+ é\ud800", max_size=40))
def test_queries_never_raise_and_have_one_spelling(query: str) -> None:
    result = ANY.parse(query)
    if isinstance(result, Instance):
        again = ANY.parse(result.address.partition("?")[2])
        assert isinstance(again, Instance)
        assert (again.address, again.values) == (result.address, result.values)
