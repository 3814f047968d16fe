"""All that is wrong with a contract, at once (spec page `ir/check`)."""

from __future__ import annotations

from .contract import Contract
from .contract_check_context import check_context
from .contract_check_function import check_function
from .contract_check_names import check_names
from .contract_check_reach import check_reach
from .contract_check_type import check_error, check_type_decl
from .contract_report import ContractFinding, Report


def check_contract(contract: Contract) -> list[ContractFinding]:
    """Findings in the order of IR-CHECK. A contract without any can be printed, and its checks compile."""
    report = Report(contract)
    check_names(report)
    for context in sorted(contract.contexts, key=lambda one: one.name):
        check_context(report, context)
    for error in sorted(contract.errors, key=lambda one: one.name):
        check_error(report, error)
    for function in sorted(contract.functions, key=lambda one: one.name):
        check_function(report, function)
    for type in sorted(contract.types, key=lambda one: one.name):
        check_type_decl(report, type)
    check_reach(report)
    return report.findings
