"""`router(users, shop)`: server functions as a router of FastAPI."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, params
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from ..core.app import App, Export
from ..core.registry import register
from ..core.settings import Limits, ReleasedContracts, Settings
from ..core.store import Store
from .describe import describe_routes
from .host import FastApiHost
from .host_types import FastApiTypes, FromFastApi
from .internals import Included, Needs, compile_needs, included_in, inclusion_of
from .mount import Mounted
from .options import Dependency, Options, check_options, read_limits

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from ..core.define import Context


def router(
    *modules: object,
    identify: Dependency | params.Depends | None = None,
    transaction: Dependency | Sequence[Dependency] = (),
    secret: str | Sequence[str] | None = None,
    development: bool | None = None,
    contract: bool | None = None,
    contracts: ReleasedContracts | str | Path | None = None,
    limits: Limits | Mapping[str, int] | None = None,
    store: Store | None = None,
    clock: Callable[[], float] | None = None,
    epoch: Callable[[str], str] | None = None,
    tag_header: Literal["Surrogate-Key", "Cache-Tag"] = "Surrogate-Key",
    include_in_schema: bool = True,
) -> MizanRouter:
    """The functions of these modules: `app.include_router(router(users, shop), prefix="/api/mizan")`.

    `identify` is a dependency that returns an `Identity` or None. `transaction` names the dependencies with
    `yield` that commit when a function has returned and roll back when it raises: a function that uses one
    leaves the commit to it, and announces nothing after a rollback. One among the dependencies of
    `include_router` is around every function. A function without any announces also when it raises, because
    what it has written may stand (CALL-9).

    `secret` is by default what `MIZAN_SECRET` holds, and `development` is on under `fastapi dev`. All that is
    wrong with the settings is raised as one `SettingsError`, with the modules as one `RegistrationError`.
    """
    checked, faults = read_limits(limits)
    settings = Settings(
        secret=os.environ.get("MIZAN_SECRET") or None if secret is None else secret,
        development=os.environ.get("FASTAPI_ENV") == "development" if development is None else development,
        contract=contract,
        contracts=contracts,
        limits=checked,
        store=store,
        clock=clock,
        epoch=epoch,
        tag_header=tag_header,
    )
    options = check_options(settings, identify, transaction, faults)
    return MizanRouter(modules, options, include_in_schema=include_in_schema)


class MizanRouter(APIRouter):
    """A router whose requests go straight to Mizan, wherever and however often it is included."""

    def __init__(
        self, modules: Sequence[object], options: Options, *, include_in_schema: bool = True
    ) -> None:
        super().__init__(redirect_slashes=False, include_in_schema=include_in_schema)
        self._options = options
        self._host = FastApiHost()
        registry = register(modules, FastApiTypes(), os.getcwd())
        self._app = App(registry, self._host, options.settings)
        self._needs: dict[str, dict[str, Needs]] = {}
        self._mounts: dict[int, tuple[object, Mounted]] = {}
        self._alone: Mounted | None = None
        self._routes = describe_routes(self, contract=self._app.contract_text is not None)

    def export(self) -> Export:
        """The contract as text with its sources and hash."""
        return self._app.export()

    def invalidate(self, context: Context, /, **params: Any) -> None:
        """Announces through this router alone; `mizan.invalidate` tells every one that has the context."""
        self._app.invalidate(context, params)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this request is Mizan's."""
        if scope["type"] != "http":
            return Match.NONE, {}
        found = included_in(scope, self)
        return (Match.NONE if found is None else self._mounted(found).matches(scope)), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what `matches` took."""
        found = included_in(scope, self)
        if found is None:
            await self.app(scope, receive, send)
        else:
            await self._mounted(found).answer(scope, receive, send)

    async def app(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers where it is an application of its own: `app.mount("/api/mizan", router(users))`."""
        if scope["type"] == "http":
            if self._alone is None:
                self._alone = self._compile(Included("", tuple(self.dependencies), None))
            await self._alone.answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self.lifespan(scope, receive, send)
        else:
            await self.default(scope, receive, send)

    def _mounted(self, found: Any) -> Mounted:
        known = self._mounts.get(id(found))
        if known is None:
            # What is held here keeps its id.
            known = self._mounts[id(found)] = (found, self._compile(inclusion_of(found)))
        return known[1]

    def _compile(self, place: Included) -> Mounted:
        path = place.prefix if "{" in place.prefix else ""
        return Mounted(
            self._app,
            self._host,
            place,
            self._routes,
            needs=self._needs_at(path),
            door=self._options.door(path, place.dependencies),
            contract_door=self._options.door(path, place.dependencies, asks=False),
        )

    def _needs_at(self, path: str) -> Mapping[str, Needs]:
        """What functions want of dependencies under a prefix with these parameters, by wire name."""
        known = self._needs.get(path)
        if known is None:
            known = self._needs[path] = {}
            for name, plan in self._app.plans.functions.items():
                taken = [one.parameter for one in plan.injected if isinstance(one, FromFastApi)]
                if taken:
                    known[name] = compile_needs(taken, path=path, transactions=self._options.transactions)
        return known
