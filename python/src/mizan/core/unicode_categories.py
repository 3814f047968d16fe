"""General categories of Unicode as ranges of code points, which `re` does not know."""

from functools import cache
from sys import maxunicode
from unicodedata import category

Ranges = tuple[tuple[int, int], ...]
"""First and last code point of each range, in order."""


@cache
def ranges_of(name: str) -> Ranges:
    """The code points of a category (`Lu`) or of a group of them (`L`)."""
    return _joined(sorted(span for key, spans in _all().items() if key.startswith(name) for span in spans))


def complement(ranges: Ranges) -> Ranges:
    """All other code points."""
    left: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if first > start:
            left.append((start, first - 1))
        start = last + 1
    if start <= maxunicode:
        left.append((start, maxunicode))
    return tuple(left)


@cache
def _all() -> dict[str, list[tuple[int, int]]]:
    """Every category; takes a tenth of a second, so only where a pattern asks for one."""
    spans: dict[str, list[tuple[int, int]]] = {}
    start, present = 0, category(chr(0))
    for code in range(1, maxunicode + 1):
        name = category(chr(code))
        if name != present:
            spans.setdefault(present, []).append((start, code - 1))
            start, present = code, name
    spans.setdefault(present, []).append((start, maxunicode))
    return spans


def _joined(spans: list[tuple[int, int]]) -> Ranges:
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and joined[-1][1] + 1 == first:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return tuple(joined)
