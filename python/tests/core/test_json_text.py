import json
import math
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.check import compile_check
from mizan.core.contract import PlainType
from mizan.core.findings import Refused
from mizan.core.json_guard import check_json
from mizan.core.json_text import JsonFault, read_json

from .json_values import json_values
from .vectors import cases, find_corpus, read_vectors, same_json

CORPUS = find_corpus("json-test-suite/test_parsing")
FREE = {row["file"]: row for row in read_vectors("json/suite")}


@cases(read_vectors("json/texts"))
def test_texts(row: dict[str, Any]) -> None:
    data = b64decode(row["base64"]) if "base64" in row else row["text"].encode()
    reading = read_json(data)
    if isinstance(reading, JsonFault):
        assert not row["ok"]
        assert reading.fault
    else:
        assert row["ok"]
        assert same_json(reading, row["out"])


# Without the corpus nothing stands here, which pytest counts as skipped and the header of the run says.
SUITE = [] if CORPUS is None else sorted(CORPUS.iterdir())


@pytest.mark.parametrize("folder", [] if CORPUS is None else [CORPUS])
def test_suite_has_a_verdict_for_each_free_text(folder: Path) -> None:
    files = sorted(file.name for file in folder.iterdir())
    assert [name for name in files if name.startswith("i_")] == sorted(FREE)
    assert len(files) == 318


@pytest.mark.parametrize("file", SUITE, ids=lambda file: file.name)
def test_suite(file: Path) -> None:
    reading = read_json(file.read_bytes())
    row = FREE.get(file.name)
    accepted = not isinstance(reading, JsonFault)
    assert accepted == (file.name.startswith("y_") if row is None else row["text"])
    if accepted:
        taken = not isinstance(compile_check(PlainType("json"), [], "input")(reading), Refused)
        assert taken == (row is None or row["json"])


def test_never_quotes_the_body() -> None:
    assert read_json(b'{"password": hunter2}') == JsonFault("the body is not JSON")


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_refuses_deep_texts_without_a_stack_overflow(opening: str) -> None:
    closing = "]" if opening == "[" else "}"
    for levels in (65, 500, sys.getrecursionlimit(), 100_000):
        text = opening * levels + "1" + closing * levels
        assert read_json(text.encode()) == JsonFault("nested deeper than 64")
    text = opening * 64 + "1" + closing * 64
    assert not isinstance(read_json(text.encode()), JsonFault)


def test_brackets_in_texts_are_no_depth() -> None:
    assert read_json(b'"' + b"[" * 1000 + b'"') == "[" * 1000


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9007199254740993", 9007199254740992.0),
        ("9007199254740991", 9007199254740991),
        ("-9007199254740993", -9007199254740992.0),
        ("1" + "0" * 308, 1e308),
        ('{"a": [123456789012345678]}', {"a": [123456789012345680.0]}),
    ],
)
def test_numbers_are_the_nearest_double(text: str, value: object) -> None:
    reading = read_json(text.encode())
    assert reading == value
    assert same_json(reading, value)


@pytest.mark.parametrize(
    "text", ["1" + "0" * 309, "9" * 5000, "1e309", "-1e999", "NaN", "-Infinity", "[Infinity]"]
)
def test_numbers_beyond_doubles_are_refused(text: str) -> None:
    assert isinstance(read_json(text.encode()), JsonFault)


@given(json_values)
def test_reads_what_json_writes(value: Any) -> None:
    for ascii_only in (True, False):
        text = json.dumps(value, ensure_ascii=ascii_only)
        assert same_json(read_json(text.encode()), json.loads(text))


@given(st.binary() | st.text(alphabet='[]{}",:0123456789eE+-.truefalsnu\\ ').map(str.encode))
def test_never_raises_and_agrees_with_the_guard(data: bytes) -> None:
    reading = read_json(data)
    if not isinstance(reading, JsonFault):
        assert check_json(reading) is None


PIECES = [
    "[",
    "]",
    "{",
    "}",
    '"',
    ",",
    ":",
    "0",
    "1",
    "-",
    ".",
    "e",
    "a",
    "\\n",
    "\\x",
    "null",
    "true",
    "NaN",
]


@given(st.lists(st.sampled_from([*PIECES, '"a":', " ", "\t", "\f", "\x1f", "\xa0", "\ufeff", "+", "//"])))
def test_takes_what_a_second_reader_takes(pieces: list[str]) -> None:
    def refuse(name: str) -> None:
        raise ValueError(name)

    text = "".join(pieces)
    try:
        expected = json.loads(text, parse_constant=refuse)
    except ValueError:
        assert isinstance(read_json(text.encode()), JsonFault)
    else:
        reading = read_json(text.encode())
        assert same_json(reading, expected) or check_json(expected) is not None


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (math.nan, "a number is not finite"),
        ([math.inf], "a number is not finite"),
        (10**309, "a number is not finite"),
        ({"a": ["\ud800"]}, "a text is not valid Unicode"),
        ({"\udc00": 1}, "a key is not valid Unicode"),
        ([1, "a", None, True, {"a": {}}, 10**308, 1.5], None),
        (object(), None),
    ],
)
def test_guard(value: object, fault: str | None) -> None:
    assert check_json(value) == fault
