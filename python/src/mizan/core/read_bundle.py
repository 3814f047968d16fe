"""The members of one instance, put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .failure import Failure, failure_of
from .guard import static_guard
from .member import run_member
from .request import current_request
from .respond import json_bytes

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .plan import MemberPlan
    from .request import RequestState


@dataclass(slots=True)
class BundleReading:
    """What the members of one instance came to."""

    body: bytes | None
    """With `$errors` first when some failed; none when every member failed."""
    failures: int
    first: Failure | None
    """The first failure by name."""


def all_guards_refuse(members: Sequence[MemberPlan], request: RequestState) -> Failure | None:
    """The failure that answers when the static guard of every member refuses (BUN-7)."""
    first: Failure | None = None
    for member in members:
        refused = static_guard(member.plan.decl.auth, request.identity)
        if refused is None:
            return None
        first = first or refused
    return first


def read_bundle(
    app: App, members: Sequence[MemberPlan], values: Mapping[str, Any], request: RequestState
) -> Flow[BundleReading]:
    """Runs these members one after the other: they share the request's connection (BUN-1, BUN-4, BUN-5)."""
    outer = current_request.get()
    current_request.set(request)
    try:
        answers: list[tuple[MemberPlan, bytes | Failure]] = []
        for member in members:
            if request.again:
                # Here a host that blocks can give up a read that is late (FLT-5).
                yield None
            refused = static_guard(member.plan.decl.auth, request.identity)
            answers.append((member, refused or (yield from run_member(app, member, values, request))))
        failure = yield from end_read(app, request)
    except GeneratorExit:
        raise
    except BaseException:
        # Given up by its host: what the members shared is closed all the same.
        yield from end_read(app, request)
        raise
    finally:
        current_request.set(outer)
    if failure is not None:
        return BundleReading(None, len(answers), failure)
    return _put_together(answers)


def end_read(app: App, request: RequestState) -> Flow[Failure | None]:
    """Closes what the members of a read shared."""
    try:
        closing = app.host.end_read(request)
        if closing is not None:
            yield closing
    except Exception as error:
        return failure_of(error, app.host, "the end of a read", quiet=request.quiet)
    return None


def _put_together(answers: Sequence[tuple[MemberPlan, bytes | Failure]]) -> BundleReading:
    """Members are in code point order, and so are the errors."""
    parts: list[bytes] = []
    errors: dict[str, Any] = {}
    first: Failure | None = None
    for member, answer in answers:
        if isinstance(answer, Failure):
            first = first or answer
            errors[member.plan.name] = answer.error
        else:
            parts.append(member.key + answer)
    if not parts and first is not None:
        return BundleReading(None, len(errors), first)
    if errors:
        parts.insert(0, b'"$errors":' + json_bytes(errors))
    return BundleReading(b"{" + b",".join(parts) + b"}", len(errors), first)
