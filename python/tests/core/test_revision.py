from typing import Any

from mizan.core.min import Min, format_min, is_min, parse_min, reaches_min, revision_for_min
from mizan.core.revision import (
    Revision,
    changed_at,
    create_record,
    format_revision,
    note_scopes,
    parse_revision,
)

from .vectors import cases, read_vectors

VECTORS = read_vectors("revisions")


def min_of(text: str) -> Min:
    read = parse_min(text)
    assert read is not None
    return read


def revision_of(text: str) -> Revision:
    read = parse_revision(text)
    assert read is not None
    return read


@cases(VECTORS["texts"], "text")
def test_texts(row: dict[str, Any]) -> None:
    read = parse_revision(row["text"])
    if "epoch" not in row:
        assert read is None
        return
    assert read == Revision(row["epoch"], row["n"])
    assert format_revision(read) == row["text"]


@cases(VECTORS["min"], "min", "epoch", "changedAt")
def test_min(row: dict[str, Any]) -> None:
    assert is_min(row["min"])
    assert format_min(min_of(row["min"])) == row["min"]
    assert reaches_min(min_of(row["min"]), row["epoch"], row["changedAt"]) is row["reached"]


@cases(VECTORS["answered"], "why")
def test_answered(row: dict[str, Any]) -> None:
    answer = revision_for_min(revision_of(row["read"]), min_of(row["min"]), row["now"])
    assert format_revision(answer) == row["revision"]


def test_asks_for_anything_when_more_epochs_were_told_than_fit() -> None:
    revisions = tuple(Revision(f"e{at}", at) for at in range(9))
    assert format_min(Min(False, revisions)) == "*"
    assert format_min(Min(True, revisions[:8])) == "*"
    assert format_min(Min(True, revisions[:2])) == "*,e0.0,e1.1"


def test_refuses_what_is_no_min() -> None:
    for text in ("", "*,", "k", "k.1,*", ",".join(["k.1"] * 9)):
        assert not is_min(text)


@cases(VECTORS["records"], "name")
def test_records(row: dict[str, Any]) -> None:
    record = create_record(row["epoch"], row["created"])
    for step in row["steps"]:
        if "note" in step:
            assert note_scopes(record, step["note"], step["now"], row["cap"]) == step["n"]
        elif "changedAt" in step:
            assert changed_at(record, step["changedAt"]) == step["n"]
        elif "last" in step:
            assert record.last == step["last"]
        else:
            assert record.floor == step["floor"]
    assert len(record.scopes) <= row["cap"]
