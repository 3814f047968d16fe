"""A router where it is included: what was compiled for that place, and the way to an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from anyio import CancelScope
from starlette.routing import Match, compile_path
from starlette.types import Receive, Scope, Send

from ..core.failure import failure_of
from ..core.flow import run_async
from ..core.request import RequestState
from ..core.respond import failed
from ..core.wire import WireResponse
from .describe import Routes
from .host import FastApiHost, close_all
from .internals import Included, Needs, mark_selected, path_below_root
from .wire import AsgiRequest, write

if TYPE_CHECKING:
    from ..core.app import App

_GET = frozenset(("/session", "/session/", "/contract", "/contract/"))
_POST = frozenset(("/call", "/call/"))
_READS = ("GET", "HEAD")
_FOUND = "mizan.found"
_NOTHING = (None, "")


class Mounted:
    """One inclusion of a router."""

    def __init__(
        self,
        app: App,
        host: FastApiHost,
        place: Included,
        routes: Routes,
        *,
        needs: Mapping[str, Needs],
        door: Needs | None,
        contract_door: Needs | None,
    ) -> None:
        self._app = app
        self._host = host
        self._routes = routes
        self.prefix = place.prefix
        self.overrides = place.overrides
        self.needs = needs
        """What functions want of dependencies, by wire name."""
        self.door = door
        """What runs to learn who is calling."""
        self.contract_door = contract_door
        """What runs before the contract is shown, which nobody is identified for."""
        self.in_transaction = contract_door is not None and bool(contract_door.transactions)
        """Whether the dependencies of `include_router` open a transaction around every function."""
        pattern = compile_path(f"{place.prefix}/{{mizan_rest:path}}")[0] if "{" in place.prefix else None
        self._pattern: re.Pattern[str] | None = pattern

    def matches(self, scope: Scope) -> Match:
        """Full for its own routes; what else lies below the prefix it takes when no other route does."""
        rest = self._rest(scope)
        if rest is None:
            return Match.NONE
        scope[_FOUND] = (self, rest)
        method = scope["method"]
        if rest in _POST:
            return Match.FULL if method == "POST" else Match.PARTIAL
        if rest in _GET or rest.startswith("/ctx/"):
            return Match.FULL if method in _READS else Match.PARTIAL
        return Match.PARTIAL if self.prefix else Match.NONE

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, closes its dependencies, sends the answer, runs what was left for afterwards."""
        found, rest = scope.pop(_FOUND, _NOTHING)
        if found is not self:
            rest = self._rest(scope) or ""
        route = self._routes.find(rest)
        if route is not None:
            mark_selected(scope, route, self.prefix)
        wire = AsgiRequest(scope, receive, _as_sent(scope, rest), self)
        try:
            if wire.method == "POST":
                # A caller that goes away does not undo a handler that was started (CALL-12).
                with CancelScope(shield=True):
                    response = await self._response(wire)
            else:
                response = await self._response(wire)
        except BaseException as error:
            await close_all(wire, error)
            raise
        if wire.opened is not None:
            left = await close_all(wire, None)
            if left is not None:
                response = self._ended_badly(response, left)
        await write(wire, response, send)
        if wire.tasks is not None and response.status < 400:
            await wire.tasks()

    async def _response(self, wire: AsgiRequest) -> WireResponse:
        if self.contract_door is not None and wire.path.startswith("/contract"):
            try:
                await self._host.pass_door(RequestState(self._app, wire), self.contract_door)
            except Exception as error:
                return failed(failure_of(error, self._host, "contract"), None)
        return await run_async(self._app.dispatch(wire))

    def _ended_badly(self, response: WireResponse, error: BaseException) -> WireResponse:
        """What was opened for a request that came to nothing, or for who is calling, could not be closed."""
        failure = failure_of(error, self._host, "the end of a request")
        return failed(failure, None) if response.status < 400 else response

    def _rest(self, scope: Scope) -> str | None:
        """The path below the prefix, decoded; None when it lies elsewhere."""
        path = path_below_root(scope)
        if self._pattern is not None:
            found = self._pattern.match(path) or self._pattern.match(f"{path}/")
            if found is None:
                return None
            values: dict[str, Any] = found.groupdict()
            rest = values.pop("mizan_rest")
            scope["path_params"] = {**scope.get("path_params", {}), **values}
            return f"/{rest}"
        prefix = self.prefix
        if not path.startswith(prefix):
            return None
        rest = path[len(prefix) :]
        return rest if rest == "" or rest[0] == "/" else None


def _as_sent(scope: Scope, rest: str) -> str:
    """The same path as it was sent, byte by byte (HTTP-2)."""
    raw: bytes | None = scope.get("raw_path")
    if raw is None or b"%" not in raw:
        return rest
    path: str = scope["path"]
    above = path[: len(path) - len(rest)].count("/")
    return "/" + "/".join(raw.decode("latin-1").split("/")[above + 1 :])
