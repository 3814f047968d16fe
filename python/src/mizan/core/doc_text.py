"""Documentation and the names of types in their one form."""

import re
from typing import Any

_LINE_END = re.compile(r"\r\n|\r|\n")
_NOT_ALNUM = re.compile(r"[^A-Za-z0-9]+")


def trim_doc(text: str | None) -> str | None:
    """Documentation trimmed, its lines joined by LF; none when nothing is left (IR-CANON-7)."""
    if text is None:
        return None
    return "\n".join(line.strip() for line in _LINE_END.split(text)).strip() or None


def class_doc(cls: type) -> str | None:
    """What a class says of itself: never what it inherits, nor what `dataclass` writes for it."""
    generic = getattr(cls, "__pydantic_generic_metadata__", None)
    own = (generic and generic["origin"]) or cls
    doc = own.__dict__.get("__doc__")
    if not isinstance(doc, str) or doc.startswith(f"{own.__name__}("):
        return None
    return trim_doc(doc)


def deprecation(value: Any) -> str | None:
    """The reason, possibly empty; none when it is not deprecated."""
    if value is None or value is False:
        return None
    return "" if value is True else str(getattr(value, "message", value)).strip()


def pascal(text: str) -> str:
    """`Page[Ticket]` is `PageTicket`, `user_profile` is `UserProfile`."""
    return "".join(part[0].upper() + part[1:] for part in _NOT_ALNUM.split(text) if part)
