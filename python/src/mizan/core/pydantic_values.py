"""Single values between Python and the wire, where Pydantic's own texts are not the contract's."""

from __future__ import annotations

import base64
import binascii
import datetime
from collections.abc import Callable, Collection, Mapping, Set
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticSerializationUnexpectedValue

from .annotation_constraints import decimal_text


def bytes_from_text(value: object) -> object:
    """Bytes of their text; everything else as it is, for Pydantic to judge."""
    if not isinstance(value, str):
        return value
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error


def list_of_sequence(value: object) -> object:
    """What can be gone through twice in one order: tuples, query sets; no iterator, which is used up."""
    if isinstance(value, list | str | bytes | Mapping | Set) or not isinstance(value, Collection):
        return value
    return list(value)


def decimal_of_int(value: object) -> object:
    """A whole number loses nothing as a decimal; a float would."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


_JSON_SCALARS = frozenset({str, int, float, bool, type(None)})


def plain_json(value: Any) -> Any:
    """Any JSON is written as it stands; the serialiser of a class might write anything (VAL-86)."""
    kind = type(value)
    if kind is dict:
        for key, inner in value.items():
            if type(key) is not str:
                raise PydanticSerializationUnexpectedValue("a key that is no text")
            plain_json(inner)
    elif kind is list:
        for inner in value:
            plain_json(inner)
    elif kind not in _JSON_SCALARS:
        raise PydanticSerializationUnexpectedValue(f"{kind.__name__} is no JSON value")
    return value


def _decimal_as_text(value: Any) -> str:
    if not isinstance(value, Decimal) or not value.is_finite():
        raise PydanticSerializationUnexpectedValue("not a finite Decimal")
    return decimal_text(value)


def _bytes_as_text(value: Any) -> str:
    if not isinstance(value, bytes | bytearray | memoryview):
        raise PydanticSerializationUnexpectedValue("not bytes")
    return base64.b64encode(value).decode()


def _duration_as_text(value: Any) -> str:
    """Days and seconds; the check writes hours and minutes out of them."""
    if not isinstance(value, datetime.timedelta):
        raise PydanticSerializationUnexpectedValue("not a timedelta")
    sign = "-" if value < datetime.timedelta() else ""
    value = abs(value)
    fraction = f".{value.microseconds:06}" if value.microseconds else ""
    return f"{sign}P{value.days}DT{value.seconds}{fraction}S"


WIRE_TEXTS: dict[str, Callable[[Any], Any]] = {
    "decimal": _decimal_as_text,
    "bytes": _bytes_as_text,
    "timedelta": _duration_as_text,
    "any": plain_json,
}
"""What writes the values of a core schema's type."""
