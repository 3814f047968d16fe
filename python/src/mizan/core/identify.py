"""Finds out who is calling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .failure import Failure, failure_of
from .identity import Identity

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .request import RequestState


def identify_caller(app: App, request: RequestState) -> Flow[Failure | None]:
    """Resolves who is calling into the request; a credential that is refused is the failure (REF-1)."""
    try:
        who: Any = app.host.identify(request)
        if who is not None and not isinstance(who, Identity):
            who = yield who
    except Exception as error:
        return failure_of(error, app.host, "identify", quiet=request.quiet)
    request.identity = who
    return None
