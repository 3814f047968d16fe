"""Answers one request by its route."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .wire import WireRequest, WireResponse


def dispatch(app: App, wire: WireRequest) -> Flow[WireResponse]:
    """Answers one request by its route. Never raises: whatever goes wrong is an answer."""
    raise NotImplementedError
