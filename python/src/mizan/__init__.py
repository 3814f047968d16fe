"""Mizan: server functions with one declaration, from which the typed client and all freshness is derived."""

from .core.define import Context, client
from .core.define import Context as ReactContext
from .core.errors import MizanError

__all__ = ["Context", "MizanError", "ReactContext", "client"]
