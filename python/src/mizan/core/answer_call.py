"""Steps 2 and 3 of a call (CALL-8): the numbers, then the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ._tables import HEADERS
from .address_text import context_of
from .failure import Failure
from .invalidation import normalize_scopes
from .merge import MergeEntry, instances_of, merge_entries
from .numbers import Announced, take_numbers
from .respond import failed, identity_header, json_bytes, private_json
from .scope_plan import Staleness
from .single_flight import NO_FLIGHT, Flight, read_shown
from .wire import Header, WireResponse

if TYPE_CHECKING:
    from .call import Call
    from .flow import Flow
    from .plan import FunctionPlan

_INVALIDATE = HEADERS["invalidate"]


@dataclass(slots=True)
class Outcome:
    """What the handler and its transaction came to."""

    committed: bool
    """Whether what it wrote stands."""
    output: Any
    """The result in its one form; `ABSENT` when there is none."""
    text: bytes
    """The result as JSON, made before anything is announced: what has no text fails as a wrong output."""
    failure: Failure | None


def answer_outcome(call: Call, plan: FunctionPlan, outcome: Outcome) -> Flow[WireResponse]:
    """Announces what was committed, whatever the answer is (CALL-9), and answers."""
    failure = outcome.failure
    # From here on nothing may be added.
    added = call.request.take()
    if not outcome.committed or (plan.scopes is None and not added):
        if failure is not None:
            return call.refuse(failure)
        body = b'{"result":' + outcome.text + b',"invalidate":[]}'
        return private_json(200, body, call.app.contract_header)
    if plan.scopes is None:
        staleness = Staleness(normalize_scopes(added or ()), [])
    else:
        staleness = plan.scopes.resolve(call.values, outcome.output, added or ())
    call.request.announced = staleness.scopes
    merges = staleness.merges
    announced = yield from take_numbers(call.app, staleness.scopes, instances_of(merges) if merges else None)
    listed: tuple[Header, ...] = ((_INVALIDATE, announced.header),) if announced.header else ()
    if failure is not None:
        more = (call.app.contract_header, *listed)
        return failed(failure, call.answered_contract, announced.entries, more)
    entries = merge_entries(merges, call.first, announced) if merges else []
    flight = NO_FLIGHT
    if call.shows:
        into = {entry["into"] for entry in entries}
        merged = {target.instance for target in merges if target.into in into}
        flight = yield from read_shown(call.app, call.request, call.shows, staleness.scopes, merged)
    return _success(call, outcome.text, announced, entries, listed, flight)


def _success(
    call: Call,
    result: bytes,
    announced: Announced,
    entries: Sequence[MergeEntry],
    listed: tuple[Header, ...],
    flight: Flight,
) -> WireResponse:
    text = b'{"result":' + result + b',"invalidate":' + json_bytes(list(announced.entries))
    if entries:
        text += b',"merge":' + json_bytes(list(entries))
    if flight.text:
        text += b',"contexts":{' + flight.text + b"}"
    app = call.app
    for_users = flight.for_users or any(
        app.plans.contexts[context_of(entry["into"])].for_users for entry in entries
    )
    who = (identity_header(app, call.request.identity),) if for_users else ()
    return private_json(200, text + b"}", app.contract_header, *listed, *who)
