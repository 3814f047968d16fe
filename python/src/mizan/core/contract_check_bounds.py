"""Constraints of one type: each by itself, and that they leave something to allow (IR-CHECK-21, 22)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any

from ._tables import LIMITS, ContractFindingCode
from .contract import (
    BigintType,
    DecimalType,
    FloatType,
    IntType,
    ListType,
    MapType,
    StringType,
    Type,
    UploadType,
)
from .contract_report import Report
from .regexp import PatternError, compile_pattern
from .scalar_numbers import compare_number_texts, is_bigint_text, is_decimal_text

_SAFE = 2**53 - 1
_ACCEPTED = re.compile(r"[a-z0-9!#$&^_.+-]+/(?:\*|[a-z0-9!#$&^_.+-]+)|\.[A-Za-z0-9]+")
_Say = Callable[[str], None]


def check_bounds(report: Report, type: Type, path: str, title: str) -> None:
    """What is wrong with the constraints of a type, not of those inside of it."""

    def say(message: str, code: ContractFindingCode = "constraint") -> None:
        report.say(path, code, f"{title}: {message}.")

    match type:
        case StringType():
            _check_counts(type.min_length, type.max_length, "Length", say)
            if type.pattern is not None:
                try:
                    compile_pattern(type.pattern)
                except PatternError as error:
                    shown = json.dumps(type.pattern, ensure_ascii=False)
                    say(
                        f"the pattern {shown} is no I-Regexp (RFC 9485), "
                        f"which all languages read alike: {error}",
                        "pattern",
                    )
        case ListType() | MapType():
            _check_counts(type.min_items, type.max_items, "Items", say)
        case IntType():
            _check_int(type, say)
        case FloatType():
            for name, bound in (("min", type.min), ("max", type.max)):
                if bound is not None and not math.isfinite(bound):
                    say(f"{name} {bound} is no finite number")
            _check_order(type.min, type.max, say)
        case BigintType():
            _check_texts("bigint", type.min, type.max, None, say)
        case DecimalType():
            _check_texts("decimal", type.min, type.max, type.multiple_of, say)
        case UploadType():
            _check_upload(type, say)


def _is_whole(value: Any) -> bool:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return whole and not isinstance(value, bool) and abs(value) <= _SAFE


def _check_counts(least: Any, most: Any, what: str, say: _Say) -> None:
    for name, count in (("min", least), ("max", most)):
        if count is not None and not (_is_whole(count) and count >= 0):
            say(f"{name}{what} {count} is no count")
    if least is not None and most is not None and least > most:
        say(f"min{what} {least} is more than max{what} {most}")


def _check_order(least: float | None, most: float | None, say: _Say) -> None:
    if least is not None and most is not None and least > most:
        say(f"min {least} is more than max {most}")


def _check_int(type: IntType, say: _Say) -> None:
    for name, bound in (("min", type.min), ("max", type.max), ("multipleOf", type.multiple_of)):
        if bound is not None and not _is_whole(bound):
            say(f"{name} {bound} is no int")
    if type.multiple_of is not None and type.multiple_of <= 0:
        say("multipleOf must be more than 0")
    _check_order(type.min, type.max, say)


def _check_texts(kind: str, least: str | None, most: str | None, step: str | None, say: _Say) -> None:
    is_text, example = (is_bigint_text, '"12"') if kind == "bigint" else (is_decimal_text, '"1.50"')
    sound = True
    for name, bound in (("min", least), ("max", most), ("multipleOf", step)):
        if bound is not None and not is_text(bound):
            say(f'{name} "{bound}" is not the text of a {kind}, such as {example}')
            sound = False
    if not sound:
        return
    if least is not None and most is not None and compare_number_texts(least, most) > 0:
        say(f"min {least} is more than max {most}")
    if step is None:
        return
    if compare_number_texts(step, "0") <= 0:
        say("multipleOf must be more than 0")
    if sum(char.isdigit() for char in step) > LIMITS["multipleOfDigits"]:
        say(f"multipleOf has more than {LIMITS['multipleOfDigits']} digits")


def _check_upload(type: UploadType, say: _Say) -> None:
    if type.max_size is not None and not (_is_whole(type.max_size) and type.max_size > 0):
        say(f"maxSize {type.max_size} is no number of bytes")
    if type.accept is None:
        return
    if not type.accept:
        say("accept is empty, so no file would be; leave it out to allow all")
    if len(set(type.accept)) != len(type.accept):
        say("accept names a type twice")
    for media in type.accept:
        if _ACCEPTED.fullmatch(media) is None:
            say(f'accept "{media}" is neither a media type such as image/* nor .pdf')
