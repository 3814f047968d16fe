"""The value check: which JSON values are values of a type, and their canonical form (spec page `values`)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from .check_compile import Compiler, Direction, HostName
from .check_walk import BAD, Node, Walk
from .contract import Field, Type, TypeDecl
from .findings import Refused

# The canonical value is whatever JSON the type says.
Check: TypeAlias = Callable[[object], Any]
"""A compiled value check: the canonical value, or `Refused` (VAL-1).

Never raises on JSON values and never changes what it is given.
"""

Types: TypeAlias = Mapping[str, TypeDecl] | Sequence[TypeDecl]
"""The named types of a contract."""


def compile_check(type: Type, types: Types, direction: Direction, host_name: HostName | None = None) -> Check:
    """Compiles the check of a type. Raises a `ValueError` on a type that no contract may have."""
    return check_of(compiler(types, direction, host_name).type(type))


def compile_fields(
    fields: Sequence[Field], types: Types, direction: Direction, host_name: HostName | None = None
) -> Check:
    """Compiles the check of an object with these fields, as the arguments of a function are."""
    return check_of(compiler(types, direction, host_name).fields(fields))


def compiler(types: Types, direction: Direction, host_name: HostName | None = None) -> Compiler:
    """A compiler for many checks of one contract, which then share its named types."""
    return Compiler(types_by_name(types), direction, host_name)


def types_by_name(types: Types) -> Mapping[str, TypeDecl]:
    """Named types by their name."""
    return types if isinstance(types, Mapping) else {decl.name: decl for decl in types}


def check_of(node: Node) -> Check:
    """The check that a compiled node is: a quick pass, and one more for the findings of what is refused."""

    def check(value: object) -> Any:
        canonical = node(value, None, 0)
        if canonical is not BAD:
            return canonical
        walk = Walk()
        node(value, walk, 0)
        return Refused(tuple(walk.findings))

    return check
