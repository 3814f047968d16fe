"""Compiles a registry once, so that a request finds nothing left to prepare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from .address import ContextAddress, compile_address
from .annotation_fields import RawField
from .check import Check, check_of, compiler
from .check_compile import Compiler
from .check_native import compile_output_check
from .contract import Affects, ContextDecl, Merge
from .desk import RegisteredError, RegisteredFunction
from .encode import WrongValue, compile_encode, compile_write
from .findings import Finding, Refused
from .plan import ContextPlan, FunctionPlan, MemberPlan, Plans, WireArgs
from .registry import Registry
from .scope_plan import compile_scopes
from .validate import arguments_type, compile_validate


def compile_plans(registry: Registry) -> Plans:
    """Everything that dispatch runs."""
    contract = registry.contract
    inputs = compiler(contract.types, "input")
    outputs = compiler(contract.types, "output")
    types = {decl.name: decl for decl in contract.types}
    addresses = {decl.name: compile_address(decl, contract.types) for decl in contract.contexts}
    decls = {decl.name: decl for decl in contract.functions}
    details = {one.definition.symbol: _details(one, outputs) for one in registry.errors}
    functions: dict[str, FunctionPlan] = {}
    for function in registry.functions:
        decl, definition = function.decl, function.definition
        writes = bool(decl.affects or decl.merge)
        auth = definition.options.auth
        functions[decl.name] = FunctionPlan(
            name=decl.name,
            decl=decl,
            definition=definition,
            check=check_of(inputs.fields(decl.input)),
            validate=compile_validate(decl.name, function.params),
            guard=auth if callable(auth) else None,
            handler=definition.handler,
            is_async=definition.is_async,
            injected=function.injected,
            identity_param=function.identity_param,
            encode=compile_encode(
                decl.name, function.output, compile_output_check(decl.output, types, outputs)
            ),
            wire_args=_wire_args(function, inputs) if writes else _no_args,
            scopes=compile_scopes(decl, addresses, decls) if writes else None,
            merge_contexts=tuple(
                dict.fromkeys(context for one in decl.merge if (context := decls[one.function].context))
            ),
            errors={one.definition.symbol: details[one.definition.symbol] for one in function.errors},
        )
    return Plans(
        functions=functions,
        by_definition={plan.definition: plan for plan in functions.values()},
        contexts={decl.name: _context_plan(decl, addresses, functions) for decl in contract.contexts},
    )


def _context_plan(
    decl: ContextDecl, addresses: Mapping[str, ContextAddress], functions: Mapping[str, FunctionPlan]
) -> ContextPlan:
    members = sorted((functions[name] for name in decl.members), key=lambda plan: plan.name)
    return ContextPlan(
        name=decl.name,
        decl=decl,
        address=addresses[decl.name],
        members=tuple(
            MemberPlan(plan, tuple(field.name for field in plan.decl.input), f'"{plan.name}":'.encode())
            for plan in members
            if not plan.decl.private
        ),
        for_users=decl.cache_class == "user",
    )


def _details(error: RegisteredError, outputs: Compiler) -> Check:
    """From the details of a raised error to those on the wire."""
    write = compile_write(arguments_type(error.decl.name, error.fields))
    check = check_of(outputs.fields(error.decl.fields))

    def details(value: Any) -> Any:
        try:
            return check(write(value))
        except WrongValue as wrong:
            return Refused((Finding(path="", code="type", message=str(wrong)),))

    return details


def _wire_args(function: RegisteredFunction, inputs: Compiler) -> WireArgs:
    """Only arguments that a scope takes are written."""
    decl = function.decl
    targets: list[Affects | Merge] = [*decl.affects, *decl.merge]
    scopes = [one for target in targets for one in target.params]
    wanted = {one.field for one in scopes if one.source == "args"}
    types = {field.name: field.type for field in decl.input}
    steps = [
        (raw, _written(raw), check_of(inputs.type(types[raw.wire])))
        for raw in function.params
        if raw.wire in wanted
    ]

    def wire_args(args: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for raw, write, check in steps:
            try:
                value = check(write(args.get(raw.name)))
            except WrongValue:
                continue
            if not isinstance(value, Refused):
                found[raw.wire] = value
        return found

    return wire_args


def _written(raw: RawField) -> Callable[[Any], Any]:
    if raw.annotation in (str, int, bool):
        return lambda value: value
    return compile_write(Annotated[raw.annotation, *raw.metadata] if raw.metadata else raw.annotation)


def _no_args(_: Mapping[str, Any]) -> dict[str, Any]:
    return {}
