"""Reads modules into a contract, or says everything that is wrong with them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .collect import Found, collect
from .contract import Contract
from .define import Context, FunctionDefinition
from .desk import Desk, RegisteredError, RegisteredFunction
from .host import HostTypes
from .mistake import Mistake, RegistrationError
from .names import camel_from_snake, is_name
from .place import print_place
from .register_checks import validate_contract
from .register_context import register_contexts
from .register_defaults import canonical_defaults
from .register_function import draft_function
from .register_pydantic import check_annotations
from .register_targets import resolve_targets
from .sources import Sources, sources_of


@dataclass(frozen=True)
class Registry:
    """Everything that a server is made of, checked."""

    functions: tuple[RegisteredFunction, ...]
    contexts: tuple[Context, ...]
    errors: tuple[RegisteredError, ...]
    contract: Contract
    symbols: Mapping[str, object]
    """The classes and aliases that named types were taken from."""
    found: Found
    root: str

    @cached_property
    def sources(self) -> Sources:
        """Where everything stands."""
        return sources_of(self.contract, self.functions, self.contexts, self.errors, self.symbols, self.root)


def register(modules: Sequence[object], host_types: HostTypes, root: str | None = None) -> Registry:
    """Reads modules into a contract; raises a `RegistrationError` with everything that is wrong.

    `root` is the project's folder: places are told below it.
    """
    root = os.getcwd() if root is None else str(root)
    host = next(iter(host_types.names), "mizan")
    mistakes: list[Mistake] = []
    found = collect(modules, mistakes, host)
    desk = Desk(root, host_types, found, mistakes)
    if not found.functions and not mistakes:
        mistakes.append(
            Mistake(
                place=None,
                subject=host,
                message="the modules hold no server function",
                help="Decorate functions with @client, and pass the modules that they are written in.",
            )
        )
    for name, definition in _named(desk):
        desk.drafts[name] = draft_function(desk, name, definition)
    contexts = register_contexts(desk)
    resolve_targets(desk, contexts)
    desk.annotations.names.refuse_doubles()
    contract = canonical_defaults(
        Contract(
            contexts=contexts,
            errors=tuple(error.decl for error in desk.errors.values()),
            functions=tuple(draft.decl for draft in desk.drafts.values()),
            types=desk.annotations.names.declarations(),
        )
    )
    for decl in contract.functions:
        desk.drafts[decl.name].decl = decl
    validate_contract(desk, contract)
    if not mistakes:
        check_annotations(desk)
    if mistakes:
        raise RegistrationError(_in_order(mistakes), root)
    return Registry(
        functions=tuple(desk.drafts.values()),
        contexts=tuple(desk.contexts.values()),
        errors=tuple(desk.errors.values()),
        contract=contract,
        symbols=desk.annotations.names.symbols,
        found=found,
        root=root,
    )


def _in_order(mistakes: Iterable[Mistake]) -> list[Mistake]:
    """By file and line, so that one reads them from top to bottom."""
    return sorted(mistakes, key=lambda one: (one.place.file, one.place.line) if one.place else ("", 0))


def _named(desk: Desk) -> list[tuple[str, FunctionDefinition]]:
    """Wire names, sorted; each of one function only, also when case is ignored."""
    taken: dict[str, tuple[str, FunctionDefinition]] = {}
    for definition in desk.found.functions:
        python = definition.handler.__name__
        given = definition.options.name
        name = camel_from_snake(python) if given is None else str(given)
        complain = desk.complainer(python, definition.place)
        if not is_name(name):
            complain(
                f'"{name}" is no wire name',
                "Wire names are lowerCamelCase, ASCII, at most 64 letters and digits: "
                f"name={_wire_name(name)!r}.",
            )
        other = taken.setdefault(name.lower(), (name, definition))
        if other[1] is not definition:
            complain(*_clash(desk, name, *other))
    return sorted(taken.values(), key=lambda one: one[0])


def _clash(desk: Desk, name: str, other: str, definition: FunctionDefinition) -> tuple[str, str]:
    where = "" if definition.place is None else f"{print_place(definition.place, desk.root)} "
    same = f"and so is {where}{definition.handler.__name__}"
    if other != name:
        same = f'and {where}{definition.handler.__name__} "{other}" differs by case only'
    return (
        f'would be "{name}" on the wire, {same}',
        f'Rename one of them, or give it a wire name: @client(…, name="other{name[:1].upper()}{name[1:]}").',
    )


def _wire_name(name: str) -> str:
    camel = camel_from_snake("".join(char if char.isascii() and char.isalnum() else "_" for char in name))
    plain = f"{camel[:1].lower()}{camel[1:]}".lstrip("0123456789")[:64]
    return plain or "myFunction"
