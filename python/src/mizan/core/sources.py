"""Where everything of a contract stands in the source; kept beside it, never in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from .contract import Contract
from .define import Context
from .desk import RegisteredError, RegisteredFunction
from .place import Place, relative_path, symbol_place


class SourcePlace(TypedDict):
    """A path below the project's root with `/`, and a line from 1."""

    path: str
    line: int


class Sources(TypedDict):
    """Places by kind and name."""

    functions: dict[str, SourcePlace]
    types: dict[str, SourcePlace]
    contexts: dict[str, SourcePlace]
    errors: dict[str, SourcePlace]


def sources_of(
    contract: Contract,
    functions: Iterable[RegisteredFunction],
    contexts: Iterable[Context],
    errors: Iterable[RegisteredError],
    symbols: Mapping[str, object],
    root: str,
) -> Sources:
    """The places of a registration, below the root."""

    def put(places: Iterable[tuple[str, Place | None]]) -> dict[str, SourcePlace]:
        return {
            name: SourcePlace(path=relative_path(place.file, root), line=place.line)
            for name, place in places
            if place is not None
        }

    return Sources(
        functions=put((one.decl.name, one.definition.place) for one in functions),
        types=put((decl.name, symbol_place(symbols.get(decl.name))) for decl in contract.types),
        contexts=put((one.name, one.place) for one in contexts),
        errors=put((one.decl.name, one.definition.place) for one in errors),
    )
