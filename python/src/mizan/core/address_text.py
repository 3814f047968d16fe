"""Addresses as texts (spec page `addresses`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes


@dataclass(frozen=True, slots=True)
class AddressParts:
    """An address taken apart: values still percent-encoded, in the order of the text."""

    context: str
    member: str | None
    params: tuple[tuple[str, str], ...]


def encode_value(text: str) -> str:
    """Percent-encodes all but unreserved characters, as UTF-8 in upper-case hex (ADR-5).

    Raises a `UnicodeEncodeError` for a lone surrogate.
    """
    return text if text.isascii() and text.isalnum() else quote(text, safe="")


def decode_value(raw: str) -> str | None:
    """The text that a raw value encodes; none unless it is what encoding gives for it (ADR-8)."""
    if raw.isascii() and raw.isalnum():
        return raw
    try:
        text = unquote_to_bytes(raw).decode()
    except UnicodeError:
        return None
    return text if encode_value(text) == raw else None


def text_of(value: object) -> str:
    """The text of a checked scalar that is not null (ADR-4)."""
    if value is True:
        return "true"
    if value is False:
        return "false"
    return str(value)


def format_address(
    context: str, entries: Mapping[str, str | int | bool | None], member: str | None = None
) -> str:
    """The address of a context or a member with these parameters: keys sorted, null left out (ADR-1)."""
    pieces = [
        (key, encode_value(text_of(value))) for key, value in sorted(entries.items()) if value is not None
    ]
    return join_address(context, member, pieces)


def join_address(context: str, member: str | None, pieces: list[tuple[str, str]]) -> str:
    """The address of these parts, values encoded already, in the order given."""
    head = context if member is None else f"{context}/{member}"
    if not pieces:
        return head
    query = "&".join([f"{key}={raw}" for key, raw in pieces])
    return f"{head}?{query}"


def split_address(text: str) -> AddressParts:
    """Takes a well-formed address apart without decoding its values."""
    head, _, query = text.partition("?")
    context, slash, member = head.partition("/")
    params = tuple(_piece(piece) for piece in query.split("&")) if query else ()
    return AddressParts(context, member if slash else None, params)


def context_of(text: str) -> str:
    """The context that a scope or address is of."""
    return text.partition("?")[0].partition("/")[0]


def covers(scope: str, address: str) -> bool:
    """Whether a change under the scope touches the instance (ADR-12). `*` covers everything.

    Members part them only when both name one.
    """
    head, _, query = scope.partition("?")
    if head == "*":
        return True
    other, _, params = address.partition("?")
    if head != other and not other.startswith(f"{head}/") and not head.startswith(f"{other}/"):
        return False
    return not query or set(query.split("&")) <= set(params.split("&"))


def _piece(text: str) -> tuple[str, str]:
    key, _, raw = text.partition("=")
    return key, raw
