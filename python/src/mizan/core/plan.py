"""A registry, compiled: what dispatch runs, with nothing left to prepare for a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from .address import ContextAddress
from .check import Check
from .contract import ContextDecl, FunctionDecl
from .findings import Refused
from .scope_plan import ScopePlan

if TYPE_CHECKING:
    from .define import FunctionDefinition
    from .errors import MizanError
    from .host import Injected

Validate: TypeAlias = Callable[[Mapping[str, Any]], "dict[str, Any] | Refused"]
"""From canonical arguments by wire name to keyword arguments by Python name, or what Pydantic refuses."""

Encode: TypeAlias = Callable[[Any], Any]
"""From what a handler returned to its one wire form; raises `WrongOutput`."""

WireArgs: TypeAlias = Callable[[Mapping[str, Any]], dict[str, Any]]
"""From the arguments of a direct call by Python name to canonical values by wire name, for scopes.

What has no wire form is left out, which makes a scope broader.
"""


class WrongOutput(Exception):
    """A handler returned what its declaration forbids: a fault of the server, for the log."""


@dataclass(frozen=True, slots=True)
class FunctionPlan:
    """One function, ready to run."""

    name: str
    decl: FunctionDecl
    definition: FunctionDefinition
    check: Check
    """Arguments as JSON, to canonical values by wire name."""
    validate: Validate
    guard: Callable[..., Any] | None
    """`guard(who, args)`, maybe async; args by attribute under their Python names."""
    handler: Callable[..., Any]
    """The function as it was written; takes keyword arguments, `injected` among them."""
    is_async: bool
    injected: tuple[Injected, ...]
    """Parameters that come from the host, by Python name."""
    identity_param: str | None
    """The parameter annotated `Identity`, which the core fills."""
    encode: Encode
    wire_args: WireArgs
    scopes: ScopePlan | None
    merge_contexts: tuple[str, ...]
    """Contexts that it merges into: their numbers are read first (MRG-4)."""
    errors: Mapping[type[MizanError], Check]
    """What it declares; each takes `details` as raised, Python's values by Python name, to the wire's."""


@dataclass(frozen=True, slots=True)
class MemberPlan:
    """A member in its bundle."""

    plan: FunctionPlan
    params: tuple[str, ...]
    """The parameters of the context that it takes, by wire name."""
    key: bytes
    """`"userPosts":`, as the body has it."""


@dataclass(frozen=True, slots=True)
class ContextPlan:
    """One context, ready to be read."""

    name: str
    decl: ContextDecl
    address: ContextAddress
    members: tuple[MemberPlan, ...]
    """Visible members by name."""
    for_users: bool


@dataclass(frozen=True, slots=True)
class Plans:
    """Everything that dispatch runs."""

    functions: Mapping[str, FunctionPlan]
    by_definition: Mapping[FunctionDefinition, FunctionPlan]
    contexts: Mapping[str, ContextPlan]
