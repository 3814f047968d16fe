"""One declaration: input, output, errors and flags; what it affects comes when all are known."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from dataclasses import replace
from types import NoneType
from typing import Any

from pydantic.fields import FieldInfo

from .annotation_fields import FieldFault, RawField, evaluated, field_of
from .annotation_where import Where
from .collect import shown
from .contract import ABSENT, AuthKind, FunctionDecl, PlainType
from .define import Context, FunctionDefinition, Options
from .desk import Complainer, Desk, RegisteredError, RegisteredFunction
from .doc_text import deprecation, trim_doc
from .errors import MizanError
from .identity import Identity
from .mistake import nearest
from .register_error import draft_error

_OPTIONS = [name for name in Options.__slots__ if name != "unknown"]


class Unresolved(str):
    """An annotation that its module cannot resolve, as it was written; hosts may know it all the same."""

    __slots__ = ("why",)
    why: str


def draft_function(desk: Desk, name: str, definition: FunctionDefinition) -> RegisteredFunction:
    """Reads one function."""
    options = definition.options
    draft = RegisteredFunction(FunctionDecl(name), definition)
    complain = desk.about(draft)
    _check_options(options, complain)
    draft.errors = tuple(_errors(desk, options, complain))
    _read_input(desk, draft, complain)
    output = _read_output(desk, draft, complain)
    handler = definition.handler
    draft.decl = replace(
        draft.decl,
        context=options.context.name if isinstance(options.context, Context) else None,
        output=output,
        errors=tuple(sorted({one.decl.name for one in draft.errors})),
        auth=_auth_kind(options.auth),
        private=options.private is True,
        websocket=options.websocket is True,
        doc=trim_doc(handler.__doc__),
        deprecated=deprecation(options.deprecated or getattr(handler, "__deprecated__", None)),
    )
    return draft


def _auth_kind(auth: Any) -> AuthKind:
    if auth == "staff":
        return "staff"
    if auth == "superuser":
        return "superuser"
    return "custom" if callable(auth) else "user" if auth is True else "none"


def _check_options(options: Options, complain: Complainer) -> None:
    for key in options.unknown:
        meant = nearest(key, _OPTIONS)
        complain(f'there is no option "{key}"', None if meant is None else f"Did you mean {meant}?")
    if options.context is not None and not isinstance(options.context, Context):
        complain(
            f"context is {shown(options.context)}, not a context",
            "UserContext = ReactContext('user'), then context=UserContext.",
        )
    if options.context is not None and options.writes:
        complain(
            "it has a context and affects or merge",
            "A read that writes cannot be cached: drop one, or make two functions of it.",
        )
    known = options.auth in (None, True, False, "staff", "superuser") or callable(options.auth)
    if not known:
        complain(
            f"auth is {shown(options.auth)}",
            "It is True, 'staff', 'superuser', or a function of (who, args).",
        )
    for flag in ("private", "websocket"):
        if not isinstance(given := getattr(options, flag), bool):
            complain(f"{flag} is {shown(given)}", "It is True or left out.")


def _errors(desk: Desk, options: Options, complain: Complainer) -> list[RegisteredError]:
    if not isinstance(options.errors, list | tuple):
        complain(f"errors is {shown(options.errors)}", "It is a list: errors=[OutOfStock].")
        return []
    found = []
    for given in options.errors:
        if isinstance(given, type) and issubclass(given, MizanError) and given.__mizan__ is not None:
            error = draft_error(desk, given.__mizan__)
            if error is not None:
                found.append(error)
        else:
            complain(
                f"errors names {shown(given)}, no class of a declared error",
                "class OutOfStock(MizanError, status=409): … Standard codes need no declaration.",
            )
    return found


def resolve(function: Callable[..., Any], annotation: Any) -> Any:
    """An annotation as its module means it; `Unresolved` where it cannot be told."""
    function = inspect.unwrap(function)
    scope = getattr(sys.modules.get(function.__module__), "__dict__", function.__globals__)
    cells = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=False))
    local = {name: cell.cell_contents for name, cell in cells.items() if _is_filled(cell)}
    try:
        return evaluated(annotation, scope, local)
    except Exception as error:
        unresolved = Unresolved(annotation if isinstance(annotation, str) else repr(annotation))
        unresolved.why = str(error)
        return unresolved


def _is_filled(cell: Any) -> bool:
    try:
        cell.cell_contents  # noqa: B018
    except ValueError:
        return False
    return True


def _read_input(desk: Desk, draft: RegisteredFunction, complain: Complainer) -> None:
    handler = draft.definition.handler
    raws: list[RawField] = []
    injected = []
    for position, parameter in enumerate(draft.definition.signature.parameters.values()):
        name, default = parameter.name, parameter.default
        annotation = resolve(handler, parameter.annotation)
        if _is_identity(annotation):
            draft.identity_param = name
            continue
        try:
            given = desk.host_types.inject(name, annotation, position, default)
        except TypeError as error:
            complain(str(error))
            continue
        if given is not None:
            injected.append(given)
        elif (raw := _argument(parameter, annotation, complain)) is not None:
            raws.append(raw)
    draft.injected = tuple(injected)
    draft.params = tuple(raws)
    where = Where("", "input", complain)
    draft.decl = replace(draft.decl, input=desk.annotations.fields(raws, where))


def _is_identity(annotation: Any) -> bool:
    return annotation is Identity or annotation == Identity | None


_UNNAMED = {
    inspect.Parameter.POSITIONAL_ONLY: "is positional only, and arguments travel by name",
    inspect.Parameter.VAR_POSITIONAL: "takes any number of arguments, and each has a name on the wire",
    inspect.Parameter.VAR_KEYWORD: "takes any names, and each name is part of the contract",
}


def _argument(parameter: inspect.Parameter, annotation: Any, complain: Complainer) -> RawField | None:
    name, default = parameter.name, parameter.default
    if parameter.kind in _UNNAMED:
        complain(f"{name}: it {_UNNAMED[parameter.kind]}", "Give each parameter a name of its own.")
    elif annotation is inspect.Parameter.empty:
        complain(f"{name}: it has no annotation", f"Say what it is: {name}: int.")
    elif isinstance(annotation, Unresolved):
        complain(f'{name}: the annotation "{annotation}" leads nowhere: {annotation.why}', _IMPORT)
    else:
        try:
            if default is inspect.Parameter.empty:
                return field_of(name, FieldInfo.from_annotation(annotation), "input")
            return field_of(name, FieldInfo.from_annotated_attribute(annotation, default), "input")
        except FieldFault as fault:
            complain(str(fault), fault.help)
    return None


_IMPORT = "Import it in the module, outside of TYPE_CHECKING."


def _read_output(desk: Desk, draft: RegisteredFunction, complain: Complainer) -> Any:
    definition = draft.definition
    handler = inspect.unwrap(definition.handler)
    annotation = resolve(handler, definition.signature.return_annotation)
    nothing = PlainType("null")
    if inspect.isgeneratorfunction(handler) or inspect.isasyncgenfunction(handler):
        complain("returns: an iterator has no one value", "Use a list.")
        return nothing
    if isinstance(annotation, Unresolved):
        complain(f'returns: the annotation "{annotation}" leads nowhere: {annotation.why}', _IMPORT)
        return nothing
    if annotation is inspect.Signature.empty or annotation is NoneType:
        if definition.options.context is not None:
            complain("it is a query and returns nothing", "Say what it returns: -> Profile.")
        draft.output = ABSENT if annotation is inspect.Signature.empty else None
        return nothing
    draft.output = annotation
    return desk.annotations.type(annotation, Where("returns", "output", complain))
