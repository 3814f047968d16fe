"""The contract as data: what a backend exports and everything else is derived from.

Names are wire names throughout. `spec/ir/` gives its one text form.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Final, Literal, TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None
"""A JSON value as `json.loads` yields it."""


class Absent(Enum):
    """The type of `ABSENT`, which is not null: null is a value (spec clause VAL-32)."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""Stands where there is no value at all."""

PlainKind = Literal["bool", "null", "datetime", "date", "time", "duration", "uuid", "bytes", "json"]
"""Kinds of type that have no constraints."""


@dataclass(frozen=True, slots=True)
class StringType:
    """A text, its length in code points, and an I-Regexp for the whole of it."""

    kind: ClassVar = "string"
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class IntType:
    """A whole number within 2^53-1."""

    kind: ClassVar = "int"
    min: int | None = None
    max: int | None = None
    multiple_of: int | None = None


@dataclass(frozen=True, slots=True)
class BigintType:
    """A whole number of any size as text, and so are its bounds."""

    kind: ClassVar = "bigint"
    min: str | None = None
    max: str | None = None


@dataclass(frozen=True, slots=True)
class DecimalType:
    """A decimal number as text, and so are its bounds."""

    kind: ClassVar = "decimal"
    min: str | None = None
    max: str | None = None
    multiple_of: str | None = None


@dataclass(frozen=True, slots=True)
class FloatType:
    """A finite double."""

    kind: ClassVar = "float"
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, slots=True)
class PlainType:
    """A type without constraints."""

    kind: PlainKind


@dataclass(frozen=True, slots=True)
class UploadType:
    """A file of a multipart request."""

    kind: ClassVar = "upload"
    max_size: int | None = None
    accept: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ListType:
    """Items of one type."""

    kind: ClassVar = "list"
    items: Type
    min_items: int | None = None
    max_items: int | None = None


@dataclass(frozen=True, slots=True)
class MapType:
    """Values of one type under free keys."""

    kind: ClassVar = "map"
    values: Type
    min_items: int | None = None
    max_items: int | None = None


@dataclass(frozen=True, slots=True)
class EnumType:
    """One of the listed texts."""

    kind: ClassVar = "enum"
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnionType:
    """Structs told apart by a tag, or arms of different JSON kinds."""

    kind: ClassVar = "union"
    arms: tuple[Type, ...]
    tag: str | None = None


@dataclass(frozen=True, slots=True)
class NullableType:
    """Null, or a value of the type within."""

    kind: ClassVar = "nullable"
    of: Type


@dataclass(frozen=True, slots=True)
class RefType:
    """A named type."""

    kind: ClassVar = "ref"
    name: str


@dataclass(frozen=True, slots=True)
class StructType:
    """Named fields; stands in type declarations only."""

    kind: ClassVar = "struct"
    fields: tuple[Field, ...] = ()


Type: TypeAlias = (
    StringType
    | IntType
    | BigintType
    | DecimalType
    | FloatType
    | PlainType
    | UploadType
    | ListType
    | MapType
    | EnumType
    | UnionType
    | NullableType
    | RefType
)
"""A type of the contract (spec clause IR-TYPE)."""

NamedType: TypeAlias = StructType | EnumType | UnionType
"""What a declared type may be: only structs must be named, enums and unions may stand inline."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a struct, an input, a declared error; also a parameter of a context."""

    name: str
    type: Type
    optional: bool = False
    """May be absent on the wire; with a default it is always present in output."""
    default: Json | Absent = ABSENT
    doc: str | None = None
    deprecated: str | None = None
    """The reason, possibly empty."""


@dataclass(frozen=True, slots=True)
class TypeDecl:
    """A named type."""

    name: str
    type: NamedType
    doc: str | None = None
    deprecated: str | None = None


@dataclass(frozen=True, slots=True)
class ContextDecl:
    """A named bundle of reads that share parameters."""

    name: str
    params: tuple[Field, ...] = ()
    """The union of the members' parameters."""
    members: tuple[str, ...] = ()
    cache_class: Literal["public", "user"] = "public"
    cache: int | None = None
    """Seconds; none: not cached."""
    rev: int = 0
    doc: str | None = None


@dataclass(frozen=True, slots=True)
class ScopeParam:
    """Where a parameter of an affected scope comes from: a field of the arguments or of the result."""

    param: str
    source: Literal["args", "result"]
    field: str


@dataclass(frozen=True, slots=True)
class Affects:
    """What a mutation makes stale; without parameters every instance. The member is a hint."""

    context: str
    member: str | None = None
    params: tuple[ScopeParam, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """A query whose value the mutation's result replaces, in the instance that the parameters name."""

    function: str
    params: tuple[ScopeParam, ...] = ()


AuthKind = Literal["none", "user", "staff", "superuser", "custom"]
"""Who may call a function, as the contract says it."""


@dataclass(frozen=True, slots=True)
class FunctionDecl:
    """A registered function. `context` makes it a query, `affects` or `merge` a mutation."""

    name: str
    context: str | None = None
    input: tuple[Field, ...] = ()
    output: Type = PlainType("null")
    """Of a streaming function the type of one item."""
    errors: tuple[str, ...] = ()
    auth: AuthKind = "none"
    private: bool = False
    stream: bool = False
    websocket: bool = False
    affects: tuple[Affects, ...] = ()
    merge: tuple[Merge, ...] = ()
    doc: str | None = None
    deprecated: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorDecl:
    """A declared error: its code is its name."""

    name: str
    status: int = 409
    fields: tuple[Field, ...] = ()
    doc: str | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """The whole contract. Lists are in any order; the printer sorts."""

    contexts: tuple[ContextDecl, ...] = ()
    errors: tuple[ErrorDecl, ...] = ()
    functions: tuple[FunctionDecl, ...] = ()
    types: tuple[TypeDecl, ...] = ()
