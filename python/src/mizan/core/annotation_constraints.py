"""Constraints of annotations as the contract has them; what it has no word for stays with Pydantic."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import annotated_types
from pydantic.fields import FieldInfo

from ._tables import LIMITS
from .annotation_pattern import contract_pattern
from .contract import BigintType, DecimalType, FloatType, IntType, StringType

_SAFE = 2**53 - 1
_NAMES = ("ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length", "pattern")


def flat(metadata: Iterable[Any]) -> Iterator[Any]:
    """Metadata one by one: groups and fields of Pydantic opened."""
    for one in metadata:
        if isinstance(one, FieldInfo):
            yield from flat(one.metadata)
        elif isinstance(one, annotated_types.GroupedMetadata):
            yield from flat(one)
        else:
            yield one


class Constraints:
    """The constraints of one annotation: of several of a kind the narrowest."""

    def __init__(self, metadata: Iterable[Any]) -> None:
        self._values: dict[str, Any] = {}
        for one in flat(metadata):
            for name in _NAMES:
                value = getattr(one, name, None)
                if value is not None and not callable(value):
                    self._narrow(name, value)

    def _narrow(self, name: str, value: Any) -> None:
        known = self._values.get(name)
        if known is None or name in ("multiple_of", "pattern"):
            self._values[name] = value
        else:
            self._values[name] = (max if name in ("ge", "gt", "min_length") else min)(known, value)

    def text(self) -> StringType:
        """Of a text; raises `NoPatternError` for a pattern that is no I-Regexp."""
        pattern: Any = self._values.get("pattern")
        source = pattern.pattern if isinstance(pattern, re.Pattern) else pattern
        if isinstance(pattern, re.Pattern) and pattern.flags & ~re.UNICODE:
            source = f"(?{source}"  # Flags change what it matches, and I-Regexp has none.
        return StringType(
            min_length=self.count("min_length"),
            max_length=self._values.get("max_length"),
            pattern=None if source is None else contract_pattern(source),
        )

    def count(self, name: str) -> int | None:
        """A least number of items or characters; none for 0, which says nothing."""
        return self._values.get(name) or None

    def most(self) -> int | None:
        """The greatest number of items."""
        most: int | None = self._values.get("max_length")
        return most

    def whole(self) -> IntType:
        """Of a whole number. Bounds beyond the safe range are none."""
        least, most = self._whole_bounds()
        step = self._values.get("multiple_of")
        return IntType(
            min=least if least is not None and least > -_SAFE else None,
            max=most if most is not None and most < _SAFE else None,
            multiple_of=int(step) if step is not None and step == int(step) else None,
        )

    def bigint(self) -> BigintType:
        """Of a whole number of any size."""
        least, most = self._whole_bounds()
        return BigintType(min=None if least is None else str(least), max=None if most is None else str(most))

    def number(self) -> FloatType:
        """Of a number: bounds that it may reach."""
        least, most = self._values.get("ge"), self._values.get("le")
        return FloatType(
            min=None if least is None else float(least), max=None if most is None else float(most)
        )

    def decimal(self) -> DecimalType:
        """Of a decimal number: bounds that it may reach."""
        step = _decimal_text(self._values.get("multiple_of"))
        digits = 0 if step is None else sum(char.isdigit() for char in step)
        return DecimalType(
            min=_decimal_text(self._values.get("ge")),
            max=_decimal_text(self._values.get("le")),
            multiple_of=step if digits <= LIMITS["multipleOfDigits"] else None,
        )

    def _whole_bounds(self) -> tuple[int | None, int | None]:
        ge, gt, le, lt = (self._values.get(name) for name in ("ge", "gt", "le", "lt"))
        least = [math.ceil(ge)] if ge is not None else []
        least += [math.floor(gt) + 1] if gt is not None else []
        most = [math.floor(le)] if le is not None else []
        most += [math.ceil(lt) - 1] if lt is not None else []
        return max(least, default=None), min(most, default=None)


def _decimal_text(value: Any) -> str | None:
    return None if value is None else decimal_text(Decimal(str(value)))


def decimal_text(value: Decimal) -> str:
    """A decimal as on the wire: every digit of its scale, no exponent, zero without a sign (VAL-64)."""
    text = format(value, "f")
    return text.removeprefix("-") if value == 0 else text
