"""Annotations as types of the contract: what Pydantic reads, said in the words of `spec/ir`."""

from __future__ import annotations

import collections.abc
import dataclasses
import enum
import types
from collections.abc import Sequence
from typing import Annotated, Any, Literal, NewType, TypeVar, Union, get_args, get_origin

from pydantic import JsonValue
from pydantic.errors import PydanticUserError

from .annotation_constraints import Constraints
from .annotation_default import default_json
from .annotation_fields import (
    FieldFault,
    RawField,
    alias_value,
    fields_of_class,
    is_struct,
    substitute,
    type_arguments,
)
from .annotation_names import TypeNames
from .annotation_pattern import NoPatternError
from .annotation_scalar import NO_FORM, scalar_type, unusual_type
from .annotation_shape import (
    ALIASES,
    arms_of,
    bare_of,
    chooses,
    chosen,
    generic_name,
    is_root,
    is_union,
    recursive_model,
    type_name,
    without_own_text,
)
from .annotation_union import Arm, UnionFault, json_kinds, make_union
from .annotation_where import JSON, Where
from .contract import (
    ABSENT,
    EnumType,
    Field,
    ListType,
    MapType,
    NamedType,
    NullableType,
    PlainType,
    RefType,
    StructType,
    Type,
    UnionType,
)
from .doc_text import class_doc, deprecation, pascal

NULL = PlainType("null")

_LISTS = (list, collections.abc.Sequence, collections.abc.MutableSequence, collections.deque)
_MAPS = (dict, collections.abc.Mapping, collections.abc.MutableMapping, collections.OrderedDict)
_SETS = (set, frozenset, collections.abc.Set, collections.abc.MutableSet)
_STREAMS = (
    collections.abc.Iterator,
    collections.abc.AsyncIterator,
    collections.abc.Generator,
    collections.abc.AsyncGenerator,
    collections.abc.Iterable,
    collections.abc.AsyncIterable,
)


