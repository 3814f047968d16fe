import base64
import binascii
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Context, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.scalar_dates import canonical_date, canonical_datetime, canonical_time
from mizan.core.scalar_duration import canonical_duration
from mizan.core.scalar_numbers import (
    compare_number_texts,
    compile_multiple_of,
    is_bigint_text,
    is_decimal_text,
)
from mizan.core.scalar_texts import canonical_uuid, is_base64

EXACT = Context(prec=10_000)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4).map(lambda one: f"{abs(one):f}")
signed = st.tuples(st.sampled_from(["", "-"]), numbers).map("".join).filter(is_decimal_text)


@given(st.dates())
def test_dates_of_the_calendar(day: date) -> None:
    assert canonical_date(day.isoformat()) == day.isoformat()


@given(st.text(alphabet="0123456789-", min_size=10, max_size=10))
def test_dates_agree_with_the_calendar(text: str) -> None:
    try:
        known = date.fromisoformat(text).isoformat() == text
    except ValueError:
        known = False
    assert (canonical_date(text) is not None) is known


offsets = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=offsets))
def test_datetimes_are_the_same_moment_in_utc(moment: datetime) -> None:
    result = canonical_datetime(moment.isoformat())
    try:
        expected = moment.astimezone(UTC)
    except OverflowError:
        assert result is None
        return
    assert result is not None
    assert result.endswith("Z")
    assert datetime.fromisoformat(result) == expected
    assert canonical_datetime(result) == result


@given(st.times())
def test_times_lose_zeros_only(time: Any) -> None:
    result = canonical_time(time.isoformat())
    assert result is not None
    assert type(time).fromisoformat(result) == time
    assert canonical_time(result) == result


@given(st.timedeltas(timedelta(0), timedelta(days=10**6)), st.booleans())
def test_durations_keep_their_length(length: timedelta, minus: bool) -> None:
    seconds, micro = divmod(length // timedelta(microseconds=1), 10**6)
    text = f"{'-' if minus else ''}PT{seconds}.{micro:06}S"
    result = canonical_duration(text)
    assert result is not None
    assert canonical_duration(result) == result
    assert result.startswith("-") is (minus and length > timedelta(0))


@pytest.mark.parametrize("text", ["2026-01-31\n", "12:00\n", "PT1S\n", "1\n", "AAAA\n", "٣"])
def test_nothing_but_the_whole_text_counts(text: str) -> None:
    forms = (canonical_date, canonical_datetime, canonical_time, canonical_duration, canonical_uuid)
    assert [form(text) for form in forms] == [None] * 5
    assert [form(text) for form in (is_bigint_text, is_decimal_text, is_base64)] == [False] * 3


@given(signed, signed)
def test_numbers_as_text_are_ordered_by_value(a: str, b: str) -> None:
    first, second = Decimal(a), Decimal(b)
    order = compare_number_texts(a, b)
    assert (order > 0) - (order < 0) == (first > second) - (first < second)


@given(signed, st.integers(1, 10**13), st.integers(0, 6))
def test_multiples_are_exact(value: str, digits: int, scale: int) -> None:
    step = Decimal(digits).scaleb(-scale, EXACT)
    expected = EXACT.remainder(Decimal(value), step) == 0
    assert compile_multiple_of(f"{step:f}")(value) is expected


def test_numbers_as_text_have_any_size() -> None:
    large = "9" * 20_000
    assert is_bigint_text(large)
    assert compare_number_texts(large, large[1:]) > 0
    assert compare_number_texts(f"-{large}", "0") < 0
    assert compile_multiple_of("3")(large)
    assert not compile_multiple_of("7")(f"{large}8.0")


@given(st.binary(max_size=40))
def test_bytes_of_any_length(data: bytes) -> None:
    assert is_base64(base64.b64encode(data).decode())


@given(st.text(alphabet="AQgwEI048+/=", max_size=12))
def test_base64_has_one_spelling(text: str) -> None:
    try:
        known = base64.b64encode(base64.b64decode(text, validate=True)).decode() == text
    except binascii.Error:
        known = False
    assert is_base64(text) is known


@given(st.uuids())
def test_uuids_are_lowered(uuid: Any) -> None:
    assert canonical_uuid(str(uuid).upper()) == str(uuid)
