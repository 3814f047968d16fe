"""Contexts: what they may have, and that they agree with their members (IR-CHECK-8 to 13)."""

from __future__ import annotations

from typing import Any

from ._tables import LIMITS
from .address_param import param_fault
from .contract import ABSENT, ContextDecl, Field, FunctionDecl
from .contract_check_type import check_fields, check_text
from .contract_report import Report, hint, path_to
from .print_type import print_type, print_value


def check_context(report: Report, context: ContextDecl) -> None:
    """One context."""
    name = context.name
    path = path_to("/contexts", name)
    check_text(report, path, name, context.doc)
    if context.cache is not None and not _is_number(context.cache, 1):
        message = f"cache {context.cache} is no number of seconds from 1. Leave it out for none."
        report.say(path, "cache", f"Context {name}: {message}")
    if not _is_number(context.rev, 0):
        report.say(path, "cache", f"Context {name}: rev {context.rev} is no number from 0.")
    _check_params(report, context, path)
    _check_members(report, context, path)


def _is_number(value: Any, least: int) -> bool:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return whole and not isinstance(value, bool) and least <= value < 2**53


def _check_params(report: Report, context: ContextDecl, path: str) -> None:
    name, params = context.name, context.params
    check_fields(report, params, f"{path}/params", name, "parameter")
    most = LIMITS["contextParams"]
    if len(params) > most:
        message = f"has {len(params)} parameters; {most} are allowed, because each is part of every address."
        report.say(path, "parameter-count", f"Context {name} {message}")
    for param in params:
        fault = param_fault(param, report.types)
        if fault is not None:
            report.say(
                path_to(f"{path}/params", param.name), "parameter-type", f"{name}.{param.name}: {fault}."
            )


def _check_members(report: Report, context: ContextDecl, path: str) -> None:
    name, members = context.name, context.members
    taken: set[str] = set()
    guarded = False
    for member in members:
        at = path_to(f"{path}/members", member)
        function = report.functions.get(member)
        if function is None:
            message = f'there is no function "{member}".{hint(member, report.functions)}'
            report.say(at, "unknown-function", f"Context {name}: {message}")
        elif function.context != name:
            what = "is no query" if function.context is None else f"is in {function.context}"
            report.say(at, "member", f"Context {name} lists {member}, which {what}.")
        else:
            guarded = guarded or function.auth != "none"
            taken.update(field.name for field in function.input)
    if len(set(members)) != len(members):
        report.say(path, "duplicate", f"Context {name} lists a member twice.")
    cache_class = "user" if guarded else "public"
    if members and context.cache_class != cache_class:
        why = "a member has auth" if guarded else "no member has auth"
        report.say(path, "cache-class", f"Context {name} must be of class {cache_class}, because {why}.")
    for param in context.params:
        if members and param.name not in taken:
            message = f"{name}.{param.name}: no member takes this parameter."
            report.say(path_to(f"{path}/params", param.name), "parameter-mismatch", message)


def check_query_input(report: Report, function: FunctionDecl, context: ContextDecl) -> None:
    """What a query takes are parameters of its context: one name means one type and one default."""
    for field in function.input:
        param = next((one for one in context.params if one.name == field.name), None)
        if param is not None and same_field(field, param):
            continue
        path = path_to(f"{path_to('/functions', function.name)}/input", field.name)
        fault = "lacks this parameter" if param is None else "has another type or default for it"
        report.say(
            path,
            "parameter-mismatch",
            f"{function.name}.{field.name}: context {context.name} {fault}; "
            "one name means one type and one default.",
        )


def same_field(a: Field, b: Field) -> bool:
    """Whether two fields agree in all that the wire knows of them."""
    return (
        a.optional == b.optional and _default_text(a) == _default_text(b) and _type_text(a) == _type_text(b)
    )


def _type_text(field: Field) -> str:
    return print_type(field.type, "")


def _default_text(field: Field) -> str | None:
    return None if field.default is ABSENT else print_value("", field.default, "")
