"""The fixture says the contract that every testee has, and its mistakes are found."""

import re
from pathlib import Path

import pytest

from mizan.core.host import HostTypes
from mizan.core.mistake import RegistrationError
from mizan.core.print_contract import print_contract
from mizan.core.registry import register
from mizan.django.annotations import DjangoTypes
from mizan.fastapi.host_types import FastApiTypes
from testees.fixture.clients import MODULES
from testees.mistakes import clients as mistakes

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("types", [DjangoTypes(), FastApiTypes()], ids=["django", "fastapi"])
def test_the_contract_is_the_pinned_one(types: HostTypes) -> None:
    pinned = (ROOT / "conformance/app/app.kdl").read_text(encoding="utf-8")
    assert print_contract(register(MODULES, types, str(ROOT)).contract) == pinned


def test_mistakes_are_refused_all_at_once_each_with_its_place() -> None:
    mistakes.declare(mistakes.MISTAKES)
    with pytest.raises(RegistrationError) as refused:
        register([*MODULES, mistakes], FastApiTypes(), str(ROOT))
    words = str(refused.value)
    for subject in ("echo_big", "to_nowhere", "listed_sum", "merge_wrong", "wireless"):
        assert re.search(rf"^python/testees/mistakes/clients\.py:\d+ +{subject}: ", words, re.MULTILINE), (
            words
        )
