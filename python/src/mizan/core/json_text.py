"""Reads a JSON text from bytes, and nothing that only Python would take for one."""

import json
import re
from dataclasses import dataclass
from typing import NoReturn

from pydantic_core import from_json

from ._tables import LIMITS
from .contract import Json
from .json_guard import MAX_SAFE, check_json, nearest_double


@dataclass(frozen=True, slots=True)
class JsonFault:
    """What keeps bytes from being a JSON text; never quotes them. The answer is `BAD_REQUEST`."""

    fault: str


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(parse_constant=_refuse_constant)
_DEEPEST = LIMITS["jsonDepth"]

# What may hide a large whole number or an infinite one.
_LARGE_NUMBER = re.compile(rb"[0-9](?:[0-9]{15}|[eE])")


def read_json(data: bytes) -> Json | JsonFault:
    """The value of a JSON text, or what keeps it from being one of the protocol (VAL-20 to VAL-22)."""
    # An escape may hide half of a surrogate pair.
    suspicious = b"\\u" in data or _LARGE_NUMBER.search(data) is not None
    deep = data.count(b"[") + data.count(b"{") > _DEEPEST
    if not suspicious and not deep:
        try:
            value: Json = from_json(data, allow_inf_nan=False)
        except ValueError:
            # Why it is none, the other reader tells.
            pass
        else:
            return value
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return JsonFault("the body is not UTF-8")
    try:
        value = _decoder.decode(text)
    except RecursionError:
        return JsonFault(f"nested deeper than {_DEEPEST}")
    except ValueError:
        # Its words quote the body. Python's limit of digits is one too: no double is that large.
        return JsonFault("the body is not JSON")
    if suspicious or deep:
        fault = check_json(value)
        if fault is not None:
            return JsonFault(fault)
    return _with_doubles(value) if suspicious else value


def _with_doubles(value: Json) -> Json:
    """Large whole numbers become the double nearest to their text, as in every other language (VAL-21)."""
    if isinstance(value, list):
        return [_with_doubles(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_doubles(inner) for key, inner in value.items()}
    if isinstance(value, int) and not -MAX_SAFE <= value <= MAX_SAFE:
        return nearest_double(value)
    return value
