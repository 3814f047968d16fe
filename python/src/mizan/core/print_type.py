"""Types and values as nodes of the canonical text (spec clauses IR-TYPE, IR-VALUE)."""

from collections.abc import Iterable

from .contract import (
    BigintType,
    DecimalType,
    EnumType,
    FloatType,
    IntType,
    Json,
    ListType,
    MapType,
    NullableType,
    PlainType,
    RefType,
    StringType,
    Type,
    UnionType,
    UploadType,
)
from .print_text import print_number, print_string


def print_type(type: Type, pad: str) -> str:
    """Prints one type as a node, its lines indented by `pad`."""
    inner = f"{pad}  "
    match type:
        case StringType():
            sizes = _size("maxLength", type.max_length) + _size("minLength", type.min_length)
            return f"{pad}string{sizes}{_text('pattern', type.pattern)}\n"
        case IntType():
            bounds = _size("max", type.max) + _size("min", type.min)
            return f"{pad}int{bounds}{_size('multipleOf', type.multiple_of)}\n"
        case FloatType():
            return f"{pad}float{_size('max', type.max)}{_size('min', type.min)}\n"
        case BigintType():
            return f"{pad}bigint{_text('max', type.max)}{_text('min', type.min)}\n"
        case DecimalType():
            bounds = _text("max", type.max) + _text("min", type.min)
            return f"{pad}decimal{bounds}{_text('multipleOf', type.multiple_of)}\n"
        case PlainType("null"):
            # KDL keeps the word `null` for itself.
            return f"{pad}nothing\n"
        case PlainType():
            return f"{pad}{type.kind}\n"
        case UploadType():
            accept = None if type.accept is None else f"{inner}accept{_texts(type.accept)}\n"
            return f"{pad}upload{_size('maxSize', type.max_size)}{_children(accept, pad)}\n"
        case ListType() | MapType():
            counts = _size("maxItems", type.max_items) + _size("minItems", type.min_items)
            within = type.items if isinstance(type, ListType) else type.values
            return f"{pad}{type.kind}{counts}{_children(print_type(within, inner), pad)}\n"
        case NullableType():
            return f"{pad}nullable{_children(print_type(type.of, inner), pad)}\n"
        case RefType():
            return f"{pad}ref {print_string(type.name)}\n"
        case EnumType():
            return f"{pad}enum{_texts(type.values)}\n"
        case UnionType():
            arms = "".join(sorted(print_type(arm, inner) for arm in type.arms))
            tag = "#null" if type.tag is None else print_string(type.tag)
            return f"{pad}union tag={tag}{_children(arms, pad)}\n"


def print_value(head: str, value: Json, pad: str) -> str:
    """Prints a JSON value as the one argument or child of the node that `head` opens.

    `default 1`, or `default { list { item 1 } }`.
    """
    if value is None:
        return f"{pad}{head} #null\n"
    if isinstance(value, bool):
        return f"{pad}{head} {print_bool(value)}\n"
    if isinstance(value, int | float):
        return f"{pad}{head} {print_number(value)}\n"
    if isinstance(value, str):
        return f"{pad}{head} {print_string(value)}\n"
    deeper = f"{pad}    "
    if isinstance(value, list):
        kind = "list"
        items = [print_value("item", item, deeper) for item in value]
    else:
        kind = "map"
        entries = sorted(value.items(), key=lambda entry: entry[0])
        items = [print_value(f"entry {print_string(key)}", inner, deeper) for key, inner in entries]
    children = f"{pad}  {kind}{_children(''.join(items) or None, f'{pad}  ')}\n"
    return f"{pad}{head}{_children(children, pad)}\n"


def print_bool(value: bool) -> str:
    """A boolean as KDL writes it."""
    return "#true" if value else "#false"


def _children(lines: str | None, pad: str) -> str:
    return "" if lines is None else f" {{\n{lines}{pad}}}"


def _size(name: str, value: float | None) -> str:
    return "" if value is None else f" {name}={print_number(value)}"


def _text(name: str, value: str | None) -> str:
    return "" if value is None else f" {name}={print_string(value)}"


def _texts(values: Iterable[str]) -> str:
    return "".join(f" {print_string(value)}" for value in sorted(values))
