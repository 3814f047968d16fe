"""Types, fields, defaults and declared errors (IR-CHECK-5, 14, 23 to 25, 28, 29)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ._tables import LIMITS
from .check import compile_check
from .code_points import is_well_formed
from .contract import (
    ABSENT,
    EnumType,
    ErrorDecl,
    Field,
    ListType,
    MapType,
    NullableType,
    PlainType,
    RefType,
    StructType,
    Type,
    TypeDecl,
    UnionType,
)
from .contract_check_bounds import check_bounds
from .contract_check_names import NameKind, check_name_list
from .contract_check_union import check_union
from .contract_report import Report, hint, path_to
from .describe_type import describe_type
from .findings import Refused
from .print_type import print_value


def check_error(report: Report, error: ErrorDecl) -> None:
    """A declared error: its status and its fields."""
    path = path_to("/errors", error.name)
    check_text(report, path, error.name, error.doc)
    status: Any = error.status
    if not isinstance(status, int) or not 400 <= status <= 599:
        report.say(
            path, "status", f"{error.name}: status {status} is none of an error; take one from 400 to 599."
        )
    check_fields(report, error.fields, f"{path}/fields", error.name, "field")


def check_type_decl(report: Report, decl: TypeDecl) -> None:
    """A named type."""
    path = path_to("/types", decl.name)
    check_text(report, path, decl.name, decl.doc, decl.deprecated)
    if isinstance(decl.type, StructType):
        check_fields(report, decl.type.fields, f"{path}/fields", decl.name, "field")
    else:
        check_type(report, decl.type, path, decl.name)


def check_fields(report: Report, fields: Sequence[Field], base: str, owner: str, kind: NameKind) -> None:
    """Fields of a struct, an input, an error, or parameters of a context; `owner` is who has them."""
    check_name_list(report, fields, base, kind, f" of {owner}")
    for field in fields:
        _check_field(report, field, path_to(base, field.name), f"{owner}.{field.name}")


def _check_field(report: Report, field: Field, path: str, title: str) -> None:
    check_text(report, path, title, field.doc, field.deprecated)
    before = len(report.findings)
    check_type(report, field.type, path, title)
    if field.default is ABSENT:
        return
    if field.optional:
        message = "a field with a default is always there, so it is not optional. Keep one of the two."
        report.say(path, "default", f"{title}: {message}")
    # A type that is wrong itself has no verdict on its default.
    if len(report.findings) == before:
        _check_default(report, field, path, title)


def _check_default(report: Report, field: Field, path: str, title: str) -> None:
    value: Any = field.default
    try:
        verdict = compile_check(field.type, report.types, "input")(value)
        text = print_value("default", value, "")
    except (ValueError, TypeError):
        # Another finding says what is wrong with a type that this one refers to.
        return
    if isinstance(verdict, Refused):
        finding = verdict.findings[0]
        at = f" {finding['path']}" if finding["path"] else ""
        report.say(
            path,
            "default",
            f"{title}: the default{at} {finding['message']}, "
            f"because the type is {describe_type(field.type)}.",
        )
    elif print_value("default", verdict, "") != text:
        report.say(path, "default", f"{title}: the default must be written in its one form, {verdict!r}.")


def check_type(report: Report, type: Type, path: str, title: str, depth: int = 1) -> None:
    """One type and the types inside of it."""
    if depth > LIMITS["jsonDepth"]:
        message = f"types are nested more than {LIMITS['jsonDepth']} deep. Name the inner one."
        report.say(path, "depth", f"{title}: {message}")
        return
    check_bounds(report, type, path, title)
    match type:
        case ListType(items=items):
            check_type(report, items, f"{path}/items", title, depth + 1)
        case MapType(values=values):
            check_type(report, values, f"{path}/values", title, depth + 1)
        case NullableType(of=of):
            _check_nullable(report, of, path, title)
            check_type(report, of, f"{path}/of", title, depth + 1)
        case RefType(name=name):
            if name not in report.types:
                message = f'{title}: there is no type "{name}".{hint(name, report.types)}'
                report.say(path, "unknown-type", message)
        case EnumType(values=texts):
            _check_enum(report, texts, path, title)
        case UnionType(arms=arms):
            for at, arm in enumerate(arms):
                check_type(report, arm, f"{path}/arms/{at}", title, depth + 1)
            check_union(report, type, path, title)


def _check_enum(report: Report, values: Sequence[str], path: str, title: str) -> None:
    if not values:
        report.say(path, "enum", f"{title}: an enum has at least one value.")
    seen: set[str] = set()
    for value in values:
        if not is_well_formed(value):
            report.say(path, "text", f"{title}: an enum value holds half a surrogate pair.")
        if value in seen:
            report.say(path, "duplicate", f'{title}: the enum value "{value}" stands there twice.')
        seen.add(value)


def _check_nullable(report: Report, of: Type, path: str, title: str) -> None:
    decl = report.types.get(of.name) if isinstance(of, RefType) else None
    bare = of if decl is None else decl.type
    if isinstance(bare, NullableType) or bare in (PlainType("null"), PlainType("json")):
        report.say(path, "nullable", f"{title}: {describe_type(of)} may be null already.")


def check_text(report: Report, path: str, title: str, *texts: str | None) -> None:
    """Documentation is valid Unicode (IR-CHECK-5)."""
    for text in texts:
        if text is not None and not is_well_formed(text):
            message = "its documentation holds half a surrogate pair, which is no character."
            report.say(path, "text", f"{title}: {message}")
