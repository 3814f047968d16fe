"""What nothing refers to, endless types, files where none can be (IR-CHECK-7, 26, 27)."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from .contract import (
    ListType,
    MapType,
    NamedType,
    NullableType,
    RefType,
    StructType,
    Type,
    UnionType,
    UploadType,
)
from .contract_report import Report, path_to
from .reachable import reachable_types, root_types


def check_reach(report: Report) -> None:
    """Unreachable errors and types, endless types, uploads."""
    contract = report.contract
    used = {name for function in contract.functions for name in function.errors}
    for error in contract.errors:
        if error.name not in used:
            message = f"No function declares the error {error.name}. Leave it out."
            report.say(path_to("/errors", error.name), "unreachable", message)
    reached = set(reachable_types(contract.types, root_types(contract)))
    for decl in contract.types:
        if decl.name not in reached:
            message = f"Nothing refers to the type {decl.name}. Leave it out."
            report.say(path_to("/types", decl.name), "unreachable", message)
    _check_endless(report)
    _check_uploads(report)


def _check_endless(report: Report) -> None:
    """Found from below: a type has values when its fields have, and what stays is endless."""
    finite: set[str] = set()
    more = True
    while more:
        more = False
        for decl in report.contract.types:
            if decl.name not in finite and _has_values(report, decl.type, finite):
                finite.add(decl.name)
                more = True
    for name in sorted({decl.name for decl in report.contract.types} - finite):
        report.say(
            path_to("/types", name),
            "endless",
            f"{name} holds itself in every value, so there can be none. "
            "Make a field on the way optional, nullable or a list.",
        )


def _has_values(report: Report, type: Type | NamedType, finite: AbstractSet[str]) -> bool:
    match type:
        case StructType(fields=fields):
            return all(one.optional or _has_values(report, one.type, finite) for one in fields)
        case UnionType(arms=arms):
            # An arm that is the union itself through another name has no form of its own.
            return not arms or any(_has_values(report, arm, finite) for arm in arms)
        case ListType(items=inner, min_items=least) | MapType(values=inner, min_items=least):
            return not least or _has_values(report, inner, finite)
        case RefType(name=name):
            return name in finite or name not in report.types
        case _:
            return True


def _check_uploads(report: Report) -> None:
    """Files come in with the arguments of a call; nothing else on the wire can hold one."""

    def check(path: str, title: str, type: Type) -> None:
        reached = reachable_types(report.contract.types, [type])
        holders = [type, *(report.types[name].type for name in reached if name in report.types)]
        if any(map(_holds_upload, holders)):
            report.say(path, "upload", f"{title}: an upload can stand in the arguments of a call only.")

    contract = report.contract
    for context in contract.contexts:
        for param in context.params:
            path = f"{path_to('/contexts', context.name)}/params/{param.name}"
            check(path, f"{context.name}.{param.name}", param.type)
    for error in contract.errors:
        for field in error.fields:
            path = f"{path_to('/errors', error.name)}/fields/{field.name}"
            check(path, f"{error.name}.{field.name}", field.type)
    for function in contract.functions:
        path = f"{path_to('/functions', function.name)}/output"
        check(path, f"{function.name} returns one", function.output)


def _holds_upload(type: Type | NamedType) -> bool:
    match type:
        case UploadType():
            return True
        case StructType(fields=fields):
            return any(_holds_upload(one.type) for one in fields)
        case ListType(items=inner) | MapType(values=inner) | NullableType(of=inner):
            return _holds_upload(inner)
        case UnionType(arms=arms):
            return any(map(_holds_upload, arms))
        case _:
            return False
