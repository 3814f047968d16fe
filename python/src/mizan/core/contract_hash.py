"""The hash of a contract (spec clauses IR-HASH-1, IR-HASH-2)."""

from hashlib import sha256

from ._tables import LIMITS
from .contract import Contract
from .print_contract import print_contract


def contract_hash(contract: Contract) -> str:
    """SHA-256, in 64 hex digits, of the contract as clients see it, without documentation.

    Private functions do not change it, so that a client made from `GET /contract/` agrees with one made from
    a file.
    """
    return sha256(print_contract(contract, private=False, docs=False).encode()).hexdigest()


def contract_id(contract: Contract) -> str:
    """The first 16 hex digits of the contract's hash: the value of `X-Mizan-Contract`."""
    return contract_hash(contract)[: LIMITS["contractIdDigits"]]
