"""The fields of models, dataclasses, typed dictionaries and signatures, before their types are read."""

from __future__ import annotations

import dataclasses
import sys
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar, get_args, get_origin

import typing_extensions
from pydantic import BaseModel
from pydantic.fields import ComputedFieldInfo, FieldInfo
from pydantic_core import PydanticUndefined

from .contract import ABSENT
from .doc_text import deprecation, trim_doc
from .names import camel_from_snake

Direction: TypeAlias = Literal["input", "output"]

Given: TypeAlias = Mapping[Any, Any]
"""What stands for type variables."""


class FieldFault(Exception):
    """A field that cannot be on the wire: says why, and how to mend it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class RawField:
    """A field as it was written."""

    name: str
    """In Python."""
    wire: str
    annotation: Any
    metadata: tuple[Any, ...] = ()
    required: bool = True
    default: Any = ABSENT
    """In Python; absent with `required` false: it may be absent on the wire."""
    doc: str | None = None
    deprecated: str | None = None
    given: Given = field(default_factory=dict)


def field_of(name: str, info: FieldInfo, direction: Direction, given: Given | None = None) -> RawField:
    """A field that Pydantic has read; its alias in this direction is its wire name."""
    required = info.is_required()
    default: Any = ABSENT
    if not required and info.default is not PydanticUndefined:
        default = info.default
    elif info.default_factory in (list, dict):
        default = typing.cast(Callable[[], Any], info.default_factory)()
    return RawField(
        name=name,
        wire=_wire_name(name, info, direction),
        annotation=info.annotation,
        metadata=tuple(info.metadata),
        required=required,
        default=default,
        doc=trim_doc(info.description),
        deprecated=deprecation(info.deprecated),
        given=given or {},
    )


def fields_of_class(cls: Any, direction: Direction, given: Given) -> Iterator[RawField]:
    """The fields of a model, dataclass or typed dictionary; raises `FieldFault` and what Pydantic raises."""
    if is_model(cls):
        return _model_fields(cls, direction)
    if dataclasses.is_dataclass(cls):
        return _dataclass_fields(typing.cast(type, cls), direction, given)
    return _typed_dict_fields(cls, direction, given)


def is_model(cls: Any) -> bool:
    """Whether it is a model of Pydantic's."""
    return isinstance(cls, type) and issubclass(cls, BaseModel)


def is_struct(cls: Any) -> bool:
    """Whether a class has named fields that travel."""
    return isinstance(cls, type) and (
        is_model(cls) or dataclasses.is_dataclass(cls) or typing_extensions.is_typeddict(cls)
    )


def _model_fields(cls: type[BaseModel], direction: Direction) -> Iterator[RawField]:
    if not cls.__pydantic_complete__:
        cls.model_rebuild()
    if cls.model_config.get("extra") == "allow":
        raise FieldFault(
            "a model has fields and other keys besides",
            'Leave out extra="allow", or move the other keys into a field of type dict.',
        )
    for name, info in cls.model_fields.items():
        if direction == "input" or info.exclude is not True:
            yield field_of(name, info, direction)
    if direction == "output":
        for name, computed in cls.model_computed_fields.items():
            yield _computed(name, computed)


def _computed(name: str, info: ComputedFieldInfo) -> RawField:
    return RawField(
        name=name,
        wire=info.alias or camel_from_snake(name),
        annotation=info.return_type,
        doc=trim_doc(info.description),
        deprecated=deprecation(info.deprecated),
    )


def _dataclass_fields(cls: type, direction: Direction, given: Given) -> Iterator[RawField]:
    infos: Mapping[str, FieldInfo] = getattr(cls, "__pydantic_fields__", {})
    hints = {} if infos else typing.get_type_hints(cls, include_extras=True)
    for one in dataclasses.fields(cls):
        if direction == "input" and not one.init:
            continue
        info = infos.get(one.name) or FieldInfo.from_annotated_attribute(hints[one.name], one)
        yield field_of(one.name, info, direction, given)


def _typed_dict_fields(cls: Any, direction: Direction, given: Given) -> Iterator[RawField]:
    required: frozenset[str] = cls.__required_keys__
    for name, hint in typing_extensions.get_type_hints(cls, include_extras=True).items():
        must = name in required
        bare = hint
        while (origin := get_origin(bare)) in _QUALIFIERS:
            must = _PRESENCE.get(origin, must)
            bare = get_args(bare)[0]
        info = FieldInfo.from_annotation(bare)
        read = field_of(name, info, direction, given)
        yield dataclasses.replace(read, required=False) if not must else read


_PRESENCE: dict[Any, bool] = {
    typing.Required: True,
    typing.NotRequired: False,
    typing_extensions.Required: True,
    typing_extensions.NotRequired: False,
}
_QUALIFIERS: set[Any] = {*_PRESENCE, typing_extensions.ReadOnly}


def _wire_name(name: str, info: FieldInfo, direction: Direction) -> str:
    alias = info.validation_alias if direction == "input" else info.serialization_alias
    if alias is not None and not isinstance(alias, str):
        raise FieldFault(
            f"{name} has several names on the wire",
            f"Give it one: Field(alias={camel_from_snake(name)!r}).",
        )
    return alias or info.alias or camel_from_snake(name)


def evaluated(annotation: Any, scope: Mapping[str, Any], local: Mapping[str, Any] | None = None) -> Any:
    """An annotation with its texts read, at any depth; raises what reading them raises."""
    holder: Any = type("_", (), {"__annotations__": {"it": annotation}})
    return typing.get_type_hints(holder, dict(scope), dict(local or {}), include_extras=True)["it"]


def alias_value(alias: Any) -> Any:
    """What a type alias stands for."""
    module = sys.modules.get(getattr(alias, "__module__", None) or "")
    return evaluated(alias.__value__, vars(module) if module else {})


def type_arguments(origin: Any, arguments: tuple[Any, ...], given: Given) -> Given:
    """What stands for the type variables of a generic class."""
    parameters: tuple[Any, ...] = getattr(origin, "__parameters__", ()) or getattr(
        origin, "__type_params__", ()
    )
    return dict(zip(parameters, (substitute(one, given) for one in arguments), strict=False))


def substitute(annotation: Any, given: Given) -> Any:
    """An annotation with what stands for its type variables."""
    if isinstance(annotation, TypeVar):
        return given.get(annotation, annotation)
    parameters = getattr(annotation, "__parameters__", ())
    if not given or not parameters or isinstance(annotation, type | types.FunctionType):
        return annotation
    return annotation[tuple(given.get(one, one) for one in parameters)]
