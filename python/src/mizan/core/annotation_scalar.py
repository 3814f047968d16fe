"""Types that stand as they are in the contract."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter
from pydantic.errors import PydanticUserError

from .annotation_constraints import Constraints, flat
from .contract import PlainType, Type
from .wire_types import BigIntMarker

NO_FORM = (
    "Use a Pydantic model, a dataclass, a TypedDict, an Enum, or a plain type such as str, int, Decimal, "
    "datetime, UUID; Any is any JSON."
)

_PLAIN: dict[Any, PlainType] = {
    bool: PlainType("bool"),
    datetime.datetime: PlainType("datetime"),
    datetime.date: PlainType("date"),
    datetime.time: PlainType("time"),
    datetime.timedelta: PlainType("duration"),
    uuid.UUID: PlainType("uuid"),
    bytes: PlainType("bytes"),
}

_BY_CORE: dict[str, Any] = {
    "str": str,
    "url": str,
    "multi-host-url": str,
    "int": int,
    "float": float,
    "decimal": Decimal,
    "bool": bool,
    "datetime": datetime.datetime,
    "date": datetime.date,
    "time": datetime.time,
    "timedelta": datetime.timedelta,
    "uuid": uuid.UUID,
}
_ENCODED = frozenset({"EncodedBytes", "EncodedStr", "Json"})


def scalar_type(origin: Any, metadata: Sequence[Any], limits: Constraints) -> Type | None:
    """The type of one of Python's own; raises `NoPatternError`."""
    if any(type(one).__name__ in _ENCODED or getattr(one, "__name__", "") in _ENCODED for one in metadata):
        return None
    if origin is str:
        return limits.text()
    if origin is int:
        return (
            limits.bigint()
            if any(isinstance(one, BigIntMarker) for one in flat(metadata))
            else limits.whole()
        )
    if origin is float:
        return limits.number()
    if origin is Decimal:
        return limits.decimal()
    return _PLAIN.get(origin) if isinstance(origin, type) else None


def unusual_type(annotation: Any, limits: Constraints) -> Type | None:
    """The type of a class that tells Pydantic what it is, such as `EmailStr` or `PastDate`."""
    if not hasattr(annotation, "__get_pydantic_core_schema__"):
        return None
    try:
        core: Any = TypeAdapter(annotation).core_schema
    except PydanticUserError:
        return None
    while core["type"].startswith("function-") and "schema" in core:
        core = core["schema"]
    if "serialization" in core and core["type"] not in ("url", "multi-host-url"):
        return None
    plain = _BY_CORE.get(core["type"])
    return None if plain is None else scalar_type(plain, (), limits)
