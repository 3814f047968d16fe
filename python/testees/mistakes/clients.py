"""Faulty declarations, added on request (`conformance/app/README.md`)."""

from collections.abc import Callable, Iterable
from typing import Any

from mizan import ReactContext, client

from ..fixture.clients.accounts import account_profile


def declare(names: Iterable[str]) -> None:
    """Has this module hold what these mistakes declare."""
    for name in names:
        globals().update(MISTAKES[name]())


def make_clash() -> dict[str, Any]:
    """Two functions of one name."""

    @client
    def echo_big() -> int:
        return 1

    return {"echo_big": echo_big}


def make_unknown_context() -> dict[str, Any]:
    """Something is stale that nobody reads."""
    nowhere = ReactContext("nowhereContext")

    @client(affects=nowhere)
    def to_nowhere() -> None:
        pass

    return {"to_nowhere": to_nowhere}


def make_context_param() -> dict[str, Any]:
    """A parameter of a context is a list."""
    listed = ReactContext("listed")

    @client(context=listed)
    def listed_sum(ids: list[int]) -> int:
        return len(ids)

    return {"listed_sum": listed_sum}


def make_merge_type() -> dict[str, Any]:
    """A merge whose output differs from that of its member."""

    @client(merge=account_profile)
    def merge_wrong(account_id: int) -> str:
        return "x"

    return {"merge_wrong": merge_wrong}


def make_wireless() -> dict[str, Any]:
    """A type that has no wire form."""

    @client
    def wireless(when: complex) -> None:
        pass

    return {"wireless": wireless}


MISTAKES: dict[str, Callable[[], dict[str, Any]]] = {
    "clash": make_clash,
    "unknownContext": make_unknown_context,
    "contextParam": make_context_param,
    "mergeType": make_merge_type,
    "wireless": make_wireless,
}
"""By the name that the handshake gives them."""
