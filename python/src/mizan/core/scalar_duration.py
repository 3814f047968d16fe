"""The canonical form of durations (spec clauses VAL-74, VAL-75)."""

import re

from ._tables import LIMITS
from .scalar_dates import fraction_of

_N = "(0|[1-9][0-9]{0,13})"
_DURATION = re.compile(
    rf"(-)?P(?=[0-9T])(?:{_N}D)?(?:T(?=[0-9])(?:{_N}H)?(?:{_N}M)?(?:{_N}(?:\.([0-9]{{1,6}}))?S)?)?"
)
_DAY = 86_400
_LIMIT = LIMITS["durationDays"] * _DAY


def canonical_duration(text: str) -> str | None:
    """Hours below 24, minutes and seconds below 60, nothing that is zero; none when it is no duration."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    sign, days, hours, minutes, seconds, digits = found.groups("")
    fraction = fraction_of(digits)
    total = int(days or 0) * _DAY + int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    if total > _LIMIT or (total == _LIMIT and fraction):
        return None
    if total == 0 and not fraction:
        return "PT0S"
    clock = _part(total // 3600 % 24, "H") + _part(total // 60 % 60, "M")
    if total % 60 or fraction:
        clock += f"{total % 60}{fraction}S"
    return f"{sign}P{_part(total // _DAY, 'D')}{'T' if clock else ''}{clock}"


def _part(value: int, unit: str) -> str:
    return f"{value}{unit}" if value else ""
