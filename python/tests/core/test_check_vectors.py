import json
from copy import deepcopy
from typing import Any

import pytest

from mizan.core.check import compile_check
from mizan.core.contract_json import type_from_json, types_from_json
from mizan.core.findings import Refused
from mizan.core.json_text import JsonFault, read_json
from mizan.core.regexp import PatternError, compile_pattern

from .vectors import VECTORS, bare, cases, read_vectors, same_json

FILES = sorted(path.stem for path in (VECTORS / "values").glob("*.json") if path.stem != "regexp")


def both_ways(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**row, "direction": direction, "id": f"{row['id']} {direction}"}
        for row in rows
        for direction in (("input", "output") if row["direction"] == "both" else (row["direction"],))
    ]


@cases(
    [{**row, "file": file} for file in FILES for row in both_ways(read_vectors(f"values/{file}"))],
    "file",
    "id",
)
def test_values(row: dict[str, Any]) -> None:
    # What the guard refuses as a whole is read without it here, for the check's own verdict.
    given = json.loads(row["text"]) if "text" in row else row["value"]
    if "text" in row:
        reading = read_json(row["text"].encode())
        given = given if isinstance(reading, JsonFault) else reading
    before = deepcopy(given)
    check = compile_check(
        type_from_json(row["type"]), types_from_json(row.get("types", [])), row["direction"]
    )
    result = check(given)
    assert same_json(given, before)
    if isinstance(result, Refused):
        assert (False, bare(result.findings)) == (row["ok"], row.get("findings"))
        assert all(finding["message"] for finding in result.findings)
    else:
        assert row["ok"]
        assert same_json(result, row["out"] if "out" in row else row["value"])
        assert same_json(check(result), result)
        # What is handed on is plain JSON: an answer is written from it as it stands.
        assert same_json(json.loads(json.dumps(result, allow_nan=False)), result)


@cases(read_vectors("values/regexp"))
def test_patterns(row: dict[str, Any]) -> None:
    if row["ok"]:
        assert compile_pattern(row["pattern"]).fullmatch("\0 matches nothing") is None
    else:
        with pytest.raises(PatternError):
            compile_pattern(row["pattern"])
