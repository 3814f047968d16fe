"""The addresses of one context: values to text and raw queries to values (spec page `addresses`)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ._tables import LIMITS
from .address_param import AddressParam, compile_param, raw_text, read_param
from .address_text import join_address
from .check import Types
from .contract import ABSENT, ContextDecl, Field
from .findings import Finding, Refused
from .query_pieces import split_query, unknown_key
from .scope_text import trim_scope

_LONGEST_QUERY = LIMITS["queryBytes"]
_LONGEST_INSTANCE = LIMITS["instanceBytes"]


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance's address and its parameters as handlers see them (ADR-6)."""

    address: str
    values: dict[str, Any]
    min: str | None = None
    """The text of `$min` where a query had one."""


def compile_address(declaration: ContextDecl, types: Types) -> "ContextAddress":
    """Prepares the addresses of a context. Raises a `ValueError` for parameters that none has (ADR-3)."""
    return compile_params(declaration.name, declaration.params, types)


def compile_params(context: str, params: Sequence[Field], types: Types) -> "ContextAddress":
    """Prepares the addresses of a context from its name and parameters."""
    compiled = [compile_param(param, types) for param in params]
    return ContextAddress(context, sorted(compiled, key=lambda param: param.name))


class ContextAddress:
    """The addresses of one context."""

    def __init__(self, context: str, params: Iterable[AddressParam]) -> None:
        self.context = context
        self.params = tuple(params)
        """Sorted by name."""
        self._names = frozenset(param.name for param in self.params)

    def instance(self, values: Mapping[str, Any]) -> Instance | Refused:
        """The instance that these JSON values name: defaults filled in, null and absent left out (ADR-6)."""
        builder = _InstanceBuilder(self.context)
        for param in self.params:
            given = values.get(param.name, ABSENT)
            if given is ABSENT or (given is None and param.nullable):
                builder.add_absent(param)
            else:
                value = param.check(given)
                builder.add(param, value, "" if isinstance(value, Refused) else raw_text(value))
        unknown = sorted(str(key) for key in values if key not in self._names)
        builder.findings += (unknown_key(self.context, key) for key in unknown)
        return builder.finish()

    def parse(self, raw_query: str) -> Instance | Refused:
        """Reads a raw query string, without its `?`, by the protocol's own grammar (ADR-8)."""
        if len(raw_query) > _LONGEST_QUERY:
            return _too_long("query", len(raw_query), _LONGEST_QUERY)
        pieces = split_query(raw_query, self.context, self._names)
        builder = _InstanceBuilder(self.context)
        for param in self.params:
            fault = pieces.faults.get(param.name)
            raw = pieces.given.get(param.name)
            if fault is not None:
                builder.findings.append(fault)
            elif raw is None:
                builder.add_absent(param)
            else:
                builder.add(param, read_param(param, raw), raw)
        builder.findings += pieces.oddities
        return builder.finish(pieces.min)

    def scope(self, values: Mapping[str, Any], member: str | None = None) -> str:
        """The scope of all instances with these values; null and absent are any value (ADR-7).

        Raises a `ValueError` for a parameter that the context lacks or a value not of its type (INV-5).
        """
        for key in values:
            if key not in self._names:
                raise ValueError(f'{self.context} has no parameter "{key}"')

        def refuse(param: AddressParam, refused: Refused) -> None:
            raise ValueError(f"{self.context}: {param.name} {refused.findings[0]['message']}")

        return self._scope_text(values, member, refuse)

    def widest_scope(self, values: Mapping[str, Any], member: str | None = None) -> str:
        """As `scope`, but what cannot stand in the text is left out, so that the scope is broader (INV-4)."""
        return self._scope_text(values, member, _leave_out)

    def _scope_text(
        self,
        values: Mapping[str, Any],
        member: str | None,
        on_fault: Callable[[AddressParam, Refused], None],
    ) -> str:
        text = self.context if member is None else f"{self.context}/{member}"
        mark = "?"
        for param in self.params:
            given = values.get(param.name)
            if given is None:
                continue
            value = param.bare_check(given)
            if isinstance(value, Refused):
                on_fault(param, value)
            else:
                text = f"{text}{mark}{param.name}={raw_text(value)}"
                mark = "&"
        return trim_scope(text)


@dataclass(slots=True)
class _InstanceBuilder:
    """Collects the values and the text of one instance, or its findings."""

    context: str
    values: dict[str, Any] = field(default_factory=dict)
    pieces: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, param: AddressParam, value: Any, raw: str | None) -> None:
        if isinstance(value, Refused):
            for finding in value.findings:
                self.findings.append({**finding, "path": f"/{param.name}{finding['path']}"})
            return
        if value is not ABSENT:
            self.values[param.name] = value
        if raw is not None:
            self.pieces.append((param.name, raw))

    def add_absent(self, param: AddressParam) -> None:
        if param.absent is not None:
            self.add(param, param.absent.value, param.absent.raw)
        else:
            path = f"/{param.name}"
            self.findings.append(Finding(path=path, code="required", message="is required"))

    def finish(self, min: str | None = None) -> Instance | Refused:
        if self.findings:
            return Refused(tuple(self.findings[: LIMITS["findings"]]))
        address = join_address(self.context, None, self.pieces)
        if len(address) > _LONGEST_INSTANCE:
            return _too_long("address", len(address), _LONGEST_INSTANCE)
        return Instance(address, self.values, min)


def _leave_out(_param: AddressParam, _refused: Refused) -> None:
    """What cannot be said makes the scope broader."""


def _too_long(what: str, bytes: int, limit: int) -> Refused:
    message = f"the {what} has {bytes} bytes, at most {limit} are allowed"
    return Refused((Finding(path="", code="maxLength", message=message),))
