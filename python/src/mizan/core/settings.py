"""What an application may set, the same under every framework."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, TypeAlias

from ._tables import LIMITS
from .store import Store

ReleasedContracts: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Released contracts, `{"<id>": {"changed": ["name", …]}}`, as `mizan contract --release` writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits that an application may set; the rest are part of the protocol."""

    body_bytes: int = LIMITS["bodyBytes"]
    """Bytes of a body."""
    shows: int = LIMITS["shows"]
    """Instances of `shows` that are looked at."""
    contexts: int = LIMITS["contexts"]
    """Bundles in one answer."""
    flight_milliseconds: int = LIMITS["flightMilliseconds"]
    flight_bytes: int = LIMITS["flightBytes"]
    scopes: int = LIMITS["scopes"]
    """Scopes that the memory store keeps for each context."""


@dataclass(frozen=True, slots=True)
class SettingFault:
    """A setting that cannot be: its name and what would mend it."""

    name: str
    message: str


class SettingsError(ValueError):
    """Everything that is wrong with the settings, at once."""

    def __init__(self, faults: Sequence[SettingFault]) -> None:
        super().__init__("\n".join(f"{fault.name}: {fault.message}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an application sets. Adapters fill it from where their framework keeps settings."""

    secret: str | Sequence[str] | None = None
    """Signs entity tags and identities; at least 32 bytes. Several: the first signs. Random when left out."""
    development: bool = False
    """Warns about scopes that leave out what changed (INV-14), and opens `/contract/`."""
    contract: bool | None = None
    """Opens `/contract/` in production too, or closes it in development."""
    contracts: ReleasedContracts | str | Path | None = None
    """The content of `contracts.json`, or its path (SKEW-5)."""
    limits: Limits = field(default_factory=Limits)
    store: Store | None = None
    """Where numbers live; memory when left out, right for one process."""
    clock: Callable[[], float] | None = None
    """Milliseconds since 1970; for tests."""
    epoch: Callable[[str], str] | None = None
    """The epoch of a new record; for tests."""
    tag_header: Literal["Surrogate-Key", "Cache-Tag"] = "Surrogate-Key"
    """The header that carries the tags of cached bundles (BUN-13)."""

    def faults(self) -> list[SettingFault]:
        """Everything that is wrong, in the order of the settings."""
        found: list[SettingFault] = []
        for secret in self.secrets():
            size = len(secret)
            if size < LIMITS["secretBytes"]:
                mend = f"it needs {LIMITS['secretBytes']}: make one with openssl rand -base64 32"
                found.append(SettingFault("secret", f"a secret has {size} bytes, {mend}"))
        try:
            self.changed()
        except (OSError, ValueError, AttributeError, TypeError) as error:
            found.append(SettingFault("contracts", f"cannot be read: {error}"))
        for one in fields(self.limits):
            value = getattr(self.limits, one.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                found.append(SettingFault(f"limits.{one.name}", f"{value!r} is not a whole number"))
        if self.tag_header not in ("Surrogate-Key", "Cache-Tag"):
            message = f'{self.tag_header!r} is neither "Surrogate-Key" nor "Cache-Tag"'
            found.append(SettingFault("tag_header", message))
        return found

    def secrets(self) -> list[bytes]:
        """The secrets as bytes, the one that signs first."""
        given = self.secret
        texts = [given] if isinstance(given, str) else given or ()
        return [text.encode() for text in texts]

    def changed(self) -> dict[str, frozenset[str]]:
        """Names that changed in a breaking way, by the id of the released contract."""
        given = self.contracts
        if isinstance(given, str | Path):
            given = json.loads(Path(given).read_text(encoding="utf-8"))
        return {id: frozenset(released.get("changed", ())) for id, released in (given or {}).items()}
