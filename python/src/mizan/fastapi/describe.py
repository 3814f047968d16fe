"""The routes as `/openapi.json` shows them. Requests never come here: the router answers them by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.responses import Response

_TAGS: list[Any] = ["mizan"]


class MizanCall(BaseModel):
    """A call of a server function."""

    fn: str = Field(description="The function's name.")
    args: dict[str, Any] = Field(default_factory=dict, description="Its arguments.")
    shows: list[str] = Field(default_factory=list, description="Addresses that the caller shows.")


class MizanAnswer(BaseModel):
    """What a call came to."""

    result: Any = None
    invalidate: list[str] = Field(description="What it has made stale.")
    merge: list[dict[str, Any]] | None = None
    contexts: dict[str, Any] | None = None


class MizanSession(BaseModel):
    """Who is calling, as far as the protocol needs it."""

    csrf: str | None
    contract: str
    identity: str


class MizanFailure(BaseModel):
    """An error."""

    error: dict[str, Any]
    invalidate: list[str] | None = None


_Context = Annotated[str, Path(description="The context's name; its parameters stand in the query.")]


def mizan_call(body: MizanCall) -> MizanAnswer:  # noqa: ARG001
    """Runs a server function."""
    raise RuntimeError(_UNROUTED)


def mizan_context(context: _Context) -> dict[str, Any]:  # noqa: ARG001
    """Reads all members of a context."""
    raise RuntimeError(_UNROUTED)


def mizan_member(context: _Context, member: str) -> dict[str, Any]:  # noqa: ARG001
    """Reads one member of a context."""
    raise RuntimeError(_UNROUTED)


def mizan_session() -> MizanSession:
    """Says under which contract and for whom answers are."""
    raise RuntimeError(_UNROUTED)


def mizan_contract() -> Response:
    """Prints the contract."""
    raise RuntimeError(_UNROUTED)


_UNROUTED = "A route of Mizan was taken out of its router: use app.include_router(router(…))"


class Routes:
    """The routes of one router, by the paths of requests."""

    def __init__(self, by_path: Mapping[str, APIRoute]) -> None:
        self._by_path = by_path
        self._context = by_path["/ctx/{context}"]
        self._member = by_path["/ctx/{context}/{member}"]

    def find(self, path: str) -> APIRoute | None:
        """The one that a path is answered by."""
        if path.startswith("/ctx/"):
            return self._member if "/" in path[5:-1] else self._context
        return self._by_path.get(path if path.endswith("/") else f"{path}/")


def describe_routes(router: APIRouter, *, contract: bool) -> Routes:
    """Adds them to a router; the contract's where it is open."""
    failures: dict[int | str, dict[str, Any]] = {
        "4XX": {"model": MizanFailure},
        "5XX": {"model": MizanFailure},
    }
    routes: list[tuple[str, Any, str]] = [
        ("/call/", mizan_call, "POST"),
        ("/ctx/{context}", mizan_context, "GET"),
        ("/ctx/{context}/{member}", mizan_member, "GET"),
        ("/session/", mizan_session, "GET"),
    ]
    if contract:
        routes.append(("/contract/", mizan_contract, "GET"))
    for path, endpoint, method in routes:
        router.add_api_route(path, endpoint, methods=[method], tags=_TAGS, responses=failures)
    return Routes({route.path: route for route in router.routes if isinstance(route, APIRoute)})
