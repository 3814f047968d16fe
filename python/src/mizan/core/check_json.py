"""Any JSON value (spec clause VAL-85)."""

import math

from .check_object import is_free_key, is_object, refuse_key
from .check_text import plain_text
from .check_walk import BAD, MAX_DEPTH, Bad, Walk, refuse, refuse_depth
from .code_points import is_well_formed
from .json_guard import MAX_SAFE, nearest_double


def json_node(value: object, walk: Walk | None, depth: int) -> object:
    """Any JSON value whose numbers are finite, and safe where they are whole and written out."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        if is_well_formed(value):
            return plain_text(value)
        return refuse(walk, "format", "must be valid Unicode")
    if isinstance(value, int | float):
        return _number(value, walk)
    if isinstance(value, list):
        return refuse_depth(walk) if depth >= MAX_DEPTH else _array(value, walk, depth + 1)
    if not is_object(value):
        return refuse(walk, "type", "must be a JSON value")
    return refuse_depth(walk) if depth >= MAX_DEPTH else _object(value, walk, depth + 1)


def _number(value: int | float, walk: Walk | None) -> int | float | Bad:
    number = value if isinstance(value, float) else nearest_double(value)
    if not math.isfinite(number):
        return refuse(walk, "type", "must be a finite number")
    if number != math.floor(number):
        return float(number)
    if -MAX_SAFE <= number <= MAX_SAFE:
        # One number is one value, however it was spelled.
        return int(number)
    # A larger whole number in full, which no double holds, would have been rounded unseen.
    if abs(number) < 1e21:
        return refuse(walk, "type", "must lie within 2^53-1 where it is whole")
    return float(number)


def _array(value: list[object], walk: Walk | None, depth: int) -> object:
    copy: list[object] = []
    bad = False
    for at, given in enumerate(value):
        result = json_node(given, None, depth) if walk is None else walk.descend(at, json_node, given, depth)
        if result is not BAD:
            copy.append(result)
        elif walk is None or walk.full:
            return BAD
        else:
            bad = True
    return BAD if bad else copy


def _object(value: dict[str, object], walk: Walk | None, depth: int) -> object:
    copy: dict[str, object] = {}
    bad = False
    for key in value if walk is None else sorted(value):
        if not is_free_key(key):
            result: object = refuse_key(walk, key)
        elif walk is None:
            result = json_node(value[key], None, depth)
        else:
            result = walk.descend(key, json_node, value[key], depth)
        if result is not BAD:
            copy[plain_text(key)] = result
        elif walk is None or walk.full:
            return BAD
        else:
            bad = True
    return BAD if bad else copy
