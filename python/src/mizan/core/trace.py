"""Spans, where the application has OpenTelemetry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from .flow import Flow

T = TypeVar("T")

_ASK_AGAIN = 32
"""Requests after which it is asked again whether somebody registered a provider."""


class Tracer:
    """Wraps a flow in a span where the OpenTelemetry API is installed and a provider is registered."""

    def __init__(self, api: Any = None) -> None:
        self._api = api if api is not None else _load()
        self._active = False
        self._left = 0

    @property
    def active(self) -> bool:
        """Whether spans go anywhere. Providers are registered once, early, so it is not asked each time."""
        if self._api is None:
            return False
        self._left -= 1
        if self._left < 0:
            self._left = _ASK_AGAIN
            idle = getattr(self._api, "ProxyTracerProvider", ())
            self._active = not isinstance(self._api.get_tracer_provider(), idle)
        return self._active

    def span(self, name: str, attributes: Mapping[str, str], flow: Flow[T]) -> Flow[T]:
        """Runs a flow in a span, which is the current one for what it runs."""
        with self._api.get_tracer("mizan").start_as_current_span(name, attributes=attributes):
            return (yield from flow)


def _load() -> Any:
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace
