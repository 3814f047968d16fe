"""Canonical forms of uuid and bytes (spec clauses VAL-80, VAL-81)."""

import re

_UUID = re.compile(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")
_BASE64 = re.compile(
    # The last character before the padding has its unused bits zero.
    r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
)


def canonical_uuid(text: str) -> str | None:
    """A UUID of any version in lower case, or none."""
    return text.lower() if _UUID.fullmatch(text) else None


def is_base64(text: str) -> bool:
    """Whether a text is base64, padded, with nothing but zeros in its unused bits."""
    return _BASE64.fullmatch(text) is not None
