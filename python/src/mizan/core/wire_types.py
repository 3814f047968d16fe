"""Types that say more than Python's own do of what travels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler


class BigIntMarker:
    """Makes an `int` a whole number of any size, which travels as text."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """An int that is read from text and written as text."""
        return core_schema.no_info_before_validator_function(
            whole_from_text,
            handler(source),
            serialization=core_schema.plain_serializer_function_ser_schema(_to_text, when_used="json"),
        )


BigInt = Annotated[int, BigIntMarker()]
"""A whole number of any size; a plain `int` is one within 2^53-1, which is what JavaScript counts exactly."""


def whole_from_text(value: object) -> object:
    """The whole number of a text; everything else as it is, for Pydantic to judge."""
    return int(value) if isinstance(value, str) and value.removeprefix("-").isdecimal() else value


def _to_text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return str(value)
