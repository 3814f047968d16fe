"""Compiles types of one contract into nodes of the value check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Literal

from .check_containers import list_node, map_node
from .check_json import json_node
from .check_number import bool_node, float_node, int_node, null_node
from .check_struct import CompiledField, struct_node
from .check_text import enum_node, form_node, number_text_node, string_node, upload_node
from .check_union import JsonKind, kind_union_node, tagged_union_node
from .check_walk import BAD, Node, Walk
from .contract import (
    Absent,
    BigintType,
    DecimalType,
    EnumType,
    Field,
    FloatType,
    IntType,
    Json,
    ListType,
    MapType,
    NamedType,
    NullableType,
    PlainType,
    RefType,
    StringType,
    StructType,
    Type,
    TypeDecl,
    UnionType,
    UploadType,
)

Direction = Literal["input", "output"]
"""Whether a value comes in or goes out."""

HostName = Callable[[str, str], str]
"""Gives the host's name of a field: from the struct's name (empty for arguments) and the wire name.

With it, input is read under wire names and handed on under the host's, output the other way round.
"""


class Compiler:
    """Compiles types of one contract in one direction; a named type is compiled once.

    Raises a `ValueError` on a contract that the contract check would refuse.
    """

    def __init__(
        self,
        types: Mapping[str, TypeDecl],
        direction: Direction,
        host_name: HostName | None = None,
    ) -> None:
        self._types = types
        self._lenient = direction == "output"
        self._host_name = host_name
        # Defaults stand in the contract under wire names, so output's are not read under the host's.
        self._defaults = Compiler(types, direction) if self._lenient and host_name is not None else self
        self._named: dict[str, Node] = {}
        self._pending: list[Callable[[], None]] = []

    def type(self, type: Type) -> Node:
        """The node of a type, ready to run."""
        return self._settled(lambda: self._node(type))

    def fields(self, fields: Sequence[Field]) -> Node:
        """The node of an object with these fields, ready to run."""
        return self._settled(lambda: self._struct("", fields))

    def _settled(self, make: Callable[[], Node]) -> Node:
        """Defaults are checked last, when every type that they may need is there."""
        node = make()
        pending, self._pending = self._pending, []
        for settle in pending:
            settle()
        return node

    def _node(self, type: Type) -> Node:
        match type:
            case StringType():
                return string_node(type)
            case IntType():
                return int_node(type)
            case BigintType() | DecimalType():
                return number_text_node(type)
            case FloatType():
                return float_node(type)
            case PlainType("bool"):
                return bool_node
            case PlainType("null"):
                return null_node
            case PlainType("json"):
                return json_node
            case PlainType():
                return form_node(type.kind)
            case UploadType():
                return upload_node
            case ListType():
                return list_node(self._node(type.items), type)
            case MapType():
                return map_node(self._node(type.values), type)
            case EnumType():
                return enum_node(type)
            case UnionType():
                return self._union(type)
            case NullableType():
                inner = self._node(type.of)
                return lambda value, walk, depth: None if value is None else inner(value, walk, depth)
            case RefType():
                return self._ref(type.name)

    def _ref(self, name: str) -> Node:
        known = self._named.get(name)
        if known is not None:
            return known
        # Stands for the type inside itself.
        self._named[name] = lambda value, walk, depth: node(value, walk, depth)
        type = self._decl(name).type
        node = self._struct(name, type.fields) if isinstance(type, StructType) else self._node(type)
        self._named[name] = node
        return node

    def _struct(self, name: str, fields: Sequence[Field]) -> Node:
        in_order = sorted(fields, key=lambda field: field.name)
        return struct_node([self._field(name, field) for field in in_order], self._lenient)

    def _field(self, struct: str, field: Field) -> CompiledField:
        host = self._host(struct, field.name)
        read, write = (host, field.name) if self._lenient else (field.name, host)
        made = CompiledField(field.name, read, write, self._node(field.type), field.optional)
        default = field.default
        if not isinstance(default, Absent):

            def circular() -> object:
                raise ValueError(f"the default of {field.name} needs itself")

            def settle() -> None:
                node = made.node if self._defaults is self else self._defaults.type(field.type)
                made.fill = _fill_with(field.name, default, node)

            made.fill = circular
            self._pending.append(settle)
        return made

    def _host(self, struct: str, name: str) -> str:
        return name if self._host_name is None else self._host_name(struct, name)

    def _union(self, type: UnionType) -> Node:
        if type.tag is not None:
            tag = type.tag
            tagged = {self.tag_of(arm, tag): self._node(arm) for arm in type.arms}
            hosts = {self._host(arm.name, tag) for arm in type.arms if isinstance(arm, RefType)}
            return tagged_union_node(tag, tuple(sorted(hosts)) if self._lenient else (tag,), tagged)
        arms: dict[JsonKind, Node] = {}
        for arm in type.arms:
            node = self._node(arm)
            for kind in self._json_kinds(arm):
                if kind in arms:
                    raise ValueError(f"two arms of a union are {kind}")
                arms[kind] = node
        return kind_union_node(arms)

    def tag_of(self, arm: Type, tag: str) -> str:
        """The text that tells an arm of a tagged union from the others."""
        body = self._decl(arm.name).type if isinstance(arm, RefType) else None
        fields = body.fields if isinstance(body, StructType) else ()
        type: Type | NamedType | None = next((one.type for one in fields if one.name == tag), None)
        if isinstance(type, RefType):
            type = self._decl(type.name).type
        if not isinstance(type, EnumType) or len(type.values) != 1:
            raise ValueError(f"an arm of a union has no {tag} of one value")
        return type.values[0]

    def _json_kinds(self, type: Type | NamedType) -> list[JsonKind]:
        match type:
            case IntType() | FloatType():
                return ["number"]
            case PlainType("bool"):
                return ["boolean"]
            case ListType():
                return ["array"]
            case MapType() | StructType():
                return ["object"]
            case UnionType():
                if type.tag is not None:
                    return ["object"]
                return [kind for arm in type.arms for kind in self._json_kinds(arm)]
            case RefType():
                return self._json_kinds(self._decl(type.name).type)
            case PlainType("json" | "null") | UploadType() | NullableType():
                raise ValueError(f"{type.kind} cannot be an arm of a union")
        return ["string"]

    def _decl(self, name: str) -> TypeDecl:
        decl = self._types.get(name)
        if decl is None:
            raise ValueError(f"there is no type {name}")
        return decl


def _fill_with(name: str, value: Json, node: Node) -> Callable[[], object]:
    """Makes a default in its canonical form, a fresh one each time (VAL-33, VAL-35)."""
    walk = Walk()
    canonical = node(value, walk, 1)
    if canonical is BAD:
        finding = walk.findings[0]
        raise ValueError(f"the default of {name}: {finding['path'] or 'it'} {finding['message']}")
    if isinstance(canonical, list | dict):
        return lambda: deepcopy(canonical)
    return lambda: canonical
