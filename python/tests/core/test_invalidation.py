from typing import Any

import http_sf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mizan.core.address_text import covers
from mizan.core.fit_header import fit_header
from mizan.core.invalidation import (
    format_entry,
    format_invalidate_header,
    normalize_scopes,
    parse_entry,
)
from mizan.core.revision import format_revision, parse_revision

from .vectors import cases, read_vectors

VECTORS = read_vectors("invalidation")


def read_header(header: str) -> list[Any]:
    """Entries as an independent reader of structured fields sees them."""
    if not header:
        return []
    items: Any = http_sf.parse(header.encode(), tltype="list")
    assert all(params == {} for _, params in items)
    return [item for item, _ in items]


@cases(VECTORS["entries"], "entry")
def test_entries(row: dict[str, Any]) -> None:
    read = parse_entry(row["entry"])
    if "scope" not in row:
        assert read is None
        return
    assert read is not None
    assert read.scope == row["scope"]
    assert (read.revision and format_revision(read.revision)) == row["revision"]
    revision = parse_revision(row["revision"]) if row["revision"] else None
    assert format_entry(row["scope"], revision) == row["entry"]


@cases(VECTORS["headers"], "header")
def test_headers(row: dict[str, Any]) -> None:
    assert format_invalidate_header(row["entries"]) == row["header"]
    assert read_header(row["header"]) == row["entries"]


@cases(VECTORS["fitted"], "name")
def test_fitted(row: dict[str, Any]) -> None:
    assert fit_header(row["entries"], row["budget"]) == row["fitted"]
    assert len(format_invalidate_header(row["fitted"])) <= row["budget"]


def test_refuses_what_is_no_entry() -> None:
    with pytest.raises(ValueError, match="no entry"):
        fit_header(["Nothing?"], 1)


_scope = st.builds(
    lambda head, a, b: head + ("?" if a or b else "") + "&".join(piece for piece in (a, b) if piece),
    st.sampled_from(["t", "u", "t/m", "t/n", "u/m"]),
    st.sampled_from(["", "a=1", "a=2", "a=%20"]),
    st.sampled_from(["", "b=1", "b=2"]),
)
_instance = st.builds(
    "{}?a={}&b={}".format, st.sampled_from("tu"), st.sampled_from("123"), st.sampled_from("12")
)


@given(st.lists(_scope), _instance)
def test_normal_form_covers_the_same(scopes: list[str], instance: str) -> None:
    normal = normalize_scopes(scopes)
    assert normalize_scopes(normal) == normal
    assert any(covers(one, instance) for one in scopes) == any(covers(one, instance) for one in normal)


@given(st.lists(_scope, max_size=12), st.integers(3, 120), _instance)
def test_fitting_never_narrows(scopes: list[str], budget: int, instance: str) -> None:
    entries = [f"{scope}@k.1" for scope in normalize_scopes(scopes)]
    fitted = fit_header(entries, budget)
    header = format_invalidate_header(fitted)
    assert len(header) <= budget
    assert read_header(header) == fitted
    parsed = [parse_entry(entry) for entry in fitted]
    before = any(covers(scope, instance) for scope in scopes)
    assert not before or any(one is not None and covers(one.scope, instance) for one in parsed)
