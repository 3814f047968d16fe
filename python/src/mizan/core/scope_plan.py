"""Resolves one mutation's scopes and merges for each call (spec clauses INV-4, INV-10, MRG-2 to MRG-6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .address import ContextAddress, Instance
from .address_text import covers, split_address
from .contract import ABSENT, FunctionDecl, ScopeParam
from .invalidation import normalize_scopes

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MergeTarget:
    """A member that a mutation's result replaces in one instance (MRG-3)."""

    into: str
    """`context/member?…`, the `into` of the entry."""
    instance: str
    """The instance as numbers and caches know it, without the member."""


@dataclass(slots=True)
class Staleness:
    """What one call makes stale, ready for numbers."""

    scopes: list[str]
    """Normalised (INV-7), those of merges included."""
    merges: list[MergeTarget]
    """Targets whose instance nothing else in the list touches (MRG-6)."""


@dataclass(frozen=True, slots=True)
class _Target:
    """A context, the member that is named of it, and where the parameters come from."""

    address: ContextAddress
    member: str | None
    scoped: tuple[ScopeParam, ...]
    """The parameters of the announced scope: of a merge those that its query itself declares (MRG-2)."""
    params: tuple[ScopeParam, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    instance: str
    context: str
    member: str | None


class ScopePlan:
    """Resolves one mutation's scopes; made at registration."""

    def __init__(self, affects: Iterable[_Target], merges: Iterable[_Target]) -> None:
        self._merges = tuple(merges)
        self._targets = (*affects, *self._merges)

    def resolve(
        self, args: Mapping[str, Any], result: object = ABSENT, added: Sequence[str] = ()
    ) -> Staleness:
        """The scopes and merges of one call, both by wire names.

        `result` is absent when there is none, after a failure; `added` are scopes of `invalidate(…)`.
        """
        own = [one.address.widest_scope(_take(one.scoped, args, result), one.member) for one in self._targets]
        scopes = [*added, *own]
        if not self._merges:
            return Staleness(normalize_scopes(scopes), [])
        found: list[_Found] = []
        for one in self._merges if result is not ABSENT else ():
            instance = one.address.instance(_take(one.params, args, result))
            if isinstance(instance, Instance):
                found.append(_Found(instance.address, one.address.context, one.member))
        return Staleness(normalize_scopes(scopes), _sound_merges(found, scopes))


def compile_scopes(
    function: FunctionDecl,
    contexts: Mapping[str, ContextAddress],
    queries: Mapping[str, FunctionDecl],
) -> ScopePlan:
    """Prepares the scopes and merges of a mutation whose parameters are resolved already.

    `contexts` holds the addresses of all contexts, `queries` at least the queries that it merges into.
    """
    affects = [
        _Target(_known(contexts, one.context), one.member, one.params, one.params) for one in function.affects
    ]
    merges: list[_Target] = []
    for merge in function.merge:
        query = _known(queries, merge.function)
        own = {field.name for field in query.input}
        scoped = tuple(param for param in merge.params if param.param in own)
        address = _known(contexts, query.context or "")
        merges.append(_Target(address, merge.function, scoped, merge.params))
    return ScopePlan(affects, merges)


def resolve_scopes(
    function: FunctionDecl,
    args: Mapping[str, Any],
    result: object,
    contexts: Mapping[str, ContextAddress],
    queries: Mapping[str, FunctionDecl] | None = None,
) -> list[str]:
    """The scopes of a call in the list's order, those of merges included (INV-1); hot paths have a plan."""
    return compile_scopes(function, contexts, queries or {}).resolve(args, result).scopes


def _sound_merges(found: Sequence[_Found], scopes: Sequence[str]) -> list[MergeTarget]:
    """Merges into instances of which nothing else changed (MRG-6).

    A copy that took the mutation's number counts as fresh in all its members, so each scope that covers it
    must be on a member that is merged into it.
    """
    sound: list[MergeTarget] = []
    for one in found:
        members = {other.member for other in found if other.instance == one.instance}
        if all(not covers(scope, one.instance) or split_address(scope).member in members for scope in scopes):
            into = f"{one.context}/{one.member}{one.instance[len(one.context) :]}"
            sound.append(MergeTarget(into, one.instance))
    return sound


def _known(named: Mapping[str, T], name: str) -> T:
    found = named.get(name)
    if found is None:
        raise ValueError(f'nothing is registered as "{name}"')
    return found


def _take(params: Sequence[ScopeParam], args: Mapping[str, Any], result: object) -> dict[str, Any]:
    """Values for a scope; a field of a result that is missing is simply absent (INV-4)."""
    values: dict[str, Any] = {}
    for one in params:
        source = args if one.source == "args" else result
        if (source.__class__ is dict or isinstance(source, Mapping)) and one.field in source:
            values[one.param] = source[one.field]
    return values
