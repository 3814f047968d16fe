from dataclasses import replace
from typing import Any

import pytest

from mizan.core._tables import CONTRACT_FINDING_CODES
from mizan.core.address import compile_address
from mizan.core.check import compile_check, compile_fields
from mizan.core.contract import Contract
from mizan.core.contract_check import check_contract
from mizan.core.contract_json import contract_from_json
from mizan.core.contract_report import hint
from mizan.core.print_contract import print_contract

from .vectors import cases, read_vectors

CASES = read_vectors("contract/check")


def complete(sketch: dict[str, Any]) -> Contract:
    """A sketch filled in: a context's members are the functions that name it, its class is theirs."""
    contract = contract_from_json(sketch)
    contexts = []
    for given, context in zip(sketch.get("contexts", ()), contract.contexts, strict=True):
        members = [one for one in contract.functions if one.context == context.name]
        if "members" not in given:
            context = replace(context, members=tuple(one.name for one in members))
        if "cacheClass" not in given and any(one.auth != "none" for one in members):
            context = replace(context, cache_class="user")
        contexts.append(context)
    return replace(contract, contexts=tuple(contexts))


@cases(CASES)
def test_findings(row: dict[str, Any]) -> None:
    found = check_contract(complete(row["contract"]))
    assert [{"path": one.path, "code": one.code} for one in found] == row["findings"]
    for one in found:
        assert one.message == one.message.strip()
        assert one.message[-1] in ".?"


@cases([row for row in CASES if not row["findings"]])
def test_what_is_sound_prints_and_compiles(row: dict[str, Any]) -> None:
    contract = complete(row["contract"])
    assert print_contract(contract).startswith("mizan protocol=1")
    for function in contract.functions:
        compile_fields(function.input, contract.types, "input")
        compile_check(function.output, contract.types, "output")
    for context in contract.contexts:
        compile_address(context, contract.types)


def test_there_is_a_vector_for_each_finding_and_no_other() -> None:
    rows = [*CASES, *read_vectors("contract/refused")]
    assert {one["code"] for row in rows for one in row["findings"]} == set(CONTRACT_FINDING_CODES)


def test_a_finding_says_what_where_and_how_to_mend_it() -> None:
    int_ = {"kind": "int"}
    scope = [{"param": "userid", "from": "args", "field": "authorID"}]
    contract = complete(
        {
            "contexts": [{"name": "user", "params": [{"name": "userId", "type": int_}]}],
            "functions": [
                {"name": "profile", "context": "user", "input": [{"name": "userId", "type": int_}]},
                {
                    "name": "publish",
                    "input": [{"name": "authorId", "type": int_}],
                    "affects": [{"context": "user", "params": scope}],
                },
            ],
        }
    )
    assert [(one.path, one.message) for one in check_contract(contract)] == [
        (
            "/functions/publish/affects/user/userid",
            'publish: user has no parameter "userid". It has userId: int. Did you mean "userId"?',
        ),
        (
            "/functions/publish/affects/user/userid",
            'publish: user.userid comes from "authorID", which is no argument. Did you mean "authorId"?',
        ),
    ]


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("userid", ["userId", "page"], ' Did you mean "userId"?'),
        ("pgae", ["userId", "page"], ' Did you mean "page"?'),
        ("x", ["y", "z"], ' Did you mean "y"?'),
        ("x", ["page"], ""),
        ("title", ["userId", "page"], ""),
        ("title", [], ""),
    ],
)
def test_hints(word: str, candidates: list[str], expected: str) -> None:
    assert hint(word, candidates) == expected
