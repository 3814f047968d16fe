"""What the rules of a contract are asked about, and where they put what they find."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ._tables import ContractFindingCode
from .contract import Contract
from .findings import format_pointer
from .mistake import distance


@dataclass(frozen=True, slots=True)
class ContractFinding:
    """What is wrong with a contract; `path` is a JSON Pointer that names what it is about (IR-PATH)."""

    path: str
    code: ContractFindingCode
    message: str


class Report:
    """A contract under check: its parts by name, and the findings so far."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self.contexts = {one.name: one for one in contract.contexts}
        self.errors = {one.name: one for one in contract.errors}
        self.functions = {one.name: one for one in contract.functions}
        self.types = {one.name: one for one in contract.types}
        self.findings: list[ContractFinding] = []

    def say(self, path: str, code: ContractFindingCode, message: str) -> None:
        """Notes a finding."""
        self.findings.append(ContractFinding(path, code, message))


def path_to(base: str, segment: str) -> str:
    """Adds a segment to a JSON Pointer."""
    return base + format_pointer([segment])


def hint(word: str, candidates: Iterable[str]) -> str:
    """` Did you mean "userId"?` when one is near enough, or nothing."""
    limit = 1 if len(word) < 4 else 2 if len(word) < 8 else 3
    best, least = None, limit + 1
    for candidate in candidates:
        if abs(len(word) - len(candidate)) > limit or max(len(word), len(candidate)) > 64:
            continue
        away = distance(word.lower(), candidate.lower())
        if away < least:
            best, least = candidate, away
    return "" if best is None else f' Did you mean "{best}"?'
