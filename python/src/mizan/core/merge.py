"""Entries of `merge` (spec page `merge`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

from .address_text import context_of
from .revision import Revision, format_revision
from .scope_plan import MergeTarget

if TYPE_CHECKING:
    from .numbers import Announced


class MergeEntry(TypedDict):
    """One entry of `merge` (MRG-3)."""

    into: str
    base: str
    revision: str


def instances_of(targets: Sequence[MergeTarget]) -> dict[str, list[str]]:
    """The instances whose last change must be read with the number, by context."""
    instances: dict[str, list[str]] = {}
    for target in targets:
        instances.setdefault(context_of(target.instance), []).append(target.instance)
    return instances


def merge_entries(
    targets: Sequence[MergeTarget], first: Mapping[str, Revision | None], announced: Announced
) -> list[MergeEntry]:
    """The entries of one answer, sorted by `into`.

    Only where nothing changed the instance between `first`, the numbers read before the call touched data,
    and the number that it took (MRG-4).
    """
    asked = instances_of(targets)
    entries: list[MergeEntry] = []
    for target in targets:
        context = context_of(target.instance)
        number = announced.taken.get(context)
        before = first.get(context)
        if number is None or before is None:
            continue
        previous = number.previous[asked[context].index(target.instance)]
        if previous.epoch != before.epoch or previous.n > before.n:
            continue
        if number.revision.epoch == previous.epoch:
            base, revision = format_revision(previous), format_revision(number.revision)
            entries.append(MergeEntry(into=target.into, base=base, revision=revision))
    return sorted(entries, key=lambda entry: entry["into"])
