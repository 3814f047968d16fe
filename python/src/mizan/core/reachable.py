"""Which named types are reached from where."""

from collections.abc import Iterable, Iterator

from .contract import (
    Contract,
    ListType,
    MapType,
    NamedType,
    NullableType,
    RefType,
    StructType,
    Type,
    TypeDecl,
    UnionType,
)


def reachable_types(types: Iterable[TypeDecl], roots: Iterable[Type]) -> list[str]:
    """Names of the types that `roots` reach, through fields, arms and references, in order of discovery.

    Unknown names are left out. No recursion over references: types may refer to each other in circles.
    """
    by_name = {type.name: type for type in types}
    found: dict[str, None] = {}
    waiting: list[Type | NamedType] = list(roots)
    for type in waiting:
        for name in each_ref(type):
            if name in by_name and name not in found:
                found[name] = None
                waiting.append(by_name[name].type)
    return list(found)


def each_ref(type: Type | NamedType) -> Iterator[str]:
    """Each type name that a type refers to by itself."""
    match type:
        case RefType():
            yield type.name
        case ListType():
            yield from each_ref(type.items)
        case MapType():
            yield from each_ref(type.values)
        case NullableType():
            yield from each_ref(type.of)
        case UnionType():
            for arm in type.arms:
                yield from each_ref(arm)
        case StructType():
            for field in type.fields:
                yield from each_ref(field.type)


def root_types(contract: Contract) -> Iterator[Type]:
    """Types that stand outside of the type declarations, in functions, contexts and errors."""
    for context in contract.contexts:
        yield from (field.type for field in context.params)
    for error in contract.errors:
        yield from (field.type for field in error.fields)
    for function in contract.functions:
        yield from (field.type for field in function.input)
        yield function.output
