"""One member of a bundle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .failure import Failure, failure_of
from .findings import Refused
from .guard import FORBIDDEN
from .host import GuardRefused, Performed
from .respond import json_bytes
from .skew import invalid

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .plan import FunctionPlan, MemberPlan
    from .request import RequestState


def run_member(
    app: App, member: MemberPlan, values: Mapping[str, Any], request: RequestState
) -> Flow[bytes | Failure]:
    """Runs one member with its own parameters; its static guard has let the caller through.

    Comes to its output as JSON text, or to why there is none (BUN-1, BUN-5).
    """
    plan = member.plan
    try:
        args = plan.validate({name: values[name] for name in member.params if name in values})
        if isinstance(args, Refused):
            return invalid(args, None)
        done: Any = app.host.perform(plan, args, request)
        if done.__class__ is not Performed:
            done = yield done
        if done.error is not None:
            return error_failure(app, plan, done.error, request)
        return json_bytes(plan.encode(done.result))
    except Exception as error:
        return error_failure(app, plan, error, request)


def error_failure(app: App, plan: FunctionPlan, error: BaseException, request: RequestState) -> Failure:
    """What a function's exception is answered with."""
    if isinstance(error, GuardRefused):
        return FORBIDDEN
    return failure_of(error, app.host, plan.name, plan.errors, quiet=request.quiet)
