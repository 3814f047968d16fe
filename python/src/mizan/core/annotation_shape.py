"""What annotations look like, before they are read."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typing_extensions
from pydantic import RootModel

from .annotation_fields import RawField, alias_value, is_model
from .annotation_union import literal_of
from .contract import ABSENT, EnumType, IntType, PlainType
from .doc_text import pascal

ALIASES: tuple[type, ...] = tuple(
    {
        getattr(module, "TypeAliasType")  # noqa: B009
        for module in (typing, typing_extensions)
        if hasattr(module, "TypeAliasType")
    }
)


def bare_of(annotation: Any) -> Any:
    """An annotation without what is annotated to it."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def is_union(annotation: Any) -> bool:
    """Whether it is a union in either spelling."""
    return get_origin(annotation) in (Union, types.UnionType)


def chooses(annotation: Any) -> bool:
    """Whether it is an enum or a union once null is taken away: what may have a name of its own."""
    bare = bare_of(annotation)
    if get_origin(bare) is Literal:
        return all(isinstance(getattr(one, "value", one), str) for one in get_args(bare))
    return is_union(bare) and len([one for one in get_args(bare) if one is not types.NoneType]) > 1


def arms_of(annotation: Any) -> list[Any]:
    """The arms of a union, those of unions inside of it among them."""
    bare = bare_of(annotation)
    alias: Any = get_origin(bare) or bare
    if isinstance(alias, ALIASES) and not get_args(bare) and is_union(bare_of(value_of(alias))):
        return arms_of(value_of(alias))
    return [arm for one in get_args(bare) for arm in arms_of(one)] if is_union(bare) else [annotation]


def value_of(alias: Any) -> Any:
    """What a type alias stands for; nothing where it leads nowhere."""
    try:
        return alias_value(alias)
    except NameError:
        # Reading the alias itself says what is wrong.
        return None


def chosen(values: Sequence[Any]) -> EnumType | IntType | PlainType | None:
    """The type of texts, whole numbers or booleans to choose from."""
    if values and all(isinstance(value, str) for value in values):
        return EnumType(tuple(sorted(set(map(str.__str__, values)))))
    if all(isinstance(value, bool) for value in values):
        return PlainType("bool")
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        # The contract has no enum of numbers: the bounds go in, Pydantic keeps the rest.
        return IntType(min=int(min(values)), max=int(max(values)))
    return None


def is_root(cls: Any) -> bool:
    """Whether it is a model that is what it holds."""
    return is_model(cls) and issubclass(cls, RootModel)


def recursive_model(annotation: Any, around: Sequence[Any]) -> Any:
    """The generic model that a field of it holds again: Pydantic leaves only a reference there."""
    ref = getattr(annotation, "type_ref", None)
    if not isinstance(ref, str):
        return None
    for model in reversed(around):
        origin = getattr(model, "__pydantic_generic_metadata__", {}).get("origin")
        if ref.startswith(f"{origin.__module__}.{origin.__qualname__}:{id(origin)}" if origin else "\0"):
            return model
    return None


def without_own_text(raw: RawField) -> RawField:
    """A default that is the only text allowed says nothing, and would keep the field from being a tag."""
    text = literal_of(raw)
    default = raw.default.value if isinstance(raw.default, enum.Enum) else raw.default
    if text is None or default != text:
        return raw
    return dataclasses.replace(raw, required=True, default=ABSENT)


def generic_name(name: str, arguments: Sequence[Any]) -> str:
    """`Page` of `Ticket` is `PageTicket`."""
    return pascal(f"{name}[{','.join(map(type_name, arguments))}]")


def type_name(annotation: Any) -> str:
    """An annotation in a few words."""
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation.__name__
    return str(annotation).replace("typing.", "")
