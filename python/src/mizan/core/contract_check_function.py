"""Functions: what they say about contexts, errors and other functions (IR-CHECK-6, 15 to 20)."""

from __future__ import annotations

from collections.abc import Sequence

from .address_param import is_required
from .contract import Affects, ContextDecl, Field, FunctionDecl, Merge, ScopeParam
from .contract_check_context import check_query_input
from .contract_check_type import check_fields, check_text, check_type
from .contract_report import Report, hint, path_to
from .describe_type import describe_type
from .print_type import print_type
from .scope import fields_of, same_scalar


def check_function(report: Report, function: FunctionDecl) -> None:
    """One function."""
    path = path_to("/functions", function.name)
    check_text(report, path, function.name, function.doc, function.deprecated)
    check_fields(report, function.input, f"{path}/input", function.name, "field")
    check_type(report, function.output, f"{path}/output", f"{function.name} returns")
    _check_errors(report, function, path)
    if function.context is not None:
        _check_query(report, function, function.context, path)
    for affects in function.affects:
        _check_affects(report, function, affects, path)
    for merge in function.merge:
        _check_merge(report, function, merge, path)


def _check_errors(report: Report, function: FunctionDecl, path: str) -> None:
    seen: set[str] = set()
    for name in function.errors:
        at = path_to(f"{path}/errors", name)
        if name not in report.errors:
            message = f'there is no error "{name}".{hint(name, report.errors)}'
            report.say(at, "unknown-error", f"{function.name}: {message}")
        if name in seen:
            report.say(at, "duplicate", f"{function.name} declares the error {name} twice.")
        seen.add(name)


def _check_query(report: Report, function: FunctionDecl, name: str, path: str) -> None:
    if function.affects or function.merge:
        report.say(
            path,
            "query-writes",
            f"{function.name} is a query of {name} and changes data: a read that writes cannot be cached. "
            "Leave out its context, or affects and merge.",
        )
    if function.stream:
        message = f"{function.name} is a query of {name}; a query answers once and cannot stream."
        report.say(path, "query-streams", message)
    context = report.contexts.get(name)
    if context is None:
        message = f'{function.name}: there is no context "{name}".{hint(name, report.contexts)}'
        report.say(path, "unknown-context", message)
        return
    if function.name not in context.members:
        report.say(path, "member", f"{function.name} is a query of {name}, which does not list it.")
    check_query_input(report, function, context)


def _check_affects(report: Report, function: FunctionDecl, affects: Affects, base: str) -> None:
    path = path_to(f"{base}/affects", affects.context)
    context = report.contexts.get(affects.context)
    if context is None:
        near = hint(affects.context, report.contexts)
        message = f'{function.name} affects "{affects.context}", which is no context.{near}'
        report.say(path, "unknown-context", message)
        return
    if affects.member is not None and affects.member not in context.members:
        near = hint(affects.member, context.members)
        what = f'"{affects.member}" of {context.name}, which has no such member'
        report.say(path, "unknown-member", f"{function.name} affects {what}.{near}")
    _check_scope(report, function, context, affects.params, path)


def _check_merge(report: Report, function: FunctionDecl, merge: Merge, base: str) -> None:
    path = path_to(f"{base}/merge", merge.function)
    query = report.functions.get(merge.function)
    title = f"{function.name} merges into"
    if query is None:
        near = hint(merge.function, report.functions)
        report.say(path, "unknown-function", f'{title} "{merge.function}", which is no function.{near}')
        return
    if query.context is None:
        report.say(path, "merge-target", f"{title} {query.name}, which is no query: it has no context.")
        return
    if function.stream:
        report.say(path, "merge-target", f"{function.name} streams, so it has no one result to merge.")
    if print_type(query.output, "") != print_type(function.output, ""):
        report.say(
            path,
            "merge-type",
            f"{function.name} returns {describe_type(function.output)} and merges into {query.name}, "
            f"which returns {describe_type(query.output)}. The two must be equal.",
        )
    context = report.contexts.get(query.context)
    if context is None:
        return
    _check_scope(report, function, context, merge.params, path)
    given = {one.param for one in merge.params}
    missing = [one.name for one in context.params if is_required(one) and one.name not in given]
    if missing:
        report.say(
            path,
            "merge-incomplete",
            f"{title} one instance of {context.name}, but nothing says its {' and '.join(missing)}. "
            "Map each to an argument or a field of the result.",
        )


def _check_scope(
    report: Report, function: FunctionDecl, context: ContextDecl, scope: Sequence[ScopeParam], base: str
) -> None:
    """Each parameter of a scope is one of the context, and comes from a field of the same type."""
    seen: set[str] = set()
    for one in scope:
        path = path_to(base, one.param)
        title = f"{function.name}: {context.name}.{one.param}"
        if one.param in seen:
            report.say(path, "duplicate", f"{function.name} gives {context.name}.{one.param} twice.")
        seen.add(one.param)
        from_args = one.source == "args"
        fields: Sequence[Field] = function.input if from_args else fields_of(function.output, report.types)
        where = "argument" if from_args else "field of its result"
        target = next((param for param in context.params if param.name == one.param), None)
        source = next((field for field in fields if field.name == one.field), None)
        if target is None:
            has = ", ".join(f"{param.name}: {describe_type(param.type)}" for param in context.params)
            near = hint(one.param, [param.name for param in context.params])
            message = f'{context.name} has no parameter "{one.param}". It has {has or "none"}.{near}'
            report.say(path, "unknown-parameter", f"{function.name}: {message}")
        if source is None:
            near = hint(one.field, [field.name for field in fields])
            message = f'{title} comes from "{one.field}", which is no {where}.{near}'
            report.say(path, "unknown-field", message)
        elif target is not None and not same_scalar(
            source.type, target.type, report.types, nullable_source=True
        ):
            is_, was = describe_type(target.type), describe_type(source.type)
            report.say(path, "scope-type", f"{title} is {is_}, but the {where} {one.field} is {was}.")
