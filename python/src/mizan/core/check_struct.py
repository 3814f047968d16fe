"""Structs (spec clauses VAL-30 to VAL-36)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .check_object import reader
from .check_walk import BAD, MAX_DEPTH, Node, Walk, refuse, refuse_depth
from .contract import ABSENT


@dataclass(slots=True)
class CompiledField:
    """A field of a struct, compiled."""

    name: str
    """Its wire name, which findings use."""
    read: str
    """The key that it is read from."""
    write: str
    """The key that the canonical value has it under."""
    node: Node
    optional: bool
    """May be absent and then stays so."""
    fill: Callable[[], object] | None = None
    """Makes the default; a fresh one each time, since handlers may change what they are given."""


def struct_node(fields: Sequence[CompiledField], lenient: bool) -> Node:
    """Named fields, sorted by name; always a fresh dict with the declared ones only.

    Unknown keys are refused, or left out when `lenient` (output).
    """
    table = [(field.read, field.write, field.node, field) for field in fields]
    known = frozenset(field.read for field in fields)

    def check(value: object, walk: Walk | None, depth: int) -> object:
        get = value.get if value.__class__ is dict else reader(value)
        if get is None:
            return refuse(walk, "type", "must be an object")
        if depth >= MAX_DEPTH:
            return refuse_depth(walk)
        depth += 1
        bad = False
        present = 0
        copy: dict[str, object] = {}
        for read, write, node, field in table:
            given = get(read, ABSENT)
            if given is not ABSENT:
                present += 1
                if walk is None:
                    result = node(given, None, depth)
                else:
                    result = walk.descend(field.name, node, given, depth)
                if result is BAD:
                    if walk is None or walk.full:
                        return BAD
                    bad = True
                else:
                    copy[write] = result
            elif field.fill is not None:
                copy[write] = field.fill()
            elif not field.optional:
                if walk is None:
                    return BAD
                walk.note_at(field.name, "required", "is required")
                bad = True
        if not lenient and isinstance(value, dict) and len(value) > present:
            _refuse_unknown(value, known, walk)
            bad = True
        return BAD if bad else copy

    return check


def _refuse_unknown(value: dict[object, object], known: frozenset[str], walk: Walk | None) -> None:
    """Notes the keys that no field has, in order."""
    if walk is not None:
        for key in sorted(str(key) for key in value if key not in known):
            walk.note_at(key, "unknown", "is not known here")
