"""In development: finds scopes that leave out what changed (INV-14)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .address_text import covers
from .identify import identify_caller
from .read_bundle import read_bundle
from .request import RequestState
from .single_flight import Shown, shown_instances

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .plan import FunctionPlan
    from .wire import WireRequest

_log = logging.getLogger("mizan")


class ScopeWatch:
    """The shown instances of contexts that a mutation affects, as they were before it ran."""

    def __init__(self, app: App, plan: FunctionPlan, wire: WireRequest) -> None:
        self._app = app
        self._plan = plan
        self._wire = wire
        self._before: list[tuple[Shown, bytes]] = []

    def look(self, shows: Sequence[str]) -> Flow[None]:
        """Reads them before the mutation runs."""
        affected = {one.context for one in self._plan.decl.affects} | set(self._plan.merge_contexts)
        shown = [one for one in shown_instances(self._app, shows) if one.context.name in affected]
        for one in shown[: self._app.limits.contexts]:
            body = yield from self._read(one)
            if body is not None:
                self._before.append((one, body))

    def compare(self, announced: Sequence[str]) -> Flow[None]:
        """Reads again what the scopes left out, and warns by name where it changed."""
        for one, before in self._before:
            if any(covers(scope, one.address) for scope in announced):
                continue
            after = yield from self._read(one)
            if after is not None and after != before:
                _log.warning(
                    "%s changed %s, which its scope %s leaves out: widen affects, or call invalidate",
                    self._plan.name,
                    one.address,
                    ", ".join(announced) or "of nothing",
                    extra={"event": "scope", "function": self._plan.name, "context": one.context.name},
                )

    def _read(self, shown: Shown) -> Flow[bytes | None]:
        request = RequestState(self._app, self._wire, again=True, quiet=True)
        if (yield from identify_caller(self._app, request)) is not None:
            return None
        reading = yield from read_bundle(self._app, shown.context.members, shown.values, request)
        return None if reading.failures else reading.body
