"""Guards: those that look at the caller only, and functions."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from .contract import AuthKind
from .failure import Failure, refusal

if TYPE_CHECKING:
    from .identity import Identity
    from .plan import FunctionPlan
    from .request import RequestState

_UNAUTHENTICATED = refusal("UNAUTHENTICATED", "Sign in first")
FORBIDDEN = refusal("FORBIDDEN", "Not allowed")


def static_guard(auth: AuthKind, who: Identity | None) -> Failure | None:
    """The guard that looks at the caller only and runs before arguments are checked (REF-3)."""
    if auth == "none":
        return None
    if who is None:
        return _UNAUTHENTICATED
    if auth == "staff":
        return None if who.staff else FORBIDDEN
    if auth == "superuser":
        return None if who.superuser else FORBIDDEN
    return None


def ask_guard(plan: FunctionPlan, args: Mapping[str, Any], request: RequestState) -> Any:
    """For hosts: what the guard function answers, which may be awaitable; true where there is none."""
    return True if plan.guard is None else plan.guard(request.identity, SimpleNamespace(**args))


def handler_arguments(
    plan: FunctionPlan, args: dict[str, Any], injected: Mapping[str, Any], request: RequestState
) -> dict[str, Any]:
    """For hosts: the keyword arguments of a handler, with what comes from the host and who is calling."""
    if injected:
        args = {**args, **injected}
    if plan.identity_param is not None:
        args = {**args, plan.identity_param: request.identity}
    return args
