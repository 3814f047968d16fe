"""The one file that touches FastAPI's internals (0.142): how dependencies are solved, where routers are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any

from anyio import CancelScope
from fastapi import APIRouter, FastAPI, Response, params
from fastapi.dependencies.models import Dependant, _is_async_gen_callable, _is_gen_callable
from fastapi.dependencies.utils import get_dependant, get_parameterless_sub_dependant, solve_dependencies
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute, _get_scope_included_router, _IncludedRouter
from fastapi.telemetry._api import _route_selected
from starlette._utils import get_route_path
from starlette.routing import Host, Mount
from starlette.types import Scope

if TYPE_CHECKING:
    from .wire import AsgiRequest


@dataclass(frozen=True, slots=True)
class Needs:
    """What is solved for one function, or for the door: a dependant, and the transactions in it."""

    dependant: Dependant
    transactions: tuple[Dependant, ...]


def compile_needs(
    parameters: Sequence[inspect.Parameter],
    *,
    path: str = "",
    before: Sequence[params.Depends] = (),
    transactions: Sequence[Callable[..., Any]] = (),
) -> Needs:
    """Prepares parameters to be solved by name, after dependencies that have none."""

    def taken() -> None:
        """Stands for the function; only its signature is read."""

    keywords = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in parameters]
    taken.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]  # inspect reads it, typeshed has none
    dependant = get_dependant(path=path, call=taken)
    for depends in reversed(before):
        dependant.dependencies.insert(0, get_parameterless_sub_dependant(depends=depends, path=path))
    found = {one.call: one for one in reversed(list(_all_below(dependant))) if one.call in transactions}
    return Needs(dependant, tuple(reversed(found.values())))


def body_params(needs: Needs) -> list[str]:
    """Parameters, anywhere below, that FastAPI would read from a body of its own."""
    return [
        field.name for one in (needs.dependant, *_all_below(needs.dependant)) for field in one.body_params
    ]


def is_generator(call: Callable[..., Any]) -> bool:
    """Whether a dependency is one with `yield`."""
    return _is_gen_callable(call) or _is_async_gen_callable(call)


def _all_below(dependant: Dependant) -> Iterator[Dependant]:
    for one in dependant.dependencies:
        yield from _all_below(one)
        yield one


class OpenDependencies:
    """Dependencies that are open: each is solved once, all are closed together, the last first."""

    __slots__ = ("_cache", "_entered", "_overrides", "_stack", "_wire", "ended_well")

    def __init__(self, wire: AsgiRequest, overrides: Any) -> None:
        self._wire = wire
        self._overrides = overrides if hasattr(overrides, "dependency_overrides") else None
        self._stack = AsyncExitStack()
        self._cache: dict[Any, Any] = {}
        self._entered: set[Callable[..., Any]] = set()
        self.ended_well = False
        """After closing: whether a transaction ended well."""

    async def solve(self, needs: Needs) -> dict[str, Any]:
        """Values by parameter name; raises what a dependency raises, or `RequestValidationError`."""
        scope = self._wire.scope
        # Function scope and request scope are one here: all is closed before the answer is put together.
        scope["fastapi_inner_astack"] = scope["fastapi_function_astack"] = self._stack
        for transaction in needs.transactions:
            await self._enter(transaction)
        return await self._solve(needs.dependant)

    async def close(self, error: BaseException | None) -> BaseException | None:
        """Closes all of them, with an error if there was one; comes to the error that is left.

        An error that a dependency swallows stays the request's. Whatever is cancelled around it, it ends.
        """
        trace = None if error is None else error.__traceback__
        try:
            with CancelScope(shield=True):
                await self._stack.__aexit__(None if error is None else type(error), error, trace)
        except Exception as raised:
            return raised
        return error

    async def _enter(self, transaction: Dependant) -> None:
        """Opens a transaction with a mark just below it, which hears how it ended and of nothing later."""
        if transaction.call is None or transaction.call in self._entered:
            return
        self._entered.add(transaction.call)
        if not self._overridden(transaction.call):
            await self._solve(Dependant(dependencies=transaction.dependencies, path=transaction.path))
        self._stack.push(self._mark)
        await self._solve(Dependant(dependencies=[transaction], path=transaction.path))

    def _overridden(self, call: Callable[..., Any]) -> bool:
        return self._overrides is not None and call in self._overrides.dependency_overrides

    def _mark(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.ended_well = True

    async def _solve(self, dependant: Dependant) -> dict[str, Any]:
        wire = self._wire
        solved = await solve_dependencies(
            request=wire.raw,
            dependant=dependant,
            background_tasks=wire.tasks,
            response=wire.response,
            dependency_overrides_provider=self._overrides,
            dependency_cache=self._cache,
            async_exit_stack=self._stack,
            embed_body_fields=False,
        )
        wire.tasks = solved.background_tasks
        if solved.errors:
            raise RequestValidationError(solved.errors)
        return solved.values


def new_response() -> Response:
    """What dependencies and functions set headers on, as FastAPI makes it."""
    response = Response()
    del response.headers["content-length"]
    return response


@dataclass(frozen=True, slots=True)
class Included:
    """One inclusion of a router: where, behind which dependencies, with whose overrides."""

    prefix: str
    dependencies: tuple[params.Depends, ...]
    overrides: Any


def path_below_root(scope: Scope) -> str:
    """The decoded path without what the server or a mount has taken of it."""
    return get_route_path(scope)


def included_in(scope: Scope, router: APIRouter) -> _IncludedRouter | None:
    """The inclusion through which this request comes to a router."""
    found = _get_scope_included_router(scope)
    return found if isinstance(found, _IncludedRouter) and found.original_router is router else None


def inclusion_of(found: _IncludedRouter) -> Included:
    """What `include_router` was given, the routers in between taken together."""
    context = found.include_context
    dependencies = (*context.dependencies, *found.original_router.dependencies)
    return Included(context.prefix, dependencies, context.dependency_overrides_provider)


def mark_selected(scope: Scope, route: APIRoute, prefix: str) -> None:
    """Tells whoever asks later, FastAPI's telemetry among them, by which route a request went."""
    scope["route"] = route
    scope["endpoint"] = route.endpoint
    if "fastapi.telemetry" in scope:
        _route_selected(scope=scope, path=prefix + route.path_format)


def routers_in(app: Any, kind: type[APIRouter], prefix: str = "") -> Iterator[tuple[str, APIRouter]]:
    """All routers of a kind that an application has included or mounted, with their prefixes."""
    for route in getattr(app, "routes", ()):
        if isinstance(route, _IncludedRouter):
            yield from _below(route, kind, prefix)
        elif isinstance(route, Mount):
            below = prefix + route.path
            if isinstance(route.app, kind):
                yield below, route.app
            else:
                yield from routers_in(route.app, kind, below)
        elif isinstance(route, Host):
            yield from routers_in(route.app, kind, prefix)


def _below(found: _IncludedRouter, kind: type[APIRouter], prefix: str) -> Iterator[tuple[str, APIRouter]]:
    if isinstance(found.original_router, kind):
        yield prefix + found.include_context.prefix, found.original_router
        return
    for candidate in found.effective_candidates():
        if isinstance(candidate, _IncludedRouter):
            yield from _below(candidate, kind, prefix)


def is_application(value: object) -> bool:
    """Whether it can have routers of ours: a FastAPI or Starlette application, or a router."""
    return isinstance(value, FastAPI) or hasattr(value, "routes")
