"""One server: everything that answering requests shares, made once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import token_bytes
from typing import TYPE_CHECKING, Any

from ._tables import HEADERS, LIMITS
from .announce import declared_scopes, scope_text
from .cache_key import part_hash
from .compile_plans import compile_plans
from .contract_hash import contract_hash
from .dispatch import dispatch
from .invalidation import normalize_scopes
from .live import attach_app
from .numbers import take_numbers
from .print_contract import print_context_part, print_contract
from .settings import Settings, SettingsError
from .store import MemoryStore, Store, milliseconds
from .trace import Tracer

if TYPE_CHECKING:
    from .define import Context, FunctionDefinition
    from .flow import Flow
    from .host import Host
    from .plan import Plans
    from .registry import Registry
    from .request import RequestState
    from .wire import Header, WireRequest, WireResponse

_log = logging.getLogger("mizan")

_QUIET_MILLISECONDS = 10_000
"""How long a failing store stays silent after it was logged."""


@dataclass(frozen=True, slots=True)
class Export:
    """What tools read."""

    contract: str
    """The whole contract, private functions included."""
    sources: Mapping[str, Any]
    hash: str
    """64 hex digits, of the contract as clients see it."""


def export_registry(registry: Registry) -> Export:
    """The contract of a registry for tools; no server is made for it."""
    contract = registry.contract
    return Export(print_contract(contract), registry.sources, contract_hash(contract))


class App:
    """A server of registered functions in a framework. Raises a `SettingsError` with all that is wrong."""

    def __init__(
        self, registry: Registry, host: Host, settings: Settings | None = None, *, plans: Plans | None = None
    ) -> None:
        settings = settings or Settings()
        faults = settings.faults()
        if faults:
            raise SettingsError(faults)
        self.registry = registry
        self.host = host
        self._contexts = registry.contexts
        self.settings = settings
        self.limits = settings.limits
        self.plans = plans or compile_plans(registry)
        self.clock = settings.clock or milliseconds
        self.store: Store = settings.store or MemoryStore(
            clock=self.clock, epoch=settings.epoch, scopes=settings.limits.scopes
        )
        secrets = settings.secrets()
        self.secret = secrets[0] if secrets else token_bytes(LIMITS["secretBytes"])
        """The key that signs entity tags and identities."""
        contract = registry.contract
        self.contract_hash = contract_hash(contract)
        self.contract_id = self.contract_hash[: LIMITS["contractIdDigits"]]
        """The first 16 hex digits of the contract's hash."""
        self.contract_header: Header = (HEADERS["contract"], self.contract_id)
        open = settings.development if settings.contract is None else settings.contract
        self.contract_text = print_contract(contract, private=False) if open else None
        """The contract as clients see it, when its route is open."""
        self.parts = {
            one.name: part_hash(print_context_part(contract, one.name)) for one in contract.contexts
        }
        """By context: the `part` line of cache keys."""
        self.changed = settings.changed()
        self.development = settings.development
        self.tracer = Tracer()
        self.entity_tags: dict[str, tuple[bytes, str]] = {}
        """The last entity tags of instances, with the bodies that they stand for."""
        self.lock = threading.Lock()
        """Held while `entity_tags` is changed."""
        self._quiet_until = float("-inf")
        if (
            not secrets
            and not settings.development
            and any(one.for_users for one in self.plans.contexts.values())
        ):
            _log.warning(
                "no secret is set: clients forget what they hold whenever another process answers; "
                "set one, made with openssl rand -base64 32",
                extra={"event": "secret"},
            )
        attach_app(self)

    def dispatch(self, wire: WireRequest) -> Flow[WireResponse]:
        """Answers one request. Whatever goes wrong is an answer, never an exception."""
        return dispatch(self, wire)

    def announce(self, scopes: Sequence[str]) -> Flow[None]:
        """Takes the numbers of scopes that are announced outside of a call."""
        yield from take_numbers(self, normalize_scopes(scopes))

    def invalidate(self, context: Context, params: Mapping[str, Any]) -> None:
        """Announces for this server alone, after the commit; parameters by Python name (INV-5)."""
        self.add_on_commit(None, [self.scope_text(context, params)])

    def add_on_commit(self, request: RequestState | None, scopes: Sequence[str]) -> None:
        """Has scopes join the list of a call that is still open, or announces them, after the commit."""

        def announce() -> None:
            if request is None or not request.add(scopes):
                self.host.run(self.announce(scopes))

        self.host.on_commit(announce)

    def knows(self, context: Context) -> bool:
        """Whether this very context has members here, and not only one of its name."""
        return context in self._contexts

    def scope_text(self, context: Context, params: Mapping[str, Any]) -> str:
        """The scope of a context and parameters by Python name (INV-5)."""
        return scope_text(self, context, params)

    def declared_scopes(
        self, definition: FunctionDefinition, args: Mapping[str, Any], result: Any
    ) -> list[str]:
        """The scopes that a mutation declares, for arguments by Python name and what it returned."""
        return declared_scopes(self.plans, definition, args, result)

    def store_failed(self, error: BaseException) -> None:
        """Logs a store that fails, once for a while."""
        now = self.clock()
        if now < self._quiet_until:
            return
        self._quiet_until = now + _QUIET_MILLISECONDS
        _log.error("the store of numbers failed", extra={"event": "store"}, exc_info=error)

    def flight_failed(self, error: BaseException) -> None:
        """Logs a failure of single flight that is no member's: it never fails the call."""
        _log.error("single flight failed", extra={"event": "failure"}, exc_info=error)

    def export(self) -> Export:
        """The contract as text with its sources and hash."""
        return export_registry(self.registry)
