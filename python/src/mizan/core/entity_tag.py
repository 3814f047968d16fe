"""Entity tags of public bundles (BUN-10, BUN-11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cache_key import cache_key_lines, etag

if TYPE_CHECKING:
    from .app import App
    from .plan import ContextPlan

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAG_LIST = re.compile(rf"[ \t]*{_TAG}(?:[ \t]*,(?:[ \t]*{_TAG})?)*[ \t]*")
_OPAQUE = re.compile(r'"[^"]*"')

_LONGEST = 4096
"""Longer fields come from nobody who holds one of our answers."""

_REMEMBERED_ENTRIES = 512
_REMEMBERED_LENGTH = 8192


def matches_tag(field: str, tag: str) -> bool:
    """Whether `If-None-Match` names this tag: weak comparison, and what is not well formed does not match."""
    if field == tag:
        return True
    trimmed = field.strip(" \t")
    if trimmed == "*":
        return True
    if len(field) > _LONGEST or _TAG_LIST.fullmatch(trimmed) is None:
        return False
    return tag in _OPAQUE.findall(trimmed)


def entity_tag(app: App, context: ContextPlan, address: str, body: bytes) -> str:
    """The entity tag of a body. What did not change since the last answer is not hashed again."""
    known = app.entity_tags.get(address)
    if known is not None and known[0] == body:
        return known[1]
    lines = cache_key_lines(address, context.decl.rev, app.parts[context.name])
    tag = f'"{etag(app.secret, lines, body)}"'
    if len(body) <= _REMEMBERED_LENGTH:
        with app.lock:
            app.entity_tags[address] = (body, tag)
            if len(app.entity_tags) > _REMEMBERED_ENTRIES:
                del app.entity_tags[next(iter(app.entity_tags))]
    return tag
