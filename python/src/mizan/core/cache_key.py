"""Keys, tags and hashes, byte-identical in every language (spec page `cache-keys`)."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from ._tables import LIMITS
from .address_text import encode_value
from .covering import covering_scopes
from .scope_text import without_member

Secret = str | bytes
"""A cache secret: text counts as its UTF-8 bytes."""


@dataclass(frozen=True, slots=True)
class KeyIdentity:
    """Who an entry of class user belongs to."""

    id: str
    staff: bool
    superuser: bool


def cache_key_lines(address: str, rev: int, part: str, identity: KeyIdentity | None = None) -> str:
    """The lines under the HMAC of an entry's key and tag, joined by LF (KEY-2).

    ASCII, whatever the id holds. `identity` is there for class user and absent for class public.
    """
    lines = f"mizan-key-1\n{address}\nrev={rev}\npart={part}"
    if identity is None:
        return lines
    who = f"user={encode_value(identity.id)}"
    return f"{lines}\n{who}\nstaff={identity.staff:d}\nsuper={identity.superuser:d}"


def cache_key(secret: Secret, context: str, lines: str) -> str:
    """The name of an origin cache entry (KEY-1)."""
    return f"ctx:{context}:{_signed(secret, lines.encode())}"


def etag(secret: Secret, lines: str, body: str | bytes) -> str:
    """The opaque part of a bundle's `ETag`, over the key's lines, LF and the body's bytes (KEY-5)."""
    data = body.encode() if isinstance(body, str) else body
    return _signed(secret, lines.encode() + b"\n" + data)[: LIMITS["etagDigits"]]


def identity_hash(secret: Secret, id: str | None) -> str:
    """The value of `X-Mizan-Identity`, which changes with the caller; none is nobody (KEY-6)."""
    line = "" if id is None else encode_value(id)
    return _signed(secret, f"mizan-identity-1\n{line}".encode())[: LIMITS["identityDigits"]]


def part_hash(text: str) -> str:
    """The `part` line's value for the text of `print_context_part` (KEY-3)."""
    return _hashed(text)[: LIMITS["partDigits"]]


def tag(address: str) -> str:
    """A scope's or instance's name in a CDN's small alphabet (KEY-7)."""
    scope = without_member(address)
    context, question, _ = scope.partition("?")
    return f"{context.lower()}.{_hashed(scope)[: LIMITS['tagDigits']]}" if question else context.lower()


def tags(address: str) -> list[str]:
    """The tags of one cached bundle: one for each scope that covers it (KEY-8)."""
    return [tag(scope) for scope in covering_scopes(address)]


def _signed(secret: Secret, data: bytes) -> str:
    key = secret.encode() if isinstance(secret, str) else secret
    return hmac.digest(key, data, "sha256").hex()


def _hashed(text: str) -> str:
    return sha256(text.encode()).hexdigest()
