"""Mizan: server functions with one declaration, from which the typed client and all freshness is derived."""

from .core.define import Context, client
from .core.define import Context as ReactContext
from .core.errors import MizanError
from .core.identity import Identity
from .core.request import invalidate
from .core.wire_types import BigInt

__all__ = ["BigInt", "Context", "Identity", "MizanError", "ReactContext", "client", "invalidate"]
