from typing import Any

import pytest

from mizan.core.address import compile_address
from mizan.core.contract import ABSENT, ContextDecl, FunctionDecl, ScopeParam
from mizan.core.contract_json import (
    context_from_json,
    fields_from_json,
    function_from_json,
    params_from_json,
    types_from_json,
)
from mizan.core.scope import scope_by_name, scope_explicit
from mizan.core.scope_plan import MergeTarget, compile_scopes, resolve_scopes

from .vectors import cases, read_vectors

VECTORS = read_vectors("scoping")
TYPES = types_from_json(VECTORS["types"])
DECLARED = {one["name"]: context_from_json(one) for one in VECTORS["contexts"]}
CONTEXTS = {name: compile_address(one, TYPES) for name, one in DECLARED.items()}
QUERIES = {one["name"]: function_from_json(one) for one in VECTORS["queries"]}


@cases(VECTORS["byName"], "name")
def test_by_name(row: dict[str, Any]) -> None:
    found = scope_by_name(fields_from_json(row["input"]), DECLARED[row["context"]], TYPES)
    assert found == tuple(ScopeParam(name, "args", name) for name in row["params"])


@cases(VECTORS["explicit"], "name")
def test_explicit(row: dict[str, Any]) -> None:
    params, faults = scope_explicit(row["mapping"], function_from_json(row), DECLARED[row["context"]], TYPES)
    assert params == params_from_json(row["params"])
    assert [fault.param for fault in faults] == row["faults"]


def test_explicit_says_what_is_missing() -> None:
    _, faults = scope_explicit({"userid": "a", "userId": "b"}, FunctionDecl("act"), DECLARED["user"], TYPES)
    assert [(fault.param, fault.message) for fault in faults] == [
        ("userId", 'neither the arguments nor the result have a field "b"'),
        ("userid", 'user has no parameter "userid"'),
    ]


@cases(VECTORS["resolved"], "name")
def test_resolved(row: dict[str, Any]) -> None:
    function = function_from_json(row)
    plan = compile_scopes(function, CONTEXTS, QUERIES)
    result = row.get("result", ABSENT)
    staleness = plan.resolve(row["args"], result, row.get("added", ()))
    assert staleness.scopes == row["list"]
    assert staleness.merges == [MergeTarget(one["into"], one["instance"]) for one in row["merges"]]
    if "added" not in row:
        assert resolve_scopes(function, row["args"], result, CONTEXTS, QUERIES) == row["list"]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ({"affects": [{"context": "nowhere"}]}, '"nowhere"'),
        ({"merge": [{"function": "nothing"}]}, '"nothing"'),
    ],
)
def test_refuses_what_nobody_registered(source: dict[str, Any], name: str) -> None:
    with pytest.raises(ValueError, match=name):
        compile_scopes(function_from_json(source), CONTEXTS, QUERIES)
    with pytest.raises(ValueError, match=name):
        resolve_scopes(function_from_json(source), {}, None, CONTEXTS)


def test_contexts_are_not_looked_at_without_a_target() -> None:
    assert resolve_scopes(FunctionDecl("act"), {}, None, {}) == []
    assert scope_by_name((), ContextDecl("c"), ()) == ()
