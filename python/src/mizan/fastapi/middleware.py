"""Announcements of mutations that plain routes call."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from .waiting import Waiting, waiting


class MizanMiddleware:
    """Lets plain routes call mutations: `app.add_middleware(MizanMiddleware)`.

    What a route announces, by calling a mutation or `invalidate`, goes out when its dependencies have closed,
    so when they have committed. Without it announcements go out at once, perhaps before the commit: readers
    could then fill their caches with the old rows. A rollback cannot be seen from here, so it is announced
    too, which is safe. Mizan's own routes do not need it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the request, then tells."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        held = Waiting()
        token = waiting.set(held)
        try:
            await self.app(scope, receive, send)
        finally:
            waiting.reset(token)
            held.end()
