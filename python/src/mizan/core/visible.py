"""The contract as clients see it, and the part that shapes one context (spec clauses IR-VISIBLE, IR-PART)."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from .contract import Contract, FunctionDecl
from .reachable import reachable_types, root_types


def visible_contract(contract: Contract) -> Contract:
    """No private functions, and none of the contexts, errors and types that only they reach (IR-VISIBLE).

    A context keeps its parameters and its class, because addresses carry them.
    """
    hidden = _private_names(contract)
    functions = tuple(_without_hidden(one, hidden) for one in contract.functions if not one.private)
    return _reached(contract, functions, hidden)


def context_part(contract: Contract, context: str) -> Contract:
    """The context, its visible members and what they reach: what shapes its answers (IR-PART)."""
    functions = tuple(
        replace(one, affects=(), merge=())
        for one in contract.functions
        if one.context == context and not one.private
    )
    return _reached(contract, functions, _private_names(contract))


def _private_names(contract: Contract) -> AbstractSet[str]:
    return {one.name for one in contract.functions if one.private}


def _reached(contract: Contract, functions: tuple[FunctionDecl, ...], hidden: AbstractSet[str]) -> Contract:
    affected = {affects.context for one in functions for affects in one.affects}
    used = affected | {one.context for one in functions}
    raised = {error for one in functions for error in one.errors}
    contexts = tuple(
        replace(one, members=tuple(name for name in one.members if name not in hidden))
        for one in contract.contexts
        if one.name in used
    )
    errors = tuple(one for one in contract.errors if one.name in raised)
    part = Contract(contexts, errors, functions)
    names = set(reachable_types(contract.types, root_types(part)))
    return replace(part, types=tuple(one for one in contract.types if one.name in names))


def _without_hidden(function: FunctionDecl, hidden: AbstractSet[str]) -> FunctionDecl:
    return replace(
        function,
        merge=tuple(one for one in function.merge if one.function not in hidden),
        affects=tuple(replace(one, member=None) if one.member in hidden else one for one in function.affects),
    )
