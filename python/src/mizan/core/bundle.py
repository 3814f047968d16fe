"""`GET /ctx/{context}` and `GET /ctx/{context}/{member}` (spec page `bundle`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._tables import HEADERS, LIMITS
from .cache_key import tags
from .entity_tag import entity_tag, matches_tag
from .failure import Failure
from .findings import Refused
from .identify import identify_caller
from .min import parse_min, revision_for_min
from .numbers import last_of
from .read_bundle import BundleReading, all_guards_refuse, read_bundle
from .request import RequestState
from .respond import NO_STORE, failed, identity_header, json_answer
from .revision import Revision, format_revision
from .skew import changed_since, invalid, other_contract, unknown_name
from .wire import Header, WireRequest, WireResponse

if TYPE_CHECKING:
    from .address import Instance
    from .app import App
    from .flow import Flow
    from .plan import ContextPlan, MemberPlan

_NO_CACHE: Header = ("Cache-Control", "private, no-cache")
_REVISION = HEADERS["revision"]
_TAG_BYTES = LIMITS["tagBytes"]


class Read:
    """One read on its way through the order of refusals (REF-1)."""

    __slots__ = ("app", "context", "members", "other", "request", "wire")

    def __init__(self, app: App, wire: WireRequest, context: str, member: str | None) -> None:
        self.app = app
        self.wire = wire
        self.request = RequestState(app, wire)
        self.other = other_contract(app, wire)
        self.context: ContextPlan | None = app.plans.contexts.get(context)
        members: tuple[MemberPlan, ...] = () if self.context is None else self.context.members
        if member is not None:
            members = tuple(one for one in members if one.plan.name == member)
        self.members = members

    def answer(self) -> Flow[WireResponse]:
        """Answers it."""
        app, context, members, other, request = self.app, self.context, self.members, self.other, self.request
        # Before anything of the request touches data (REV-8).
        last = None if context is None else (yield from last_of(app, context.name))
        refused = yield from identify_caller(app, request)
        if refused is not None:
            return self._refuse(refused)
        if context is None:
            return self._refuse(unknown_name("No such context", other))
        if not members:
            return self._refuse(unknown_name(f"The context {context.name} has no such member", other))
        if other is not None:
            changed = changed_since(app, other, context.decl.members)
            if changed is not None:
                return self._refuse(changed)
        if context.for_users:
            closed = all_guards_refuse(members, request)
            if closed is not None:
                return self._refuse(closed)
        instance = context.address.parse(self.wire.query)
        if isinstance(instance, Refused):
            return self._refuse(invalid(instance, other))
        reading = yield from read_bundle(app, members, instance.values, request)
        return self._answer_reading(context, instance, last, reading)

    def _refuse(self, failure: Failure) -> WireResponse:
        contract = None if self.other is None else self.app.contract_id
        return failed(failure, contract, (), self._for_whom())

    def _for_whom(self) -> tuple[Header, ...]:
        """Answers of class user say for whom they are (BUN-12)."""
        if self.context is None or not self.context.for_users:
            return ()
        return (identity_header(self.app, self.request.identity),)

    def _answer_reading(
        self, context: ContextPlan, instance: Instance, last: Revision | None, reading: BundleReading
    ) -> WireResponse:
        if reading.body is None:
            return self._refuse(reading.first or unknown_name("No member", self.other))
        headers = list(self._for_whom())
        revision = last
        if last is not None and instance.min is not None:
            told = parse_min(instance.min)
            if told is not None:
                revision = revision_for_min(last, told, self.app.clock())
        if revision is not None:
            headers.append((_REVISION, format_revision(revision)))
        if context.for_users or reading.failures or instance.min is not None or revision is None:
            return json_answer(reading.body, [NO_STORE, *headers])
        return self._cacheable(context, instance.address, reading.body, headers)

    def _cacheable(
        self, context: ContextPlan, address: str, body: bytes, headers: list[Header]
    ) -> WireResponse:
        """A public answer with its entity tag; 304 when the caller has it (BUN-9 to BUN-13)."""
        app = self.app
        cache = context.decl.cache
        if cache is None or self.request.sets_cookie:
            headers.append(_NO_CACHE)
        else:
            tag_header = app.settings.tag_header
            names = ("," if tag_header == "Cache-Tag" else " ").join(tags(address))
            if len(names) > _TAG_BYTES:
                return json_answer(body, [NO_STORE, *headers])
            headers.append(("Cache-Control", f"public, max-age=0, s-maxage={cache}"))
            headers.append((tag_header, names))
        tag = entity_tag(app, context, address, body)
        headers.append(("ETag", tag))
        held = self.wire.header("if-none-match")
        if held is not None and matches_tag(held, tag):
            return WireResponse(304, tuple(headers), None)
        return json_answer(body, headers)
