"""Canonical arguments as Python's values: one pass of Pydantic for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NotRequired

import annotated_types
from pydantic import Field as PydanticField
from pydantic import ValidationError
from typing_extensions import TypedDict

from .annotation_fields import RawField
from .contract import ABSENT
from .findings import Finding, Refused, format_pointer
from .plan import Validate
from .pydantic_core_schema import compile_input

# Constraints that the contract says in full, so that its check has judged them.
_SAID = (
    annotated_types.Ge,
    annotated_types.Gt,
    annotated_types.Le,
    annotated_types.Lt,
    annotated_types.MinLen,
    annotated_types.MaxLen,
    annotated_types.MultipleOf,
)


def compile_validate(name: str, params: Sequence[RawField]) -> Validate:
    """Prepares Pydantic's part of the arguments of one function."""
    if all(map(_is_plain, params)):
        names = tuple((raw.wire, raw.name) for raw in params)
        return lambda values: {python: values[wire] for wire, python in names if wire in values}
    validator = compile_input(arguments_type(name, params))

    def validate(values: Mapping[str, Any]) -> dict[str, Any] | Refused:
        try:
            # The contract's check has told the JSON types apart, so texts may become dates.
            taken: dict[str, Any] = validator.validate_python(values, strict=False)
        except ValidationError as error:
            return Refused(tuple(findings_of(error, values)))
        return taken

    return validate


def arguments_type(name: str, params: Iterable[RawField]) -> Any:
    """The arguments as one typed dictionary, under their wire names."""
    hints: dict[str, Any] = {}
    for raw in params:
        hint: Any = Annotated[(raw.annotation, *raw.metadata, PydanticField(alias=raw.wire))]
        absent = not raw.required and raw.default is ABSENT
        hints[raw.name] = NotRequired[hint] if absent else hint
    return TypedDict(name, hints)  # type: ignore[operator]  # known at run time only


def _is_plain(raw: RawField) -> bool:
    """Whether a canonical value is what the handler takes."""
    return raw.annotation in (str, int, bool) and all(isinstance(one, _SAID) for one in raw.metadata)


def findings_of(error: ValidationError, values: Any) -> list[Finding]:
    """What Pydantic refuses on top, at the place on the wire (VAL-3)."""
    return [
        Finding(path=format_pointer(_path(one["loc"], values)), code="invalid", message=_message(one["msg"]))
        for one in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _path(loc: Sequence[int | str], value: Any) -> list[str | int]:
    """A location without the arms of unions and the validators that Pydantic names in it."""
    path: list[str | int] = []
    for segment in loc:
        inside = (
            segment in value
            if isinstance(value, dict)
            else isinstance(value, list | tuple) and isinstance(segment, int) and segment < len(value)
        )
        if inside:
            path.append(segment)
            value = value[segment]
    return path


def _message(text: str) -> str:
    return text.removeprefix("Value error, ").removeprefix("Assertion failed, ")
