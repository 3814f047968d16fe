from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mizan.core.names import camel_from_snake, is_error_name, is_name, is_type_name, snake_from_camel

from .vectors import cases, read_vectors

RULES = {"name": is_name, "typeName": is_type_name, "errorName": is_error_name}


@cases(read_vectors("names/valid"))
def test_valid(row: dict[str, Any]) -> None:
    assert RULES[row["kind"]](row["text"]) is row["ok"]


@cases(read_vectors("names/snake"))
def test_camel_from_snake(row: dict[str, Any]) -> None:
    assert camel_from_snake(row["snake"]) == row["camel"]


@cases(read_vectors("names/camel"))
def test_snake_from_camel(row: dict[str, Any]) -> None:
    assert snake_from_camel(row["camel"]) == row["snake"]
    assert camel_from_snake(row["snake"]) == row["camel"]


@given(st.from_regex(r"[a-z][a-zA-Z0-9]{0,9}", fullmatch=True))
def test_wire_names_come_back(name: str) -> None:
    assert camel_from_snake(snake_from_camel(name)) == name


@given(st.text())
def test_never_raises(text: str) -> None:
    is_name(text)
    camel_from_snake(text)
    snake_from_camel(text)
