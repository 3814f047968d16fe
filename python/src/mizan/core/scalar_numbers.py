"""Whole and decimal numbers as text (spec clauses VAL-63 to VAL-66).

Compared without a number type: Python refuses to read whole numbers of more than 4,300 digits.
"""

import re
from collections.abc import Callable

_BIGINT = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NEGATIVE_ZERO = re.compile(r"-0(?:\.0+)?")


def is_bigint_text(text: str) -> bool:
    """Whether a text is a bigint; the form is canonical as it is."""
    return _BIGINT.fullmatch(text) is not None


def is_decimal_text(text: str) -> bool:
    """Whether a text is a decimal; the form, scale included, is canonical as it is."""
    return _DECIMAL.fullmatch(text) is not None and _NEGATIVE_ZERO.fullmatch(text) is None


def compare_number_texts(a: str, b: str) -> int:
    """Orders two bigint or decimal texts by value: negative, zero or positive (VAL-65)."""
    minus = a.startswith("-")
    if minus != b.startswith("-"):
        return -1 if minus else 1
    first, second = _magnitude(a), _magnitude(b)
    order = (first > second) - (first < second)
    return -order if minus else order


def compile_multiple_of(divisor: str) -> Callable[[str], bool]:
    """A test for multiples of a decimal of few digits, by long division in blocks (VAL-66)."""
    whole, fraction = _split(divisor)
    scale = len(fraction)
    by = int(whole + fraction)

    def is_multiple(text: str) -> bool:
        digits, rest = _split(text.removeprefix("-"))
        used = rest.rstrip("0")
        if len(used) > scale:
            return False
        digits += used.ljust(scale, "0")
        remainder = 0
        for at in range(0, len(digits), _BLOCK):
            block = digits[at : at + _BLOCK]
            remainder = (remainder * 10 ** len(block) + int(block)) % by
        return remainder == 0

    return is_multiple


_BLOCK = 1000


def _magnitude(text: str) -> tuple[int, str, str]:
    """What orders as the number without its sign does."""
    whole, fraction = _split(text.removeprefix("-"))
    return len(whole), whole, fraction.rstrip("0")


def _split(text: str) -> tuple[str, str]:
    whole, _, fraction = text.partition(".")
    return whole, fraction
