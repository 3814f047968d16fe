"""Canonical forms of datetime, date and time (spec clauses VAL-70 to VAL-73).

Each function returns the canonical text, or none when the text is not of the type.
"""

import re

_DATETIME = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r"(?:\.([0-9]{1,6}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))"
)
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,6}))?)?")
_MINUTES_A_DAY = 1440
_DAYS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def canonical_datetime(text: str) -> str | None:
    """RFC 3339 with capital `T`, an offset or `Z`; canonical in UTC with `Z` and no trailing zeros."""
    found = _DATETIME.fullmatch(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = found.groups()
    if not _is_day(int(year), int(month), int(day)) or not _is_time(hour, minute, second):
        return None
    clock = f":{second}{fraction_of(fraction or '')}Z"
    if sign is None:
        return f"{year}-{month}-{day}T{hour}:{minute}{clock}"
    if hours > "23" or minutes > "59":
        return None
    offset = int(hours) * 60 + int(minutes)
    shifted = int(hour) * 60 + int(minute) + (offset if sign == "-" else -offset)
    by, minute_of_day = divmod(shifted, _MINUTES_A_DAY)
    date = _shift_day(int(year), int(month), int(day), by)
    if date is None:
        return None
    return f"{date}T{minute_of_day // 60:02}:{minute_of_day % 60:02}{clock}"


def canonical_date(text: str) -> str | None:
    """A day of the Gregorian calendar, years 0001 to 9999."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = found.groups()
    return text if _is_day(int(year), int(month), int(day)) else None


def canonical_time(text: str) -> str | None:
    """A time of day; seconds may be left out and are then zero."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour, minute, second, fraction = found.groups("")
    second = second or "00"
    if not _is_time(hour, minute, second):
        return None
    return f"{hour}:{minute}:{second}{fraction_of(fraction)}"


def fraction_of(digits: str) -> str:
    """`.5` of the digits `500000`, nothing of zeros."""
    kept = digits.rstrip("0")
    return f".{kept}" if kept else ""


def _is_day(year: int, month: int, day: int) -> bool:
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= _days_in(year, month)


def _days_in(year: int, month: int) -> int:
    if month == 2 and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS[month]


def _is_time(hour: str, minute: str, second: str) -> bool:
    return hour <= "23" and minute <= "59" and second <= "59"


def _shift_day(year: int, month: int, day: int, by: int) -> str | None:
    """The day `by` (-1, 0 or 1) days later, or none outside the years 0001 to 9999."""
    day += by
    if day < 1:
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        day = _days_in(year, month)
    elif day > _days_in(year, month):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        day = 1
    return f"{year:04}-{month:02}-{day:02}" if 1 <= year <= 9999 else None
