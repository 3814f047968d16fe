"""FastAPI's own exceptions as the protocol's errors."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from ..core.errors import MizanError, code_of_status
from ..core.findings import Finding


def as_mizan_error(error: BaseException) -> BaseException:
    """`HTTPException` by its status and `RequestValidationError` as findings (ERR-14); the rest as it is."""
    if isinstance(error, HTTPException):
        return _of_status(error)
    if isinstance(error, RequestValidationError):
        findings = [_finding(one) for one in error.errors()]
        return MizanError(
            "VALIDATION_FAILED", findings[0]["message"] if findings else "Not valid", details=findings
        )
    return error


def _of_status(error: HTTPException) -> BaseException:
    code = code_of_status(error.status_code)
    # FastAPI shows the detail to its own callers, where it may be any JSON.
    message = error.detail if isinstance(error.detail, str) and error.detail else _phrase(error.status_code)
    details = None
    if code == "VALIDATION_FAILED":
        details = [Finding(path="", code="invalid", message=message)]
    return MizanError(code, message, details=details)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Refused"


def _finding(error: Any) -> Finding:
    """What a dependency asked for is no argument, so it stands in the message and not in the path."""
    where = " ".join(str(part) for part in error.get("loc", ()))
    return Finding(path="", code="invalid", message=f"{where}: {error.get('msg', 'is not valid')}")
