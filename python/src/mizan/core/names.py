"""The spelling of names on the wire and in snake case (spec page `names`)."""

import re

from ._tables import ERROR_STATUS, LIMITS

_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_TYPE_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_CAPITAL = re.compile(r"[A-Z]")
_LONGEST = LIMITS["nameLength"]


def is_name(text: str) -> bool:
    """Whether a text may be the name of a function, parameter, field, context or form (NAME-1)."""
    return _NAME.fullmatch(text) is not None and len(text) <= _LONGEST and text != "constructor"


def is_type_name(text: str) -> bool:
    """Whether a text may be the name of a type (NAME-2)."""
    return _TYPE_NAME.fullmatch(text) is not None and len(text) <= _LONGEST


def is_error_name(text: str) -> bool:
    """Whether a text may be the name of a declared error: none of the standard codes (NAME-3)."""
    return is_type_name(text) and text not in ERROR_STATUS


def camel_from_snake(text: str) -> str:
    """The wire name of a snake case name: `user_id` is `userId` (NAME-6)."""
    first, *rest = [part for part in text.split("_") if part] or [""]
    # Only ASCII letters are raised: str.upper would change the length of others.
    return first + "".join(part[0].upper() + part[1:] if part[0].isascii() else part for part in rest)


def snake_from_camel(text: str) -> str:
    """The snake case name that clients show for a wire name: `userId` is `user_id` (NAME-7)."""
    return _CAPITAL.sub(lambda letter: f"_{letter[0].lower()}", text)