class Annotations:
    """Reads annotations; every class that has a name on the wire goes to `names`."""

    def __init__(self) -> None:
        self.names = TypeNames()
        self._open: list[Any] = []

    def type(self, annotation: Any, where: Where, metadata: Sequence[Any] = ()) -> Type:
        """The type of an annotation in one direction."""
        metadata = tuple(metadata)
        while True:
            origin = get_origin(annotation)
            if origin is Annotated:
                annotation, *inner = get_args(annotation)
                metadata = (*inner, *metadata)
            elif isinstance(annotation, NewType):
                annotation = annotation.__supertype__
            elif isinstance(annotation, TypeVar):
                known = where.given.get(annotation, annotation.__bound__)
                if known is None:
                    return where.refuse(
                        f"nothing is given for the type variable {annotation.__name__}",
                        f"Say what it is: Page[Ticket] instead of Page[{annotation.__name__}].",
                    )
                annotation = known
            else:
                break
        if annotation is JsonValue or annotation is Any:
            return JSON
        if annotation is None or annotation is types.NoneType:
            return NULL
        if isinstance(origin or annotation, ALIASES):
            return self._alias(annotation, where, metadata)
        if origin is Union or origin is types.UnionType:
            return self._union(annotation, where)
        if origin is Literal:
            return self._literals(get_args(annotation), where)
        return self._class(annotation, origin or annotation, get_args(annotation), where, metadata)

    def fields(self, raws: Sequence[RawField], where: Where) -> tuple[Field, ...]:
        """Fields by wire name."""
        return tuple(sorted((self.field(raw, where) for raw in raws), key=lambda one: one.name))

    def field(self, raw: RawField, where: Where) -> Field:
        """One field: a default makes it always present, else it may be absent when it is not required."""
        at = dataclasses.replace(where.at(f".{raw.name}" if where.path else raw.name), given=raw.given)
        type = self.type(raw.annotation, at, raw.metadata)
        default: Any = ABSENT
        if raw.default is not ABSENT:
            default = default_json(raw, type, at.complain, at.path)
        return Field(
            name=raw.wire,
            type=type,
            optional=not raw.required and raw.default is ABSENT,
            default=default,
            doc=raw.doc,
            deprecated=raw.deprecated,
        )

    def _alias(self, annotation: Any, where: Where, metadata: Sequence[Any]) -> Type:
        origin = get_origin(annotation) or annotation
        arguments = get_args(annotation)
        given = type_arguments(origin, arguments, where.given)
        try:
            value = substitute(alias_value(origin), given)
        except NameError as error:
            return where.refuse(f"{origin.__name__}: {error}", "Import it where the alias stands.")
        key = (origin, arguments)
        if not chooses(value):
            if key in self._open:
                return where.refuse(
                    "a type contains itself without an object in between", "Put a model in between."
                )
            self._open.append(key)
            type = self.type(value, where, metadata)
            self._open.pop()
            return type

        def read() -> tuple[NamedType, str | None, str | None] | None:
            made = self.type(value, where)
            bare = made.of if isinstance(made, NullableType) else made
            return (bare, None, None) if isinstance(bare, EnumType | UnionType) else None

        name = generic_name(origin.__name__, arguments)
        return self._nullable(value, self.names.declare(name, key, where.direction, where.complain, read))

    def _nullable(self, value: Any, ref: RefType) -> Type:
        arms = get_args(bare_of(value)) if is_union(bare_of(value)) else ()
        return NullableType(ref) if types.NoneType in arms else ref

    def _union(self, annotation: Any, where: Where) -> Type:
        arms = [self._arm(arm, where) for arm in arms_of(annotation)]
        try:
            return make_union(arms)
        except UnionFault as fault:
            return where.refuse(str(fault), fault.help)

    def _arm(self, annotation: Any, where: Where) -> Arm:
        type = self.type(annotation, where)
        bare = bare_of(annotation)
        origin = get_origin(bare) or bare
        if isinstance(bare, TypeVar):
            return self._arm(where.given.get(bare, bare.__bound__), where)
        if isinstance(type, RefType) and is_struct(origin) and not is_root(origin):
            given = type_arguments(origin, get_args(bare), where.given)
            try:
                return Arm(type, tuple(fields_of_class(origin, where.direction, given)))
            except Exception:
                # Reading the class itself has said what is wrong.
                return Arm(type)
        if isinstance(type, RefType) and isinstance(bare, enum.EnumMeta):
            return Arm(type, kinds=("string",))
        if isinstance(type, RefType) and is_root(origin):
            return Arm(type, kinds=json_kinds(self.type(origin.model_fields["root"].annotation, where)))
        return Arm(type)

    def _literals(self, values: Sequence[Any], where: Where) -> Type:
        plain = [value.value if isinstance(value, enum.Enum) else value for value in values]
        rest = [value for value in plain if value is not None]
        if not rest:
            return NULL
        type = chosen(rest)
        if type is None:
            return where.refuse("a Literal has only texts, only whole numbers or only booleans", "Use texts.")
        return type if len(rest) == len(plain) else NullableType(type)

    def _class(
        self, annotation: Any, origin: Any, arguments: Sequence[Any], where: Where, metadata: Sequence[Any]
    ) -> Type:
        limits = Constraints(metadata)
        try:
            scalar = scalar_type(origin, metadata, limits)
        except NoPatternError as error:
            return where.refuse(
                f"its pattern is no I-Regexp (RFC 9485): {error}",
                "Write it without lookaround, back references and flags, or move it into a validator.",
            )
        if scalar is not None:
            return scalar
        if origin in _LISTS or (origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis):
            items = self.type(arguments[0], where.at("[]")) if arguments else JSON
            return ListType(items, limits.count("min_length"), limits.most())
        if origin in _MAPS:
            return self._map(arguments, where, limits)
        if isinstance(origin, type) and issubclass(origin, tuple) and hasattr(origin, "_fields"):
            return where.refuse(
                f"{origin.__name__} is a NamedTuple, which Pydantic writes as a list without names",
                "Make it a dataclass or a model.",
            )
        if origin is tuple:
            return where.refuse(
                "a tuple has no form in the contract", "Use a model with a field for each item."
            )
        if origin in _SETS:
            return where.refuse("a set has no order on the wire", "Use a list.")
        if origin in _STREAMS:
            return where.refuse("an iterator has no one value", "Use a list.")
        if isinstance(origin, enum.EnumMeta):
            return self._enum(origin, where)
        if (again := recursive_model(annotation, self._open)) is not None:
            return self._struct(again, (), where)
        if is_struct(origin):
            return self._struct(origin, tuple(arguments), where)
        found = unusual_type(annotation, limits)
        return (
            found if found is not None else where.refuse(f"{type_name(annotation)} has no wire form", NO_FORM)
        )

    def _map(self, arguments: Sequence[Any], where: Where, limits: Constraints) -> Type:
        key, values = (*arguments, str, Any)[:2] if len(arguments) != 2 else arguments
        if bare_of(key) is not str:
            return where.refuse(
                f"the keys of a map are texts, and {type_name(key)} is none", "Use dict[str, …]."
            )
        return MapType(self.type(values, where.at("{}")), limits.count("min_length"), limits.most())

    def _enum(self, cls: enum.EnumMeta, where: Where) -> Type:
        values: list[Any] = [member.value for member in cls]  # type: ignore[var-annotated]  # any Enum
        type = None if issubclass(cls, enum.Flag) else chosen(values)
        if type is None:
            return where.refuse(
                f"the members of {cls.__name__} are not all texts, nor all whole numbers",
                "Give each member a text.",
            )
        if not isinstance(type, EnumType):
            return type
        found = (type, class_doc(cls), deprecation(getattr(cls, "__deprecated__", None)))
        return self.names.declare(pascal(cls.__name__), cls, where.direction, where.complain, lambda: found)

    def _struct(self, origin: Any, arguments: tuple[Any, ...], where: Where) -> Type:
        arguments = tuple(substitute(one, where.given) for one in arguments)
        name = generic_name(origin.__name__, arguments)
        given = type_arguments(origin, arguments, where.given)

        def read() -> tuple[NamedType, str | None, str | None] | None:
            try:
                raws = [without_own_text(raw) for raw in fields_of_class(origin, where.direction, given)]
            except FieldFault as fault:
                where.refuse(f"{name}: {fault}", fault.help)
                return None
            except (NameError, TypeError, PydanticUserError) as error:
                where.refuse(f"{name}: {str(error).splitlines()[0]}", "Import it where the class stands.")
                return None
            self.names.fields[name] = {raw.name: raw.wire for raw in raws}
            self._open.append(origin)
            fields = self.fields(raws, where)
            self._open.pop()
            return StructType(fields), class_doc(origin), deprecation(getattr(origin, "__deprecated__", None))

        if is_root(origin):
            return self._root(origin, name, where)
        return self.names.declare(name, (origin, arguments), where.direction, where.complain, read)

    def _root(self, cls: Any, name: str, where: Where) -> Type:
        info = cls.model_fields["root"]
        if not chooses(info.annotation):
            if cls in self._open:
                return where.refuse(
                    "a type contains itself without an object in between", "Put a model in between."
                )
            self._open.append(cls)
            type = self.type(info.annotation, where, info.metadata)
            self._open.pop()
            return type

        def read() -> tuple[NamedType, str | None, str | None] | None:
            made = self.type(info.annotation, where, info.metadata)
            bare = made.of if isinstance(made, NullableType) else made
            return (bare, class_doc(cls), None) if isinstance(bare, EnumType | UnionType) else None

        ref = self.names.declare(name, cls, where.direction, where.complain, read)
        return self._nullable(info.annotation, ref)
