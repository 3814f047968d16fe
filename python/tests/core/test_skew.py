import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from mizan.core.define import Context, client
from mizan.core.errors import MizanError

from .harness import Answer, Harness, Sent, harness

UserContext = Context("user")


class Inner(BaseModel):
    b: int


@client(context=UserContext)
def user_name(user_id: int) -> str:
    return "Ada"


@client
def add(a: int, inner: Inner | None = None) -> int:
    return a


@client
def fails() -> None:
    raise MizanError.conflict("no")


OLD = "0123456789abcdef"
KEPT = "fedcba9876543210"


def under(id: str) -> dict[str, str]:
    return {"x-mizan-contract": id}


@pytest.fixture
def app() -> Harness:
    return harness(
        [user_name, add, fails], contracts={KEPT: {"changed": ["add", "userName", "gone"]}, "none": {}}
    )


def verdict(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.code


MISMATCH = (409, "CONTRACT_MISMATCH")


class TestUnderAnotherContract:
    def test_success_is_success_and_says_nothing_more(self, app: Harness) -> None:
        assert app.call("add", {"a": 1}, under(OLD)).body == {"result": 1, "invalidate": []}
        assert app.get("/ctx/user?userId=5", under(OLD)) == app.get("/ctx/user?userId=5")

    def test_errors_keep_their_code_and_name_the_servers_contract(self, app: Harness) -> None:
        id = app.app.contract_id
        conflict = app.call("fails", {}, under(OLD))
        assert conflict.body["error"] == {"code": "CONFLICT", "message": "no", "contract": id}
        wrong = app.call("add", {"a": "x"}, under(OLD))
        assert verdict(wrong) == (422, "VALIDATION_FAILED")
        assert wrong.body["error"]["contract"] == id
        lost = app.send(Sent("GET", "/nowhere", "", under(OLD)))
        assert (lost.code, lost.body["error"]["contract"]) == ("NOT_FOUND", id)
        for said in (id, "nonsense", OLD.upper(), "", f"{OLD}\n"):
            assert "contract" not in app.call("fails", {}, under(said)).body["error"]

    def test_what_the_server_does_not_know_is_a_mismatch(self, app: Harness) -> None:
        assert verdict(app.call("gone", {}, under(OLD))) == MISMATCH
        assert verdict(app.get("/ctx/nowhere", under(OLD))) == MISMATCH
        assert verdict(app.get("/ctx/user/gone?userId=5", under(OLD))) == MISMATCH
        assert verdict(app.get("/ctx/user?userId=5&gone=1", under(OLD))) == MISMATCH
        extra = app.call("add", {"a": "x", "gone": 1}, under(OLD))
        assert verdict(extra) == MISMATCH
        assert len(extra.body["error"]["details"]) == 2
        deep = app.call("add", {"a": 1, "inner": {"b": 1, "c": 1}}, under(OLD))
        assert verdict(deep) == (422, "VALIDATION_FAILED")
        assert verdict(app.call("gone")) == (404, "NOT_FOUND")

    def test_what_changed_since_a_released_contract_is_a_mismatch_whatever_is_sent(
        self, app: Harness
    ) -> None:
        assert verdict(app.call("add", {"a": 1}, under(KEPT))) == MISMATCH
        assert verdict(app.call("add", {"a": "x"}, under(KEPT))) == MISMATCH
        assert verdict(app.call("fails", {}, under(KEPT))) == (409, "CONFLICT")
        assert verdict(app.get("/ctx/user?userId=5", under(KEPT))) == MISMATCH
        assert app.call("add", {"a": 1}, under(OLD)).status == 200

    def test_released_contracts_may_stand_in_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "contracts.json"
        file.write_text(json.dumps({KEPT: {"changed": ["add"]}}))
        for path in (file, str(file)):
            assert verdict(harness([add], contracts=path).call("add", {"a": 1}, under(KEPT))) == MISMATCH


def test_the_contracts_id_does_not_change_by_private_functions_and_does_by_anything_else() -> None:
    @client(private=True)
    def hook() -> None:
        return None

    plain = harness([add]).app.export().hash
    assert harness([add, hook]).app.export().hash == plain
    assert harness([add, fails]).app.export().hash != plain
