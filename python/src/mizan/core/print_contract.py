"""The one canonical text of a contract (spec page `canonical`)."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from .contract import (
    Absent,
    Affects,
    ContextDecl,
    Contract,
    ErrorDecl,
    Field,
    FunctionDecl,
    Merge,
    ScopeParam,
    StructType,
    TypeDecl,
)
from .print_text import print_number, print_string
from .print_type import print_bool, print_type, print_value
from .visible import context_part, visible_contract


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def print_contract(contract: Contract, *, private: bool = True, docs: bool = True) -> str:
    """Equal contracts give equal bytes, in whatever order their lists are (IR-CANON).

    Without `private` as clients see it, without `docs` no documentation and deprecation. Raises a
    `ValueError` only for what no document can hold (a lone surrogate, NaN).
    """
    shown = contract if private else visible_contract(contract)
    nodes = [
        *(_context(one, docs) for one in _by_name(shown.contexts)),
        *(_error(one, docs) for one in _by_name(shown.errors)),
        *(_function(one, docs) for one in _by_name(shown.functions)),
        *(_type(one, docs) for one in _by_name(shown.types)),
    ]
    return _block("mizan protocol=1", "".join(nodes), "")


def print_context_part(contract: Contract, context: str) -> str:
    """The text of what shapes a context's answers: a cache key's `part` is its hash (IR-PART)."""
    return print_contract(context_part(contract, context), docs=False)


def _context(context: ContextDecl, docs: bool) -> str:
    cache = "#null" if context.cache is None else print_number(context.cache)
    head = f'context {print_string(context.name)} cache={cache} class="{context.cache_class}"'
    children = (
        _doc(context.doc, "    ", docs)
        + _names("member", context.members)
        + _fields("param", context.params, "    ", docs)
    )
    return _block(f"{head} rev={print_number(context.rev)}", children, "  ")


def _error(error: ErrorDecl, docs: bool) -> str:
    head = f"error {print_string(error.name)} status={print_number(error.status)}"
    children = _doc(error.doc, "    ", docs) + _fields("field", error.fields, "    ", docs)
    return _block(head, children, "  ")


def _function(function: FunctionDecl, docs: bool) -> str:
    context = "#null" if function.context is None else print_string(function.context)
    flags = " ".join(
        f"{name}={print_bool(value)}"
        for name, value in (
            ("private", function.private),
            ("stream", function.stream),
            ("websocket", function.websocket),
        )
    )
    head = f'function {print_string(function.name)} auth="{function.auth}" context={context} {flags}'
    fields = _fields("field", function.input, "      ", docs)
    children = (
        _all(_affects(one) for one in function.affects)
        + _deprecated(function.deprecated, "    ", docs)
        + _doc(function.doc, "    ", docs)
        + _names("error", function.errors)
        + (_block("input", fields, "    ") if fields else "")
        + _all(_merge(one) for one in function.merge)
        + _block("output", print_type(function.output, "      "), "    ")
    )
    return _block(head, children, "  ")


def _type(decl: TypeDecl, docs: bool) -> str:
    body = (
        _block("struct", _fields("field", decl.type.fields, "      ", docs), "    ")
        if isinstance(decl.type, StructType)
        else print_type(decl.type, "    ")
    )
    children = _deprecated(decl.deprecated, "    ", docs) + _doc(decl.doc, "    ", docs) + body
    return _block(f"type {print_string(decl.name)}", children, "  ")


def _fields(kind: str, fields: Sequence[Field], pad: str, docs: bool) -> str:
    inner = f"{pad}  "
    out = ""
    for field in _by_name(fields):
        head = f"{kind} {print_string(field.name)} optional={print_bool(field.optional)}"
        default = field.default
        children = (
            ("" if isinstance(default, Absent) else print_value("default", default, inner))
            + _deprecated(field.deprecated, inner, docs)
            + _doc(field.doc, inner, docs)
            + print_type(field.type, inner)
        )
        out += _block(head, children, pad)
    return out


def _affects(affects: Affects) -> str:
    member = "#null" if affects.member is None else print_string(affects.member)
    head = f"affects {print_string(affects.context)} member={member}"
    return _block(head, _scope(affects.params), "    ")


def _merge(merge: Merge) -> str:
    return _block(f"merge {print_string(merge.function)}", _scope(merge.params), "    ")


def _scope(params: Sequence[ScopeParam]) -> str:
    return "".join(
        f'      scope {print_string(one.param)} from="{one.source}" field={print_string(one.field)}\n'
        for one in sorted(params, key=lambda one: one.param)
    )


def _all(nodes: Iterable[str]) -> str:
    """Nodes without a name of their own are ordered by their text, and said once (IR-CANON-5)."""
    return "".join(sorted(set(nodes)))


def _names(kind: str, names: Sequence[str]) -> str:
    return "".join(f"    {kind} {print_string(name)}\n" for name in sorted(names))


def _doc(doc: str | None, pad: str, docs: bool) -> str:
    return f"{pad}doc {print_string(doc)}\n" if docs and doc else ""


def _deprecated(reason: str | None, pad: str, docs: bool) -> str:
    return f"{pad}deprecated {print_string(reason)}\n" if docs and reason is not None else ""


def _block(head: str, children: str, pad: str) -> str:
    return f"{pad}{head} {{\n{children}{pad}}}\n" if children else f"{pad}{head}\n"


def _by_name(items: Sequence[N]) -> list[N]:
    return sorted(items, key=lambda item: item.name)
