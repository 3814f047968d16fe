"""Instances that are given as text: what `shows`, `fetch` and `watch` hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .address import ContextAddress
from .findings import Refused


@dataclass(frozen=True, slots=True)
class NamedInstance:
    """An instance and, where the text names one, a member of it."""

    context: ContextAddress
    member: str | None
    address: str
    """Without the member."""
    values: dict[str, Any]


def read_address(text: str, contexts: Mapping[str, ContextAddress]) -> NamedInstance | None:
    """The instance that a text names, if it is its one canonical address (ADR-2, FLT-1).

    None for an unknown context, for `$min`, and for every other spelling. Whether the member exists is the
    caller's question.
    """
    head, _, query = text.partition("?")
    name, slash, member = head.partition("/")
    context = contexts.get(name)
    if context is None:
        return None
    result = context.parse(query)
    if isinstance(result, Refused) or result.min is not None:
        return None
    if head + result.address[len(name) :] != text:
        return None
    return NamedInstance(context, member if slash else None, result.address, result.values)
