"""What handlers return in its one wire form: written by Pydantic, judged by the contract's check (VAL-2)."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from .check import Check
from .contract import ABSENT
from .findings import Refused
from .plan import Encode, WrongOutput
from .pydantic_core_schema import compile_output, compile_serializer


def compile_encode(name: str, annotation: Any, check: Check) -> Encode:
    """Prepares the output of one function; `annotation` is absent where the function says nothing of it."""
    if annotation is ABSENT:
        return lambda _: None
    plain = annotation in (None, str, int, bool)
    write: Encode = _as_is if plain else compile_write(annotation)

    def encode(result: Any) -> Any:
        try:
            value = check(write(result))
        except WrongValue as error:
            raise WrongOutput(f"{name} returned a wrong output: {error}") from None
        if isinstance(value, Refused):
            finding = value.findings[0]
            where = finding["path"] or "the result"
            raise WrongOutput(f"{name} returned a wrong output: {where} {finding['message']}")
        return value

    return encode


def _as_is(value: Any) -> Any:
    return value


class WrongValue(ValueError):
    """A value that is not of its annotation: says where and why, and never what it was."""


def compile_write(annotation: Any) -> Encode:
    """Writes values of an annotation as JSON under wire names; raises `WrongValue`."""
    writer = compile_serializer(annotation)
    reader = compile_output(annotation)

    # Handlers that give dictionaries for models give them again: they are read first from then on.
    loose = False

    def write(result: Any) -> Any:
        nonlocal loose
        if loose:
            return write_again(result)
        try:
            return writer.to_python(result, mode="json", by_alias=True, warnings="error")
        except (PydanticSerializationError, TypeError, ValueError):
            # A dictionary for a model, a tuple for a list; or something wrong, which this tells.
            written = write_again(result)
            loose = True
            return written

    def write_again(result: Any) -> Any:
        try:
            taken = reader.validate_python(result, by_alias=True, by_name=True)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            where = "".join(f"/{segment}" for segment in first["loc"]) or "the result"
            raise WrongValue(f"{where} {first['msg']}") from None
        try:
            return writer.to_python(taken, mode="json", by_alias=True, warnings="error")
        except (PydanticSerializationError, TypeError, ValueError):
            raise WrongValue(f"the result cannot be written as {annotation}") from None

    return write
