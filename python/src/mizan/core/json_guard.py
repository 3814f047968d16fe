"""What keeps a parsed JSON text from being one of the protocol (spec clause VAL-20)."""

import math

from ._tables import LIMITS
from .code_points import is_well_formed

MAX_SAFE = 2**53 - 1
"""The greatest whole number below which every whole number is a double of its own."""

_DEEPEST = LIMITS["jsonDepth"]


def check_json(value: object) -> str | None:
    """Says what is wrong: nested too deep, a number beyond doubles, a lone surrogate; or nothing."""
    return _walk(value, 0)


def nearest_double(value: int) -> int | float:
    """A whole number as the double nearest to it, infinite beyond all (VAL-21)."""
    if -MAX_SAFE <= value <= MAX_SAFE:
        return value
    try:
        return float(value)
    except OverflowError:
        return math.inf


def _walk(value: object, depth: int) -> str | None:
    if isinstance(value, str):
        return None if is_well_formed(value) else "a text is not valid Unicode"
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int):
        return None if math.isfinite(nearest_double(value)) else "a number is not finite"
    if isinstance(value, float):
        return None if math.isfinite(value) else "a number is not finite"
    if not isinstance(value, list | dict):
        return None
    if depth >= _DEEPEST:
        return f"nested deeper than {_DEEPEST}"
    if isinstance(value, dict):
        for key in value:
            if isinstance(key, str) and not is_well_formed(key):
                return "a key is not valid Unicode"
    for inner in value.values() if isinstance(value, dict) else value:
        fault = _walk(inner, depth + 1)
        if fault is not None:
            return fault
    return None
