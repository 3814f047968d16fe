"""Objects as JSON means them, and what of Python may stand in their place."""

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import TypeGuard

from .check_walk import BAD, Bad, Walk
from .code_points import is_well_formed

Get = Callable[[str, object], object]
"""Gives the member of a name, or what is passed beside it."""

_NO_RECORDS = (str, int, float, list, tuple, type)


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Whether a value is an object all of whose keys are texts."""
    return isinstance(value, dict) and all(isinstance(key, str) for key in value)


def reader(value: object) -> Get | None:
    """How to read the members of what stands for a struct: a dict, or an object of a class (VAL-86)."""
    if isinstance(value, dict):
        return value.get
    if isinstance(value, _NO_RECORDS):
        return None
    if hasattr(value, "__dict__") or is_dataclass(value):
        return lambda name, other: getattr(value, name, other)
    return None


def is_free_key(key: str) -> bool:
    """Whether a text may be a key where keys are free (VAL-23, VAL-41)."""
    return key != "__proto__" and key != "constructor" and is_well_formed(key)


def refuse_key(walk: Walk | None, key: str) -> Bad:
    """Refuses the value under a key that is not free."""
    if walk is not None:
        if is_well_formed(key):
            walk.note_at(key, "unknown", "is a key that no value may have")
        else:
            walk.note_at(key, "format", "must be valid Unicode")
    return BAD
