"""Registers what a test declares, without a framework."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mizan.core.contract import Contract, Field, FunctionDecl, StructType, Type, TypeDecl
from mizan.core.host import Injected
from mizan.core.mistake import RegistrationError
from mizan.core.registry import Registry, register

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Given:
    name: str


class RequestTypes:
    """A framework whose requests come first."""

    names: Sequence[str] = ("mizan",)

    def inject(self, name: str, annotation: Any, position: int, default: Any) -> Injected | None:
        return Given(name) if name == "request" and position == 0 else None


def registry_of(*modules: object) -> Registry:
    return register(modules, RequestTypes(), str(ROOT))


def contract_of(*modules: object) -> Contract:
    return registry_of(*modules).contract


def refusal(*modules: object) -> str:
    """The words of a refusal, with `here:0` for places in tests."""
    try:
        registry_of(*modules)
    except RegistrationError as error:
        return re.sub(r"tests/core/\w+\.py:\d+", "here:0", str(error).strip())
    raise AssertionError("it was accepted")


def words(*lines: str) -> str:
    return "\n".join(lines)


def decl(contract: Contract, name: str) -> FunctionDecl:
    return next(one for one in contract.functions if one.name == name)


def named(contract: Contract, name: str) -> TypeDecl:
    return next(one for one in contract.types if one.name == name)


def fields(contract: Contract, name: str) -> dict[str, Field]:
    struct = named(contract, name).type
    assert isinstance(struct, StructType)
    return {field.name: field for field in struct.fields}


def output_of(function: Any) -> Type:
    return contract_of(function).functions[0].output
