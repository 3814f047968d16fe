"""Answers with their headers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from ._tables import HEADERS
from .cache_key import identity_hash
from .errors import WireError
from .failure import Failure
from .wire import Header, WireResponse

if TYPE_CHECKING:
    from .app import App
    from .identity import Identity

_JSON_TYPE: Header = ("Content-Type", "application/json")
_TEXT_TYPE: Header = ("Content-Type", "text/plain; charset=utf-8")
_NO_SNIFF: Header = ("X-Content-Type-Options", "nosniff")
NO_STORE: Header = ("Cache-Control", "private, no-store")
"""For whatever nobody may keep."""

_PRIVATE: tuple[Header, ...] = (_JSON_TYPE, _NO_SNIFF, NO_STORE)
_IDENTITY = HEADERS["identity"]


def json_bytes(value: Any) -> bytes:
    """The JSON text of a value: compact, UTF-8, finite (HTTP-7)."""
    return to_json(value, inf_nan_mode="null")


def private_json(status: int, body: bytes, *more: Header) -> WireResponse:
    """A JSON answer that nobody may keep; `more` comes after the constant headers (HTTP-8)."""
    return WireResponse(status, _PRIVATE + more, body)


def json_answer(body: bytes, headers: Sequence[Header]) -> WireResponse:
    """A JSON answer with its own rule for caches."""
    return WireResponse(200, (_JSON_TYPE, _NO_SNIFF, *headers), body)


def private_text(body: str) -> WireResponse:
    """A text that nobody may keep."""
    return WireResponse(200, (_TEXT_TYPE, _NO_SNIFF, NO_STORE), body.encode())


def failed(
    failure: Failure, contract: str | None, invalidate: Sequence[str] = (), more: tuple[Header, ...] = ()
) -> WireResponse:
    """The one envelope of errors (ERR-1).

    `contract` is the server's id when the request was made under another one (SKEW-3).
    """
    error: WireError = failure.error
    if contract is not None:
        error = {**error, "contract": contract}
    listed = b',"invalidate":' + json_bytes(list(invalidate)) if invalidate else b""
    return WireResponse(failure.status, _PRIVATE + more, b'{"error":' + json_bytes(error) + listed + b"}")


def identity_header(app: App, who: Identity | None) -> Header:
    """For whom an answer of class user is (KEY-6)."""
    return (_IDENTITY, identity_hash(app.secret, None if who is None else who.id))
