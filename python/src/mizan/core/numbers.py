"""Numbers of announcements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._tables import LIMITS
from .address_text import context_of
from .fit_header import fit_header
from .invalidation import format_entry, format_invalidate_header
from .revision import Revision
from .store import Taken

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow

_BUDGET = LIMITS["invalidateBytes"]


@dataclass(slots=True)
class Announced:
    """What an announcement came to."""

    entries: Sequence[str]
    """The list as body and header hold it."""
    header: str
    """The value of the header; empty when there is nothing to say."""
    taken: Mapping[str, Taken]
    """By context: its number, and at which numbers the instances asked for had changed before."""


NOTHING = Announced((), "", {})


def take_numbers(
    app: App, scopes: Sequence[str], instances: Mapping[str, Sequence[str]] | None = None
) -> Flow[Announced]:
    """Takes one number for each context of these normalised scopes and notes it (REV-5).

    `instances` are those whose last change must be known from before, by context. What the store refuses is
    announced without a number (INV-9).
    """
    if not scopes:
        return NOTHING
    groups: dict[str, list[str]] = {}
    for scope in scopes:
        groups.setdefault(context_of(scope), []).append(scope)
    taken: dict[str, Taken] = {}
    for context, group in groups.items():
        try:
            one: Any = app.store.take(context, group, instances.get(context, ()) if instances else ())
            if one.__class__ is not Taken:
                one = yield one
        except Exception as error:
            app.store_failed(error)
        else:
            taken[context] = one
    return _listed(scopes, taken)


def _listed(scopes: Sequence[str], taken: Mapping[str, Taken]) -> Announced:
    entries: Sequence[str] = [
        format_entry(scope, None if (one := taken.get(context_of(scope))) is None else one.revision)
        for scope in scopes
    ]
    header = format_invalidate_header(entries)
    if len(header) > _BUDGET:
        entries = fit_header(entries, _BUDGET)
        header = format_invalidate_header(entries)
    return Announced(entries, header, taken)


def last_of(app: App, context: str) -> Flow[Revision | None]:
    """The last number of a context, or none when the store fails."""
    try:
        last: Any = app.store.last(context)
        if last.__class__ is not Revision:
            last = yield last
    except Exception as error:
        app.store_failed(error)
        return None
    else:
        revision: Revision = last
        return revision
