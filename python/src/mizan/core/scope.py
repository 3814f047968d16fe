"""Which scopes a mutation has: by name, explicit, and resolved for one call (spec page `invalidation`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .address_param import is_required, scalar_of, type_named, without_constraints
from .check import Types
from .contract import (
    ContextDecl,
    EnumType,
    Field,
    FunctionDecl,
    NullableType,
    RefType,
    ScopeParam,
    StructType,
    Type,
)


@dataclass(frozen=True, slots=True)
class ScopeFault:
    """Why a parameter of an explicit scope is refused."""

    param: str
    message: str


def scope_by_name(input: Sequence[Field], context: ContextDecl, types: Types) -> tuple[ScopeParam, ...]:
    """Tier 2, by name (INV-3): the mutation's required parameters that are required ones of the context.

    Of the same type but for constraints, never one named `id`. Sorted by name.
    """
    params = {param.name: param for param in context.params if is_required(param)}
    found = [
        ScopeParam(field.name, "args", field.name)
        for field in input
        if field.name != "id"
        and is_required(field)
        and field.name in params
        and same_scalar(field.type, params[field.name].type, types)
    ]
    return tuple(sorted(found, key=lambda one: one.param))


def scope_explicit(
    mapping: Mapping[str, str], function: FunctionDecl, context: ContextDecl, types: Types
) -> tuple[tuple[ScopeParam, ...], tuple[ScopeFault, ...]]:
    """Tier 1, explicit (INV-2): maps parameters of the context to fields of the arguments.

    Where these have no such field, of the result. Gives all faults at once; a parameter in fault is left out.
    """
    params: list[ScopeParam] = []
    faults: list[ScopeFault] = []
    context_params = {param.name: param for param in context.params}
    args = {field.name: field for field in function.input}
    output = {field.name: field for field in fields_of(function.output, types)}
    for name, field_name in sorted(mapping.items()):
        param = context_params.get(name)
        source = args.get(field_name) or output.get(field_name)
        if param is None:
            message = f'{context.name} has no parameter "{name}"'
        elif source is None:
            message = f'neither the arguments nor the result have a field "{field_name}"'
        elif not same_scalar(source.type, param.type, types, nullable_source=True):
            message = f'"{field_name}" is not of the type of {context.name}\'s "{name}"'
        else:
            origin = ScopeParam(name, "args" if field_name in args else "result", field_name)
            params.append(origin)
            continue
        faults.append(ScopeFault(name, message))
    return tuple(params), tuple(faults)


def fields_of(type: Type, types: Types) -> tuple[Field, ...]:
    """The fields of a struct, also of a nullable one; none for every other type."""
    bare = type.of if isinstance(type, NullableType) else type
    named = type_named(types, bare.name) if isinstance(bare, RefType) else None
    return named.fields if isinstance(named, StructType) else ()


def same_scalar(source: Type, param: Type, types: Types, *, nullable_source: bool = False) -> bool:
    """Whether two types are one scalar but for constraints, or enums of the same values (INV-3).

    A source that may be nullable is broader when it is null (INV-4).
    """
    a, b = scalar_of(source, types), scalar_of(param, types)
    if a is None or b is None:
        return False
    if not nullable_source and isinstance(source, NullableType) != isinstance(param, NullableType):
        return False
    if isinstance(a, EnumType) and isinstance(b, EnumType):
        return set(a.values) == set(b.values)
    return without_constraints(a) == without_constraints(b)
