"""Scopes as texts."""

from ._tables import LIMITS
from .address_text import join_address, split_address

_MOST = LIMITS["instanceBytes"]


def trim_scope(scope: str) -> str:
    """A scope of at most 1,024 bytes: it leaves out its longest pieces, of equal ones the last (ADR-11)."""
    if len(scope) <= _MOST:
        return scope
    parts = split_address(scope)
    pieces = list(parts.params)
    while pieces and len(scope) > _MOST:
        longest = max(range(len(pieces)), key=lambda at: (len("=".join(pieces[at])), at))
        del pieces[longest]
        scope = join_address(parts.context, parts.member, pieces)
    return scope


def without_member(scope: str) -> str:
    """The scope that numbers, tags and caches know: for them a member is only a hint (ADR-12)."""
    if "/" not in scope:
        return scope
    head, question, query = scope.partition("?")
    return head.partition("/")[0] + question + query
