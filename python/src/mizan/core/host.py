"""What the core asks of a framework."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from .flow import Flow
    from .plan import FunctionPlan
    from .request import RequestState
    from .wire import WireRequest


@dataclass(slots=True)
class Performed:
    """What guard and handler came to, after their transaction has ended.

    Nobody changes it; it is not frozen because such a one takes longer to make.
    """

    result: Any = None
    """What the handler returned."""
    error: BaseException | None = None
    """What guard, handler or commit raised instead; `GuardRefused` for a guard that answered no."""
    committed: bool = True
    """Whether what was written stands (CALL-9): false when a transaction around all of it was rolled back.

    And when guard or injected parameters kept the handler from being started (CALL-10). Without a
    transaction a handler that was started counts as committed, also when it raised.
    """


class GuardRefused(Exception):
    """A guard function answered no."""


class Host(Protocol):
    """One framework's side. Whatever is typed `Any` may be awaitable; flows settle it with `yield`."""

    def read_body(self, wire: WireRequest, limit: int) -> Any:
        """The body's bytes, or None when there are more than `limit`.

        Raises when it ended early, and `BodyTaken` where somebody else has read it.
        """

    def identify(self, request: RequestState) -> Any:
        """An `Identity`, or None for nobody; raises for a credential or a forgery check that is refused.

        Asked for each `RequestState` anew: where `request.again` is set, nothing that was kept may answer.
        """

    def csrf_token(self, request: RequestState) -> Any:
        """The token for `GET /session/` (SES-1), None where there is none."""

    def perform(self, plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Any:
        """Runs the guard function, if there is one, and the handler, in a transaction where the host has one.

        Mutations and queries alike; comes to `Performed` and raises nothing of theirs. `args` are keyword
        arguments by Python name; `guard.ask_guard` and `guard.handler_arguments` do what hosts share.
        A caller that goes away does not undo a handler that was started: shield it (CALL-12).
        """

    def end_read(self, request: RequestState) -> Any:
        """The members of a read have run: closes what they shared. What it raises fails the read."""

    def within(self, milliseconds: int, flow: Flow[None]) -> Any:
        """Runs a flow for at most this long; what is late is given up where the host can give it up.

        Between members the flow yields None: a host that blocks may close it there.
        """

    def error_of(self, error: BaseException) -> BaseException:
        """The host's own exceptions as `MizanError` (ERR-14); everything else as it is."""

    def on_commit(self, announce: Callable[[], None]) -> None:
        """Calls it when the transaction around the caller, if any, has committed; never after a rollback."""

    def run(self, flow: Flow[Any]) -> Any:
        """Runs a flow outside of a request, from wherever `invalidate` or a direct call stands."""


class Injected(Protocol):
    """A parameter that the caller never sends: its value comes from the host."""

    @property
    def name(self) -> str:
        """In Python."""


class HostTypes(Protocol):
    """What a framework knows of annotations."""

    def inject(self, name: str, annotation: Any, position: int, default: Any) -> Injected | None:
        """The host's own parameter (a request, a dependency), or None for an argument on the wire.

        A `TypeError` says what is wrong with it; registration reports it as a mistake of the function.
        """

    names: Sequence[str]
    """What it calls itself in messages."""
