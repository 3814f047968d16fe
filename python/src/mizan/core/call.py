"""`POST /call/` (spec page `call`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .answer_call import Outcome, answer_outcome
from .contract import ABSENT
from .envelope import Envelope, read_envelope
from .failure import Failure, refusal
from .findings import Refused
from .guard import static_guard
from .host import Performed
from .identify import identify_caller
from .member import error_failure
from .numbers import last_of
from .read_bundle import end_read
from .request import RequestState, current_request
from .respond import failed, json_bytes
from .scope_watch import ScopeWatch
from .skew import changed_since, invalid, other_contract, unknown_name

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .plan import FunctionPlan
    from .revision import Revision
    from .wire import WireRequest, WireResponse


class Call:
    """One call on its way through the order of refusals (REF-1)."""

    __slots__ = ("app", "envelope", "first", "other", "plan", "request", "shows", "values", "wire")

    def __init__(self, app: App, wire: WireRequest, body: bytes) -> None:
        """Route, method, content type and size have passed; the body is whole."""
        self.app = app
        self.wire = wire
        self.request = RequestState(app, wire)
        self.other = other_contract(app, wire)
        """The contract that the client was made from, when it is another."""
        self.envelope = envelope = read_envelope(body)
        self.plan: FunctionPlan | None = None
        self.shows: list[str] = []
        """Instances that the client shows."""
        if isinstance(envelope, Envelope):
            self.plan = app.plans.functions.get(envelope.fn)
            self.shows = envelope.shows
        self.first: dict[str, Revision | None] = {}
        """Numbers of the contexts that it merges into, from before anything touched data."""
        self.values: dict[str, Any] = {}
        """Arguments in the contract's form."""

    def answer(self) -> Flow[WireResponse]:
        """Answers it."""
        app, plan, envelope, other = self.app, self.plan, self.envelope, self.other
        if plan is not None:
            # What merges rest on comes before anything that touches data (MRG-4), so before the refusals.
            for context in plan.merge_contexts:
                self.first[context] = yield from last_of(app, context)
        refused = yield from identify_caller(app, self.request)
        if refused is not None:
            return self.refuse(refused)
        if isinstance(envelope, Failure):
            return self.refuse(envelope)
        if plan is None:
            return self.refuse(unknown_name("No such function", other))
        if other is not None:
            changed = changed_since(app, other, (plan.name,))
            if changed is not None:
                return self.refuse(changed)
        if plan.decl.private:
            return self.refuse(refusal("FORBIDDEN", "Not callable from outside"))
        closed = static_guard(plan.decl.auth, self.request.identity)
        if closed is not None:
            return self.refuse(closed)
        checked = plan.check(envelope.args)
        if isinstance(checked, Refused):
            return self.refuse(invalid(checked, other))
        self.values = checked
        try:
            args = plan.validate(checked)
        except Exception as error:
            return self.refuse(error_failure(app, plan, error, self.request))
        if isinstance(args, Refused):
            return self.refuse(invalid(args, other))
        if app.development and envelope.shows:
            return (yield from self._run_watched(plan, args))
        outcome = yield from self._run(plan, args)
        return (yield from answer_outcome(self, plan, outcome))

    def refuse(self, failure: Failure) -> WireResponse:
        """The answer to a call that was never started, or rolled back."""
        return failed(failure, self.answered_contract, (), (self.app.contract_header,))

    @property
    def answered_contract(self) -> str | None:
        """The server's contract, for errors under another (SKEW-3)."""
        return None if self.other is None else self.app.contract_id

    def _run_watched(self, plan: FunctionPlan, args: dict[str, Any]) -> Flow[WireResponse]:
        watch = ScopeWatch(self.app, plan, self.wire)
        yield from watch.look(self.shows)
        outcome = yield from self._run(plan, args)
        response = yield from answer_outcome(self, plan, outcome)
        yield from watch.compare(self.request.announced)
        return response

    def _run(self, plan: FunctionPlan, args: dict[str, Any]) -> Flow[Outcome]:
        """Step 1 (CALL-8): guard, handler and the transaction around them, then the output.

        After the commit a wrong output fails the answer and not the write (CALL-9).
        """
        app, request = self.app, self.request
        outer = current_request.get()
        current_request.set(request)
        ended: Failure | None = None
        try:
            is_query = plan.decl.context is not None
            if not is_query:
                request.pending = []
            try:
                done: Any = app.host.perform(plan, args, request)
                if done.__class__ is not Performed:
                    done = yield done
            except Exception as error:
                # The host broke its word. Nobody knows what was committed, and announcing too much is safe.
                done = Performed(error=error)
            if is_query:
                ended = yield from end_read(app, request)
        finally:
            current_request.set(outer)
        failure = ended if done.error is None else error_failure(app, plan, done.error, request)
        if failure is None:
            try:
                output = plan.encode(done.result)
                return Outcome(done.committed, output, json_bytes(output), None)
            except Exception as error:
                failure = error_failure(app, plan, error, request)
        return Outcome(done.committed, ABSENT, b"", failure)
