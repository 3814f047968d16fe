"""Lists and maps (spec clauses VAL-40, VAL-41)."""

from .check_object import is_free_key, is_object, refuse_key
from .check_text import plain_text
from .check_walk import BAD, MAX_DEPTH, Node, Walk, refuse, refuse_depth
from .contract import ListType, MapType


def list_node(items: Node, type: ListType) -> Node:
    """Items of one type; always a fresh list."""

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if not isinstance(value, list):
            return refuse(walk, "type", "must be an array")
        if depth >= MAX_DEPTH:
            return refuse_depth(walk)
        bad = _count_is_bad(type, len(value), "items", walk)
        if bad and walk is None:
            return BAD
        depth += 1
        copy: list[object] = []
        for at, given in enumerate(value):
            result = items(given, None, depth) if walk is None else walk.descend(at, items, given, depth)
            if result is BAD:
                if walk is None or walk.full:
                    return BAD
                bad = True
            else:
                copy.append(result)
        return BAD if bad else copy

    return check


def map_node(values: Node, type: MapType) -> Node:
    """Values of one type under any keys but two; always a fresh dict."""

    def check(value: object, walk: Walk | None, depth: int) -> object:
        if not is_object(value):
            return refuse(walk, "type", "must be an object")
        if depth >= MAX_DEPTH:
            return refuse_depth(walk)
        bad = _count_is_bad(type, len(value), "entries", walk)
        if bad and walk is None:
            return BAD
        depth += 1
        copy: dict[str, object] = {}
        for key in value if walk is None else sorted(value):
            if not is_free_key(key):
                result: object = refuse_key(walk, key)
            elif walk is None:
                result = values(value[key], None, depth)
            else:
                result = walk.descend(key, values, value[key], depth)
            if result is BAD:
                if walk is None or walk.full:
                    return BAD
                bad = True
            else:
                copy[plain_text(key)] = result
        return BAD if bad else copy

    return check


def _count_is_bad(type: ListType | MapType, count: int, what: str, walk: Walk | None) -> bool:
    bad = False
    if type.min_items is not None and count < type.min_items:
        bad = refuse(walk, "minItems", f"must have at least {type.min_items} {what}") is BAD
    if type.max_items is not None and count > type.max_items:
        bad = refuse(walk, "maxItems", f"must have at most {type.max_items} {what}") is BAD
    return bad
