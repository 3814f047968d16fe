"""Texts and numbers as the canonical text of a contract has them."""

import math
import re

from .json_guard import MAX_SAFE

# `"`, `\`, C0 and C1 controls, U+007F, marks that turn the direction of text, line separators, U+FEFF, and
# surrogates, which no document can hold.
_SPECIAL = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}


def print_string(text: str) -> str:
    """A text as a quoted KDL string with the one stated escape set (IR-STRING).

    Raises a `ValueError` on a lone surrogate.
    """
    return f'"{_SPECIAL.sub(_escape, text)}"'


def print_number(value: int | float) -> str:
    """A number: a safe integer plainly, any other as annotated text in ECMAScript's form (IR-NUMBER-1).

    Raises a `ValueError` on NaN and the infinities.
    """
    if -MAX_SAFE <= value <= MAX_SAFE and value == int(value):
        return str(int(value))
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError(f"a contract cannot hold {number}")
    return f'(float)"{number_text(number)}"'


def number_text(value: float) -> str:
    """A finite double as ECMAScript's `Number::toString` writes it.

    Python finds the same shortest digits and writes them in other ways.
    """
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    padded = whole + (fraction if fraction != "0" else "")
    digits = padded.lstrip("0")
    # Where the point stands, counted from the first digit.
    point = len(whole) + int(exponent or "0") - (len(padded) - len(digits))
    digits = digits.rstrip("0")
    if not digits:
        return "0"
    if len(digits) <= point <= 21:
        return sign + digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    rest = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+d}"


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if "\ud800" <= char <= "\udfff":
        raise ValueError("a contract cannot hold a lone surrogate")
    return _SHORT.get(char) or f"\\u{{{ord(char):x}}}"
