"""Types in a few words, for messages."""

import json
from collections.abc import Sequence

from .contract import (
    EnumType,
    ListType,
    MapType,
    NamedType,
    NullableType,
    PlainType,
    RefType,
    Type,
    UnionType,
)


def describe_type(type: Type | NamedType) -> str:
    """`int`, `list of Profile`, `"open" or "closed"`, `date or null`."""
    match type:
        case RefType(name=name):
            return name
        case ListType(items=items):
            return f"list of {describe_type(items)}"
        case MapType(values=values):
            return f"map of {describe_type(values)}"
        case NullableType(of=of):
            return f"{describe_type(of)} or null"
        case EnumType(values=texts):
            return _list_or([json.dumps(text, ensure_ascii=False) for text in texts])
        case UnionType(arms=arms):
            return _list_or([describe_type(arm) for arm in arms])
        case PlainType(kind="null"):
            return "nothing"
        case _:
            return type.kind


def _list_or(words: Sequence[str]) -> str:
    shown = words if len(words) <= 6 else [*words[:5], f"{len(words) - 5} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
