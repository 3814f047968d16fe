from typing import Any

import pytest

from mizan.core.errors import MizanError, code_of_status, is_error_code
from mizan.core.findings import Finding

from .vectors import cases, read_vectors


@cases(read_vectors("errors/wire"))
def test_wire(row: dict[str, Any]) -> None:
    error = row["error"]
    raised = MizanError(
        error["code"], error["message"], details=error.get("details"), status=error.get("status")
    )
    raised.id = error.get("id")
    raised.contract = error.get("contract")
    assert raised.status == row["status"]
    assert raised.to_wire() == row["wire"]


@cases(read_vectors("errors/invalid"))
def test_invalid(row: dict[str, Any]) -> None:
    raised = MizanError.invalid(row["fields"])
    assert raised.code == "VALIDATION_FAILED"
    assert raised.details == row["details"]


@cases(read_vectors("errors/host"))
def test_host(row: dict[str, Any]) -> None:
    assert code_of_status(row["status"]) == row["code"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (MizanError.bad_request(), "BAD_REQUEST"),
        (MizanError.unauthenticated(), "UNAUTHENTICATED"),
        (MizanError.forbidden(), "FORBIDDEN"),
        (MizanError.not_found(), "NOT_FOUND"),
        (MizanError.conflict(), "CONFLICT"),
        (MizanError.rate_limited(), "RATE_LIMITED"),
        (MizanError.internal(), "INTERNAL"),
        (MizanError.unavailable(), "UNAVAILABLE"),
        (MizanError.timeout(), "TIMEOUT"),
    ],
)
def test_constructors(error: MizanError, code: str) -> None:
    assert error.code == code
    assert str(error) == error.message != ""
    assert is_error_code(code)


def test_cause_stays_off_the_wire() -> None:
    with pytest.raises(MizanError) as caught:
        raise MizanError("INTERNAL", "Internal error") from OSError("connection to 10.0.0.3 refused")
    assert isinstance(caught.value.__cause__, OSError)
    assert "10.0.0.3" not in repr(caught.value.to_wire())


def test_message_says_which_field_is_wrong_first() -> None:
    assert MizanError.invalid({"email": "is taken"}).message == "/email is taken"
    assert MizanError.invalid(email="is taken").details == [
        {"path": "/email", "code": "invalid", "message": "is taken"}
    ]
    finding = Finding(path="", code="type", message="must be an object")
    assert MizanError.validation([finding]).message == "The value must be an object"
    assert MizanError.validation([]).message


def test_declared_errors_are_conflicts_unless_they_say() -> None:
    class ReservedError(MizanError):
        pass

    class OutOfStockError(MizanError, status=410):
        pass

    assert MizanError("OutOfStock", "None left", details={"left": 2}).status == 409
    assert (ReservedError().status, OutOfStockError().status) == (409, 410)
    assert type(OutOfStockError.not_found()) is MizanError
    assert not is_error_code("OutOfStock")
