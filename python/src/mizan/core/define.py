"""Declarations: `client` makes a server function of a function, `Context` names a bundle of reads."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeAlias, TypeVar, cast, overload

from .contract import ABSENT
from .direct_call import announce_direct, refuse_in_read
from .place import Place, caller_place, function_place

if TYPE_CHECKING:
    from .errors import MizanError

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Context:
    """A named bundle of reads that share parameters: the union of what its members take.

    `cache` is the seconds for which whoever was not told may meet the old state; left out: never cached.
    Raise `rev` when what the members return changes its meaning.
    """

    def __init__(self, name: str, *, cache: int | None = None, rev: int = 0, doc: str | None = None) -> None:
        self.name = name
        self.cache = cache
        self.rev = rev
        self.doc = doc
        self.place: Place | None = caller_place()

    def scope(self, **params: str) -> Scope:
        """The instances where each parameter is this argument, or field of the result."""
        return Scope(self, params)

    def __repr__(self) -> str:
        return f"Context({self.name!r})"


@dataclass(frozen=True, slots=True)
class Scope:
    """A context or query, and where its parameters come from, by Python names."""

    target: Any
    params: Mapping[str, str]


class ServerFunction(Protocol[P, R_co]):
    """A registered function: callable as it was written, and a target of `affects` and `merge`."""

    __name__: str
    __mizan__: FunctionDefinition

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Calls it as it was written; a mutation then announces what it has made stale."""

    def scope(self, **params: str) -> Scope:
        """The member in the instances where each parameter is this argument, or field of the result."""


class Decorator(Protocol):
    """What `@client(…)` is."""

    def __call__(self, function: Callable[P, R_co], /) -> ServerFunction[P, R_co]:
        """Registers a function."""


Target: TypeAlias = Context | Scope | ServerFunction[..., Any]
"""What `affects` and `merge` name."""

Guard: TypeAlias = Callable[[Any, Any], Any]
"""`guard(who, args)`: the caller, and the arguments by attribute; may be async."""


@dataclass(frozen=True, slots=True)
class Options:
    """What `@client(…)` was given, unchecked: registration reports every mistake at once."""

    context: Any = None
    affects: Any = None
    merge: Any = None
    errors: Any = ()
    auth: Any = None
    private: bool = False
    websocket: bool = False
    name: str | None = None
    deprecated: bool | str = False
    unknown: Mapping[str, Any] = field(default_factory=dict)
    """Options that there are none of."""

    @property
    def writes(self) -> bool:
        """Whether it makes anything stale."""
        return self.affects is not None or self.merge is not None


@dataclass(eq=False, slots=True)
class FunctionDefinition:
    """A function as it was declared. Its options are checked when it is registered."""

    handler: Callable[..., Any]
    """The function as it was written."""
    options: Options
    place: Place | None
    is_async: bool
    signature: inspect.Signature
    symbol: Callable[..., Any]
    """What the user's code holds: the function, or a wrapper that announces."""


_OPTIONS = tuple(name for name in Options.__slots__ if name != "unknown")


@overload
def client(function: Callable[P, R_co], /) -> ServerFunction[P, R_co]: ...
@overload
def client(
    *,
    context: Context | None = None,
    affects: Target | Sequence[Target] | None = None,
    merge: ServerFunction[..., Any] | Scope | Sequence[ServerFunction[..., Any] | Scope] | None = None,
    errors: Sequence[type[MizanError]] = (),
    auth: bool | str | Guard | None = None,
    private: bool = False,
    websocket: bool = False,
    name: str | None = None,
    deprecated: bool | str = False,
) -> Decorator: ...
def client(function: Callable[..., Any] | None = None, /, **options: Any) -> Any:
    """Declares a server function; everything else is derived from this and its signature.

    `context` makes it a query, `affects` or `merge` a mutation, none of them a plain call.
    """
    if function is not None:
        return _define(function, Options())
    known = {name: value for name, value in options.items() if name in _OPTIONS}
    unknown = {name: value for name, value in options.items() if name not in known}
    return lambda function: _define(function, Options(**known, unknown=unknown))


def definition_of(value: object) -> FunctionDefinition | None:
    """What a symbol was declared as, if it is a server function."""
    found = getattr(value, "__mizan__", None)
    return found if isinstance(found, FunctionDefinition) else None


def _define(function: Callable[..., Any], options: Options) -> Any:
    if not inspect.isfunction(function):
        raise TypeError(f"@client decorates functions, and {function!r} is none")
    definition = FunctionDefinition(
        handler=function,
        options=options,
        place=function_place(function),
        is_async=inspect.iscoroutinefunction(function),
        signature=inspect.signature(function),
        symbol=function,
    )
    # A read or a plain call stays the very function that was written.
    symbol = cast(Any, _announcing(definition) if options.writes else function)
    symbol.__mizan__ = definition
    symbol.scope = lambda **params: Scope(symbol, params)
    definition.symbol = symbol
    return symbol


def _announcing(definition: FunctionDefinition) -> Callable[..., Any]:
    """A wrapper that calls the function as it was written, then announces what it has made stale (INV-5)."""
    handler = definition.handler

    signature = definition.signature

    def end(bound: inspect.BoundArguments, result: Any) -> None:
        bound.apply_defaults()
        announce_direct(definition, bound.arguments, result)

    if definition.is_async:

        @functools.wraps(handler)
        async def call_async(*args: Any, **kwargs: Any) -> Any:
            refuse_in_read(definition)
            bound = signature.bind(*args, **kwargs)
            try:
                result = await handler(*args, **kwargs)
            except BaseException:
                end(bound, ABSENT)
                raise
            end(bound, result)
            return result

        return call_async

    @functools.wraps(handler)
    def call(*args: Any, **kwargs: Any) -> Any:
        refuse_in_read(definition)
        bound = signature.bind(*args, **kwargs)
        try:
            result = handler(*args, **kwargs)
        except BaseException:
            end(bound, ABSENT)
            raise
        end(bound, result)
        return result

    return call
