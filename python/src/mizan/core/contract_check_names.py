"""Names of a contract: their grammar, and that no two of a kind are alike (IR-CHECK-1 to 4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from ._tables import LIMITS
from .contract_report import Report, path_to
from .errors import is_error_code
from .names import is_name, is_type_name

NameKind = Literal["context", "error", "function", "type", "field", "parameter"]


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> str:
        """On the wire."""


def check_names(report: Report) -> None:
    """Everything at the top of a contract."""
    contract = report.contract
    check_name_list(report, contract.contexts, "/contexts", "context")
    check_name_list(report, contract.errors, "/errors", "error")
    check_name_list(report, contract.functions, "/functions", "function")
    check_name_list(report, contract.types, "/types", "type")
    for error in contract.errors:
        path = path_to("/errors", error.name)
        if error.name in report.types:
            message = f"Error {error.name}: a type has this name too. Clients need both; rename one."
            report.say(path, "duplicate", message)
        if is_error_code(error.name):
            message = f"Error {error.name}: this is a code of the protocol itself. Rename it."
            report.say(path, "reserved", message)


def check_name_list(report: Report, items: Sequence[Named], base: str, kind: NameKind, of: str = "") -> None:
    """The names of one list: each by itself, then against the others."""
    seen: dict[str, str] = {}
    for item in items:
        name = item.name
        path = path_to(base, name)
        title = f'{kind.capitalize()} "{name}"{of}'
        fault = _fault(name, kind)
        if fault is not None:
            report.say(path, "name", f"{title}: {fault}.")
        other = seen.get(name.lower())
        mend = "Rename one, or give it another wire name."
        if other == name:
            report.say(path, "duplicate", f"{title} stands there twice. {mend}")
        elif other is not None:
            report.say(path, "case-clash", f'{title} differs from "{other}" by case only. {mend}')
        seen[name.lower()] = name


def _fault(name: str, kind: NameKind) -> str | None:
    upper = kind in ("error", "type")
    if is_type_name(name) if upper else is_name(name):
        return None
    if len(name) > LIMITS["nameLength"]:
        return f"a name has at most {LIMITS['nameLength']} characters"
    if name == "constructor":
        return "JavaScript keeps this name for itself; take another"
    if upper:
        return "a name of a type or an error starts with a capital and has ASCII letters and digits only"
    return "a wire name starts with a small letter and has ASCII letters and digits only"
