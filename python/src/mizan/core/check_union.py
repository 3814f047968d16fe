"""Unions (spec clauses VAL-90 to VAL-92)."""

import json
from collections.abc import Mapping
from typing import Literal

from .check_object import reader
from .check_walk import BAD, Node, Walk, refuse
from .contract import ABSENT

JsonKind = Literal["string", "number", "boolean", "array", "object"]
"""The kinds of JSON value that arms of a union may be told apart by."""

_KINDS: dict[type, JsonKind] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    list: "array",
    dict: "object",
}


def kind_of(value: object) -> JsonKind | None:
    """The kind of JSON value; an object of a class counts as an object, null as nothing (VAL-86, VAL-90)."""
    known = _KINDS.get(value.__class__)
    if known is not None:
        return known
    for kind, name in _KINDS.items():
        if isinstance(value, kind):
            return name
    return None if reader(value) is None else "object"


def kind_union_node(arms: Mapping[JsonKind, Node]) -> Node:
    """Arms of different JSON kinds (VAL-91)."""
    message = f"must be one of these: {', '.join(arms)}"

    def check(value: object, walk: Walk | None, depth: int) -> object:
        kind = kind_of(value)
        node = None if kind is None else arms.get(kind)
        return refuse(walk, "union", message) if node is None else node(value, walk, depth)

    return check


def tagged_union_node(tag: str, reads: tuple[str, ...], arms: Mapping[str, Node]) -> Node:
    """Structs told apart by the text of one field, which may be read under several host names (VAL-92)."""
    message = f"must be one of {', '.join(json.dumps(value) for value in arms)}"

    def check(value: object, walk: Walk | None, depth: int) -> object:
        get = reader(value)
        if get is None:
            return refuse(walk, "type", "must be an object")
        given: object = ABSENT
        for read in reads:
            given = get(read, ABSENT)
            if given is not ABSENT:
                break
        node = arms.get(given) if isinstance(given, str) else None
        if node is not None:
            return node(value, walk, depth)
        if walk is not None:
            if given is ABSENT:
                walk.note_at(tag, "required", "is required")
            else:
                walk.note_at(tag, "union", message)
        return BAD

    return check
