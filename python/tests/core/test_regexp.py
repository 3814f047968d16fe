"""Patterns against a reference that knows sets of places and nothing of backtracking."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from sys import maxunicode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.regexp import PatternError, compile_pattern
from mizan.core.unicode_categories import complement, ranges_of

# From a place in a text to all places where a match may end.
Matcher = Callable[[str, int], set[int]]
Pair = tuple[str, Matcher]


def char(one: str) -> Pair:
    return one, lambda text, at: {at + 1} if text[at : at + 1] == one else set()


def both(pair: tuple[Pair, Pair]) -> Pair:
    (a, first), (b, second) = pair
    return a + b, lambda text, at: {end for mid in first(text, at) for end in second(text, mid)}


def either(pair: tuple[Pair, Pair]) -> Pair:
    (a, first), (b, second) = pair
    return f"({a}|{b})", lambda text, at: first(text, at) | second(text, at)


def repeated(given: tuple[Pair, int, int | None]) -> Pair:
    (source, inner), least, most = given

    def match(text: str, at: int) -> set[int]:
        places, reached = {at}, set[int]()
        for count in range(least + len(text) + 2 if most is None else most + 1):
            if count >= least:
                reached |= places
            places = {end for place in places for end in inner(text, place)}
        return reached

    counts = f"{least}," if most is None else f"{least},{most}"
    return f"({source}){{{counts}}}", match


EMPTY: Pair = ("()", lambda text, at: {at})
patterns: st.SearchStrategy[Pair] = st.recursive(
    st.sampled_from([char("a"), char("b"), EMPTY]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(both),
        st.tuples(inner, inner).map(either),
        st.tuples(inner, st.integers(0, 2), st.none() | st.integers(2, 3)).map(repeated),
    ),
    max_leaves=6,
)


@given(patterns, st.text(alphabet="ab", max_size=6))
def test_matches_what_the_reference_matches(pattern: Pair, text: str) -> None:
    source, match = pattern
    assert (compile_pattern(source).fullmatch(text) is not None) is (len(text) in match(text, 0))


@given(st.text(alphabet="()[]{}|*+?.\\^$-pPLlu,0129aAnr\ud800", max_size=12))
def test_any_text_is_a_pattern_or_a_pattern_error(source: str) -> None:
    with suppress(PatternError):
        assert isinstance(compile_pattern(source), re.Pattern)


@given(st.characters(exclude_categories=["Cs"]))
def test_any_character_stands_for_itself(one: str) -> None:
    escaped = f"\\{one}" if one in "()*+.?[\\]{|}" else one
    assert compile_pattern(escaped).fullmatch(one)
    if one not in "-[]\\^":
        assert compile_pattern(f"[{one}]").fullmatch(one)
        assert compile_pattern(f"[{one}-{one}a]").fullmatch(one)
        assert not compile_pattern(f"[^{one}]").fullmatch(one)


@given(
    st.characters(exclude_categories=["Cs"]), st.sampled_from(["L", "Lu", "Nd", "P", "Sm", "Zs", "Cn", "C"])
)
def test_categories_are_those_of_unicode(one: str, name: str) -> None:
    belongs = unicodedata.category(one).startswith(name)
    assert bool(compile_pattern(f"\\p{{{name}}}").fullmatch(one)) is belongs
    assert bool(compile_pattern(f"\\P{{{name}}}").fullmatch(one)) is not belongs
    assert bool(compile_pattern(f"[^\\p{{{name}}}]").fullmatch(one)) is not belongs
    assert bool(compile_pattern(f"[\\P{{{name}}}]").fullmatch(one)) is not belongs


def test_ranges_and_their_complement_are_everything() -> None:
    for name in ("L", "Cs", "Zl", "Cn", "C"):
        spans = sorted(ranges_of(name) + complement(ranges_of(name)))
        assert sum(last - first + 1 for first, last in spans) == maxunicode + 1
    assert complement(()) == ((0, maxunicode),)
    assert complement(complement(ranges_of("Lu"))) == ranges_of("Lu")


@pytest.mark.parametrize(
    "source", ["a{99999999999999999999}", "a{0,99999999999999999999}", "a{" + "9" * 5000 + ",}"]
)
def test_counts_of_any_length_are_read(source: str) -> None:
    with pytest.raises(PatternError, match="counts to more than 1000"):
        compile_pattern(source)
    assert compile_pattern("a{0000000000000000000000000000002}").fullmatch("aa")
