"""Mizan on FastAPI: `app.include_router(router(users, shop), prefix="/api/mizan")`."""

from ..core.errors import MizanError
from ..core.identity import Identity
from .middleware import MizanMiddleware
from .router import MizanRouter, router

__all__ = ["Identity", "MizanError", "MizanMiddleware", "MizanRouter", "router"]
