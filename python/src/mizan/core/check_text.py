"""Texts: plain ones, enums, numbers as text and texts with one canonical form."""

import json
from collections.abc import Callable
from typing import Final

from ._tables import LIMITS
from .check_walk import Node, Walk, refuse
from .code_points import is_well_formed
from .contract import BigintType, DecimalType, EnumType, PlainKind, StringType
from .regexp import compile_pattern
from .scalar_dates import canonical_date, canonical_datetime, canonical_time
from .scalar_duration import canonical_duration
from .scalar_numbers import (
    compare_number_texts,
    compile_multiple_of,
    is_bigint_text,
    is_decimal_text,
)
from .scalar_texts import canonical_uuid, is_base64


def string_node(type: StringType) -> Node:
    """Texts with their length in code points and their pattern (VAL-50 to VAL-53)."""
    least = type.min_length or 0
    most = type.max_length
    if most is None and type.pattern is not None:
        most = LIMITS["patternLength"]
    matches = None if type.pattern is None else compile_pattern(type.pattern).fullmatch

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if not isinstance(value, str):
            return refuse(walk, "type", "must be a string")
        if not value.isascii() and not is_well_formed(value):
            return refuse(walk, "format", "must be valid Unicode")
        if most is not None and len(value) > most:
            return refuse(walk, "maxLength", f"must have at most {most} characters")
        if len(value) < least:
            return refuse(walk, "minLength", f"must have at least {least} characters")
        if matches is not None and matches(value) is None:
            return refuse(walk, "pattern", f"must match {type.pattern}")
        return plain_text(value)

    return check


def plain_text(value: str) -> str:
    """A text without its class: what is marked safe for a template is a text like others here."""
    return value if value.__class__ is str else str.__str__(value)


def enum_node(type: EnumType) -> Node:
    """One of the listed texts (VAL-54)."""
    values = {value: value for value in type.values}
    listed = ", ".join(json.dumps(value, ensure_ascii=False) for value in type.values)

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if not isinstance(value, str):
            return refuse(walk, "type", "must be a string")
        found = values.get(plain_text(value))
        return refuse(walk, "enum", f"must be one of {listed}") if found is None else found

    return check


def number_text_node(type: BigintType | DecimalType) -> Node:
    """Whole and decimal numbers as text; bounds are compared as numbers of any size (VAL-63 to VAL-66)."""
    step = type.multiple_of if isinstance(type, DecimalType) else None
    is_multiple = None if step is None else compile_multiple_of(step)
    is_text, form = (
        (is_bigint_text, 'a whole number as text, as "12"')
        if isinstance(type, BigintType)
        else (is_decimal_text, 'a decimal number as text, as "1.50"')
    )

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if not isinstance(value, str):
            return refuse(walk, "type", "must be a string")
        if not is_text(value):
            return refuse(walk, "format", f"must be {form}")
        result: object = plain_text(value)
        if type.min is not None and compare_number_texts(value, type.min) < 0:
            result = refuse(walk, "min", f"must be at least {type.min}")
        if type.max is not None and compare_number_texts(value, type.max) > 0:
            result = refuse(walk, "max", f"must be at most {type.max}")
        if is_multiple is not None and not is_multiple(value):
            result = refuse(walk, "multipleOf", f"must be a multiple of {step}")
        return result

    return check


Form = tuple[Callable[[str], str | None], str]

_FORMS: Final[dict[PlainKind, Form]] = {
    "datetime": (
        canonical_datetime,
        'a date and time with offset, as "2026-01-31T12:00:00Z"',
    ),
    "date": (canonical_date, 'a date, as "2026-01-31"'),
    "time": (canonical_time, 'a time, as "12:00:00"'),
    "duration": (canonical_duration, 'a duration, as "PT1H30M"'),
    "uuid": (canonical_uuid, "a UUID"),
    "bytes": (lambda text: text if is_base64(text) else None, "base64 with padding"),
}


def form_node(kind: PlainKind) -> Node:
    """Texts with one canonical form."""
    canonical, form = _FORMS[kind]

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if not isinstance(value, str):
            return refuse(walk, "type", "must be a string")
        text = canonical(plain_text(value))
        return refuse(walk, "format", f"must be {form}") if text is None else text

    return check


def upload_node(value: object, walk: Walk | None, depth: int) -> object:
    """A file stands in a part of its own, so nothing that JSON can say is one (VAL-95)."""
    return refuse(walk, "type", "must be a file")
