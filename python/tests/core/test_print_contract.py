import random
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.contract import (
    Affects,
    ContextDecl,
    Contract,
    EnumType,
    ErrorDecl,
    Field,
    FloatType,
    FunctionDecl,
    IntType,
    Json,
    ListType,
    MapType,
    NullableType,
    PlainType,
    RefType,
    StructType,
    TypeDecl,
    UnionType,
)
from mizan.core.contract_hash import contract_hash, contract_id
from mizan.core.contract_json import contract_from_json, type_from_json
from mizan.core.print_contract import print_context_part, print_contract
from mizan.core.print_text import number_text, print_number
from mizan.core.reachable import reachable_types
from mizan.core.visible import context_part, visible_contract

from .json_values import types
from .vectors import cases, read_vectors

CASES = read_vectors("contract/canonical")


def joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def shuffled(value: Any, chance: random.Random) -> Any:
    """The same contract with every list in another order."""
    if isinstance(value, tuple):
        return tuple(chance.sample([shuffled(one, chance) for one in value], len(value)))
    if is_dataclass(value) and not isinstance(value, type):
        inner = {one.name: shuffled(getattr(value, one.name), chance) for one in fields(value)}
        return replace(value, **inner)
    return value


@cases(CASES)
def test_canonical(row: dict[str, Any]) -> None:
    contract = contract_from_json(row["contract"])
    text = joined(row["text"])
    assert print_contract(contract) == text
    assert print_contract(contract, private=False, docs=False) == joined(row.get("visible", row["text"]))
    assert contract_hash(contract) == row["hash"]
    assert contract_id(contract) == row["hash"][:16]
    for context, part in row.get("parts", {}).items():
        assert print_context_part(contract, context) == joined(part)
    for seed in range(5):
        assert print_contract(shuffled(contract, random.Random(seed))) == text


@given(st.randoms(use_true_random=False), st.lists(types, max_size=4))
def test_print_does_not_depend_on_order(chance: random.Random, outputs: list[Any]) -> None:
    functions = tuple(FunctionDecl(f"f{at}", output=type) for at, type in enumerate(outputs))
    contract = Contract(functions=functions)
    assert print_contract(shuffled(contract, chance)) == print_contract(contract)


def with_default(value: Json) -> Contract:
    field = Field("x", PlainType("json"), default=value)
    return Contract(functions=(FunctionDecl("act", input=(field,)),))


def test_refuses_what_no_document_can_hold() -> None:
    for doc in ("\ud800", "\udc00\ud800", "\ud83d\ude00"):
        with pytest.raises(ValueError, match="surrogate"):
            print_contract(Contract(functions=(FunctionDecl("act", doc=doc),)))
    assert 'doc "😀"' in print_contract(Contract(functions=(FunctionDecl("act", doc="😀"),)))
    for value in (float("nan"), float("inf"), -float("inf"), 10**400):
        with pytest.raises(ValueError, match=r"nan|inf"):
            print_contract(with_default(value))
    assert "default 0\n" in print_contract(with_default(-0.0))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-5.0, "-5"),
        (2**53 - 1, "9007199254740991"),
        (2**53, '(float)"9007199254740992"'),
        (10**16, '(float)"10000000000000000"'),
        (1e20, '(float)"100000000000000000000"'),
        (123456789012345680000.0, '(float)"123456789012345680000"'),
        (1e21, '(float)"1e+21"'),
        (1.5e300, '(float)"1.5e+300"'),
        (0.5, '(float)"0.5"'),
        (-123.456, '(float)"-123.456"'),
        (0.000001, '(float)"0.000001"'),
        (0.0000012, '(float)"0.0000012"'),
        (1e-7, '(float)"1e-7"'),
        (-1.25e-9, '(float)"-1.25e-9"'),
        (5e-324, '(float)"5e-324"'),
        (1.7976931348623157e308, '(float)"1.7976931348623157e+308"'),
    ],
)
def test_numbers_are_written_as_ecmascript_does(value: float, text: str) -> None:
    assert print_number(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_number_text_reads_back(value: float) -> None:
    assert float(number_text(value)) == value
    assert number_text(0.0) == number_text(-0.0) == "0"


BASE = FunctionDecl("act", input=(Field("x", IntType()),))


def test_hash_passes_over_documentation_and_private_functions() -> None:
    expected = contract_hash(Contract(functions=(BASE,)))
    job = FunctionDecl("job", private=True, output=RefType("Job"))
    for same in (
        Contract(functions=(replace(BASE, doc="Acts.", deprecated=""),)),
        Contract(functions=(replace(BASE, input=(Field("x", IntType(), doc="X."),)),)),
        Contract(functions=(BASE, job), types=(TypeDecl("Job", StructType()),)),
    ):
        assert contract_hash(same) == expected
    for other in (
        Contract(functions=(replace(BASE, websocket=True),)),
        Contract(functions=(BASE, FunctionDecl("more"))),
        Contract(functions=(replace(BASE, input=()),)),
    ):
        assert contract_hash(other) != expected


def test_visible_contract_holds_what_is_reached() -> None:
    circle = Contract(
        functions=(FunctionDecl("act", output=RefType("A")),),
        types=(
            TypeDecl("A", StructType((Field("b", ListType(RefType("B"))),))),
            TypeDecl("B", UnionType((MapType(RefType("A")), IntType()))),
            TypeDecl("C", EnumType(("c",))),
        ),
    )
    assert [type.name for type in visible_contract(circle).types] == ["A", "B"]
    assert reachable_types(circle.types, [NullableType(RefType("B"))]) == ["B", "A"]
    assert reachable_types(circle.types, [RefType("Unknown"), FloatType()]) == []


def test_context_part_is_cut_down_to_one_context() -> None:
    contract = Contract(
        contexts=(ContextDecl("user"), ContextDecl("team")),
        errors=(ErrorDecl("Gone"), ErrorDecl("Other")),
        functions=(
            FunctionDecl("profile", context="user", errors=("Gone",)),
            FunctionDecl("members", context="team", errors=("Other",)),
            FunctionDecl("rename", affects=(Affects("user"),)),
        ),
    )
    part = context_part(contract, "user")
    assert [one.name for one in part.contexts] == ["user"]
    assert [one.name for one in part.functions] == ["profile"]
    assert [one.name for one in part.errors] == ["Gone"]


def test_model_refuses_kinds_that_there_are_not() -> None:
    with pytest.raises(KeyError, match="tuple"):
        type_from_json({"kind": "tuple"})
    with pytest.raises(KeyError, match="cannot have a name"):
        contract_from_json({"types": [{"name": "A", "type": {"kind": "int"}}]})
