"""Reads `spec/vectors` and the public corpora."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT / "spec" / "vectors"


def read_vectors(name: str) -> Any:
    """A file of `spec/vectors` by its path there, without `.json`."""
    return json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))


def cases(rows: Iterable[Mapping[str, Any]], *keys: str) -> pytest.MarkDecorator:
    """Parametrises a test with `row`, under the vector's id or what else tells it apart."""
    params = [
        pytest.param(
            row, id=" ".join(str(row[key])[:80] for key in (keys or ("id",)) if key in row) or str(at)
        )
        for at, row in enumerate(rows)
    ]
    assert params, "a file of vectors holds nothing"
    return pytest.mark.parametrize("row", params)


def bare(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Findings without their messages, which are free."""
    return [{"path": one["path"], "code": one["code"]} for one in findings]


def find_corpus(name: str) -> Path | None:
    """The folder of a public corpus, where it is at hand."""
    folder = Path(os.environ.get("MIZAN_CORPORA") or ROOT.parent / "shared" / "corpora") / name
    return folder if folder.is_dir() else None


def same_json(given: object, expected: object) -> bool:
    """Whether two JSON values are one: numbers as doubles with the sign of zero, objects without order."""
    if isinstance(given, bool) or isinstance(expected, bool):
        return given is expected
    if isinstance(given, int | float) and isinstance(expected, int | float):
        return float(given).hex() == float(expected).hex()
    if isinstance(given, list) and isinstance(expected, list):
        return len(given) == len(expected) and all(map(same_json, given, expected))
    if isinstance(given, dict) and isinstance(expected, dict):
        return given.keys() == expected.keys() and all(same_json(given[key], expected[key]) for key in given)
    return type(given) is type(expected) and given == expected
