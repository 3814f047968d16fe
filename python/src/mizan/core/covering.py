"""The scopes that cover an address (spec clause ADR-13)."""

from .address_text import split_address


def covering_scopes(address: str) -> list[str]:
    """Every scope that covers an address: its context with each subset of its parameters, broadest first.

    Members are left out. At most 32 texts, because a context has at most five parameters.
    """
    parts = split_address(address)
    # Each parameter doubles what is there, so the last one is the highest bit of the order.
    queries = [""]
    for key, raw in parts.params:
        piece = f"{key}={raw}"
        queries += [f"{query}&{piece}" if query else f"?{piece}" for query in queries]
    return [parts.context + query for query in queries]
