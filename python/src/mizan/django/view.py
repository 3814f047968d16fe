"""The one view behind all routes: synchronous where no loop runs, asynchronous where one does."""

from __future__ import annotations

import asyncio
from typing import Any

from asgiref.sync import markcoroutinefunction
from django.http import HttpRequest, HttpResponse

from mizan.core.app import App
from mizan.core.flow import run_async, run_sync
from mizan.core.wire import Header, WireResponse

from .forgery import keep_token
from .server import get_server
from .threads import in_loop, in_thread, settle
from .wire import DjangoWire, context_of


class _EveryAlias(set[str]):
    """Says of every database that the view wants no transaction of Django's around it.

    The answer is put together after the commit, so the adapter opens the transactions itself.
    """

    def __contains__(self, alias: object) -> bool:
        return True


def _probe() -> None: ...


class _Mark:
    """A mark of what is asynchronous, there while a loop runs."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def __get__(self, view: object, kind: type | None = None) -> Any:
        if in_loop():
            return self._value
        raise AttributeError


class MizanView:
    """Answers all routes below the place where `mizan.django.urls` is included.

    Django's handlers ask a view for each request whether it is asynchronous: this one says what the handler
    is, so nothing makes a loop under WSGI, and nothing blocks one under ASGI.
    """

    csrf_exempt = True
    """Django's check is run by us, for what rides on cookies only."""
    _non_atomic_requests = _EveryAlias()

    def __init__(self) -> None:
        # What Django's own tools call a view by.
        self.__name__ = self.__qualname__ = type(self).__name__

    def __call__(self, request: HttpRequest, rest: str) -> Any:
        """Answers one request; `rest` is its path below the mount point."""
        if in_loop():
            return self._answer_async(request, rest)
        flow = get_server().dispatch(DjangoWire(request, rest))
        return _to_response(request, run_sync(flow, settle))

    async def _answer_async(self, request: HttpRequest, rest: str) -> HttpResponse:
        server, wire = get_server(), DjangoWire(request, rest)
        flow = server.dispatch(wire)
        run = _run_in_thread(flow, settle) if _is_for_thread(server, wire) else run_async(flow)
        work = asyncio.ensure_future(run)
        try:
            answer = await asyncio.shield(work)
        except asyncio.CancelledError:
            # Whoever goes away does not undo what was started (CALL-12); its thread ends with the request.
            await asyncio.wait([work])
            raise
        return _to_response(request, answer)


# How this version of Python marks what is asynchronous without `async def`.
for _name, _value in vars(markcoroutinefunction(_probe)).items():
    setattr(MizanView, _name, _Mark(_value))

_run_in_thread = in_thread(run_sync)


def _is_for_thread(server: App, wire: DjangoWire) -> bool:
    """Whether a read has members that are not asynchronous: then all of it takes one way to their thread."""
    if not wire.path.startswith("/ctx/"):
        return False
    context = server.plans.contexts.get(context_of(wire.path))
    return context is not None and not all(member.plan.is_async for member in context.members)


def _to_response(request: HttpRequest, answer: WireResponse) -> HttpResponse:
    body = answer.body
    content = b"" if body is None or request.method == "HEAD" else body
    response = HttpResponse(content, content_type="", status=answer.status)
    kept: dict[str, Header] = response.headers._store
    kept.clear()
    for header in answer.headers:
        name, value = header
        if value.isascii() and value.isprintable():
            # As Django keeps it; to find that out it would look at name and value four times.
            kept[name.lower()] = header
        else:
            response.headers[name] = value
    if body is not None:
        kept["content-length"] = ("Content-Length", str(len(body)))
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
        keep_token(request, response)
    return response
