"""The named types of a contract, gathered while annotations are read."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from .annotation_fields import Direction
from .contract import NamedType, RefType, StructType, TypeDecl
from .mistake import Complain
from .names import is_type_name
from .place import Place, symbol_place


@dataclass(slots=True)
class _Reading:
    symbol: Any
    direction: Direction
    decl: TypeDecl
    complain: Complain


@dataclass(slots=True)
class TypeNames:
    """Every class gets one name, and every name one type."""

    fields: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of structs: wire names by Python names."""
    symbols: dict[str, Any] = field(default_factory=dict)
    """The class or alias that a name was taken from."""
    _seen: set[Hashable] = field(default_factory=set)
    _readings: dict[str, list[_Reading]] = field(default_factory=dict)

    def declare(
        self,
        name: str,
        symbol: Any,
        direction: Direction,
        complain: Complain,
        read: Callable[[], tuple[NamedType, str | None, str | None] | None],
    ) -> RefType:
        """Refers to a named type; `read` gives type, documentation and deprecation at the first time only.

        None: it was refused.
        """
        key = (name, symbol, direction)
        if key not in self._seen:
            self._seen.add(key)
            self.symbols.setdefault(name, symbol)
            if not is_type_name(name):
                complain(
                    f'"{name}" cannot be the name of a type',
                    "It is PascalCase: ASCII letters and digits, at most 64.",
                )
            elif (found := read()) is not None:
                type, doc, deprecated = found
                decl = TypeDecl(name, type, doc, deprecated)
                self._readings.setdefault(name, []).append(_Reading(symbol, direction, decl, complain))
        return RefType(name)

    def declarations(self) -> tuple[TypeDecl, ...]:
        """All named types by name."""
        return tuple(_first(self._readings[name]) for name in sorted(self._readings))

    def place_of(self, name: str) -> Place | None:
        """Where the class or alias behind a type stands."""
        return symbol_place(self.symbols.get(name))

    def refuse_doubles(self) -> None:
        """Reports names that stand for two types."""
        for name, readings in sorted(self._readings.items()):
            first = readings[0]
            other = next((one for one in readings[1:] if _bare(one.decl) != _bare(first.decl)), None)
            if other is None:
                continue
            if other.symbol == first.symbol:
                other.complain(
                    f"{name} is one type coming in and another going out",
                    "A computed or excluded field, a default of one direction, an alias of one: "
                    "make two classes of it.",
                )
            else:
                other.complain(
                    f"two different types are named {name}: "
                    f"{_module(first.symbol)} and {_module(other.symbol)}",
                    "Rename one of them.",
                )


def _first(readings: list[_Reading]) -> TypeDecl:
    """Of several documentations the first by code point: never the order of discovery."""
    docs = sorted(one.decl.doc for one in readings if one.decl.doc is not None)
    return replace(readings[0].decl, doc=docs[0] if docs else None)


def _bare(decl: TypeDecl) -> NamedType:
    if not isinstance(decl.type, StructType):
        return decl.type
    bare = (replace(one, doc=None, deprecated=None) for one in decl.type.fields)
    return StructType(tuple(sorted(bare, key=lambda one: one.name)))


def _module(symbol: Any) -> str:
    bare = symbol[0] if isinstance(symbol, tuple) else symbol
    name = getattr(bare, "__qualname__", getattr(bare, "__name__", str(bare)))
    return f"{getattr(bare, '__module__', '?')}.{name}"
