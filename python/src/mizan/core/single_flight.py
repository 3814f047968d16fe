"""The fresh bundles in a call's answer (spec page `single-flight`)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .address_text import covers
from .findings import Refused
from .identify import identify_caller
from .numbers import last_of
from .read_bundle import read_bundle
from .request import RequestState
from .revision import format_revision

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .plan import ContextPlan


@dataclass(frozen=True, slots=True)
class Flight:
    """The fresh bundles of one answer."""

    text: bytes
    """The inside of `contexts`: addresses and bundles in the order of `shows`; empty when there are none."""
    for_users: bool
    """Whether one of them is of class user."""


NO_FLIGHT = Flight(b"", False)


@dataclass(slots=True)
class Shown:
    """An instance that a client shows."""

    address: str
    context: ContextPlan
    values: dict[str, Any]


@dataclass(slots=True)
class _Landing:
    """What the reads of one answer have come to so far; hosts may give up on them at any point."""

    entries: dict[str, bytes]
    stranger: bool = False
    """Whether a read saw another caller than the call began with."""


def shown_instances(app: App, shows: Sequence[str]) -> list[Shown]:
    """The instances of `shows` that are what they seem, each once; the others are passed over (FLT-1)."""
    found: dict[str, Shown] = {}
    for text in shows[: app.limits.shows]:
        if text in found:
            continue
        name, question, query = text.partition("?")
        context = app.plans.contexts.get(name)
        if context is None or not context.members:
            continue
        instance = context.address.parse(query if question else "")
        if isinstance(instance, Refused) or instance.min is not None or instance.address != text:
            continue
        found[text] = Shown(text, context, instance.values)
    return list(found.values())


def read_shown(
    app: App, request: RequestState, shows: Sequence[str], scopes: Sequence[str], merged: Collection[str]
) -> Flow[Flight]:
    """Reads the shown instances that these scopes cover, as requests of their own, after the numbers.

    `merged` are instances that a merge has brought up to date already (FLT-2 to FLT-7).
    """
    affected = [
        one
        for one in shown_instances(app, shows)
        if one.address not in merged and any(covers(scope, one.address) for scope in scopes)
    ][: app.limits.contexts]
    if not affected:
        return NO_FLIGHT
    landing = _Landing({})
    milliseconds = app.limits.flight_milliseconds
    reads = _read_all(app, request, affected, landing, app.clock() + milliseconds)
    try:
        within = app.host.within(milliseconds, reads)
        if within is not None:
            yield within
    except Exception as error:
        # What is left out stays in `invalidate`: it never fails the call (FLT-5).
        app.flight_failed(error)
    return NO_FLIGHT if landing.stranger else _put_together(app, affected, landing.entries)


def _read_all(
    app: App, request: RequestState, affected: Sequence[Shown], landing: _Landing, deadline: float
) -> Flow[None]:
    for shown in affected:
        if landing.stranger or app.clock() >= deadline:
            return
        entry = yield from _read_one(app, request, shown, landing)
        # A host that cannot give up a read finds it late.
        if entry is not None and app.clock() < deadline:
            landing.entries[shown.address] = entry


def _read_one(app: App, request: RequestState, shown: Shown, landing: _Landing) -> Flow[bytes | None]:
    """One bundle as an entry of `contexts`."""
    context = shown.context
    revision = yield from last_of(app, context.name)
    own = RequestState(app, request.wire, again=True)
    refused = yield from identify_caller(app, own)
    if refused is not None or own.identity != request.identity:
        landing.stranger = True
        return None
    if revision is None:
        return None
    reading = yield from read_bundle(app, context.members, shown.values, own)
    if reading.body is None or reading.failures:
        return None
    head = f'"{shown.address}":{{"revision":"{format_revision(revision)}","data":'
    return head.encode() + reading.body + b"}"


def _put_together(app: App, affected: Sequence[Shown], entries: dict[str, bytes]) -> Flight:
    """What fits, in the order of `shows` (FLT-4, FLT-5)."""
    texts: list[bytes] = []
    room = app.limits.flight_bytes
    for_users = False
    for shown in affected:
        entry = entries.get(shown.address)
        if entry is None or len(entry) > room:
            continue
        room -= len(entry)
        texts.append(entry)
        for_users = for_users or shown.context.for_users
    return Flight(b",".join(texts), for_users)
