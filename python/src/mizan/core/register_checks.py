"""What only the finished contract shows: the checks of `spec/ir/check.md`."""

from __future__ import annotations

from .contract import Contract
from .contract_check import check_contract
from .desk import Complainer, Desk

# Findings that no other mistake can lead to.
_LOCAL = frozenset({"case-clash", "constraint", "duplicate", "pattern", "reserved", "text"})


def validate_contract(desk: Desk, contract: Contract) -> None:
    """Notes findings; what a declaration was reported for already is not said again in other words."""
    known = {mistake.subject for mistake in desk.mistakes}
    sound = not known
    for finding in check_contract(contract):
        if not sound and finding.code not in _LOCAL:
            continue
        complain = _about(desk, finding.path)
        if complain.subject not in known:
            complain(finding.message)


def _about(desk: Desk, path: str) -> Complainer:
    """Whose declaration a part of the contract is."""
    _, kind, name, *_ = [*path.split("/"), "", ""]
    if kind == "functions" and name in desk.drafts:
        return desk.about(desk.drafts[name])
    if kind == "contexts" and name in desk.contexts:
        return desk.complainer(f'context "{name}"', desk.contexts[name].place)
    if kind == "errors" and name in desk.errors:
        return desk.complainer(name, desk.errors[name].definition.place)
    return desk.complainer(name or "mizan", desk.annotations.names.place_of(name))
