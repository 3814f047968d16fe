"""Numbers, truth and null (spec clauses VAL-60 to VAL-62, VAL-67)."""

import math

from .check_walk import Node, Walk, refuse
from .contract import FloatType, IntType
from .json_guard import MAX_SAFE


def int_node(type: IntType) -> Node:
    """Whole numbers within 2^53-1; the text `1.0` is one, since a number has no spelling (VAL-21)."""
    least = -MAX_SAFE if type.min is None else max(type.min, -MAX_SAFE)
    most = MAX_SAFE if type.max is None else min(type.max, MAX_SAFE)
    step = type.multiple_of

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if value.__class__ is int and least <= value <= most and step is None:
            return value
        number = _whole(value)
        if number is None:
            return refuse(walk, "type", "must be a whole number within 2^53-1")
        result: object = number
        if type.min is not None and number < type.min:
            result = refuse(walk, "min", f"must be at least {type.min}")
        if type.max is not None and number > type.max:
            result = refuse(walk, "max", f"must be at most {type.max}")
        if step is not None and number % step != 0:
            result = refuse(walk, "multipleOf", f"must be a multiple of {step}")
        return result

    return check


def _whole(value: object) -> int | None:
    """The safe whole number that a value is; `-0.0` is 0, and truth is no number."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        if not value.is_integer():
            return None
        value = int(value)
    if not isinstance(value, int) or not -MAX_SAFE <= value <= MAX_SAFE:
        return None
    # The plain number of a subclass.
    return int.__index__(value)


def float_node(type: FloatType) -> Node:
    """Finite doubles; a whole number becomes one too."""

    def check(value: object, walk: Walk | None, depth: int) -> object:
        number = _finite(value)
        if number is None:
            return refuse(walk, "type", "must be a finite number")
        result: object = number
        if type.min is not None and number < type.min:
            result = refuse(walk, "min", f"must be at least {type.min}")
        if type.max is not None and number > type.max:
            result = refuse(walk, "max", f"must be at most {type.max}")
        return result

    return check


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        # Adding zero turns -0.0 into 0.0.
        number = float(value) + 0.0
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def bool_node(value: object, walk: Walk | None, depth: int) -> object:
    """True or false."""
    if value is True or value is False:
        return value
    return refuse(walk, "type", "must be true or false")


def null_node(value: object, walk: Walk | None, depth: int) -> object:
    """Null and nothing else."""
    return None if value is None else refuse(walk, "type", "must be null")
