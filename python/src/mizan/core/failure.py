"""What goes wrong, as it is answered."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from ._tables import ERROR_STATUS, ErrorCode
from .check import Check
from .errors import MizanError, WireError, declared_fields, is_error_code
from .findings import Refused
from .plan import WrongOutput

if TYPE_CHECKING:
    from .host import Host

_log = logging.getLogger("mizan")

_NO_ERRORS: Mapping[type[MizanError], Check] = {}


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as it will be answered."""

    status: int
    error: WireError


def refusal(code: ErrorCode, message: str, details: Any = None) -> Failure:
    """A refusal of ours."""
    error = WireError(code=code, message=message)
    if details is not None:
        error["details"] = details
    return Failure(ERROR_STATUS[code], error)


def failure_of(
    error: BaseException,
    host: Host,
    name: str,
    errors: Mapping[type[MizanError], Check] = _NO_ERRORS,
    *,
    quiet: bool = False,
) -> Failure:
    """What an exception is answered with; what the caller must not see goes to the log under an id (ERR-11).

    `name` is the function or context that it came from, `errors` what this declares; `quiet` logs nothing.
    """
    known = error if isinstance(error, MizanError) else host.error_of(error)
    if not isinstance(known, MizanError):
        return _internal(error, name, quiet)
    if type(known) is not MizanError and not is_error_code(known.code):
        return _declared(known, name, errors, quiet)
    status = ERROR_STATUS.get(known.code, 0)
    if status == 0 or known.code == "INTERNAL":
        return _internal(error, name, quiet)
    wire = known.to_wire()
    wire.pop("id", None)
    wire.pop("contract", None)
    wire["message"] = wire["message"] or known.code
    return Failure(status, wire) if _printable(wire) else _internal(error, name, quiet)


def _declared(error: MizanError, name: str, errors: Mapping[type[MizanError], Check], quiet: bool) -> Failure:
    check = errors.get(type(error))
    if check is None:
        mend = f"add errors=[{error.code}] to its options"
        message = f"{name} raised {error.code} without declaring it: {mend}"
        return _internal(error, name, quiet, "undeclared-error", message)
    details = check({} if error.details is None else error.details)
    if isinstance(details, Refused):
        first = details.findings[0]
        message = f"{name} raised {error.code} whose details{first['path']} {first['message']}"
        return _internal(error, name, quiet, "wrong-output", message)
    wire = WireError(code=error.code, message=error.message or error.code)
    if declared_fields(type(error)):
        wire["details"] = details
    return Failure(error.status, wire) if _printable(wire) else _internal(error, name, quiet)


def _internal(
    error: BaseException, name: str, quiet: bool, event: str = "failure", message: str | None = None
) -> Failure:
    id = str(uuid.uuid4())
    if isinstance(error, WrongOutput):
        event, message = "wrong-output", str(error)
    if not quiet:
        _note(error, name, id, event, message or f"{name} failed")
    return Failure(500, WireError(code="INTERNAL", message="Internal error", id=id))


def _note(error: BaseException, name: str, id: str, event: str, message: str) -> None:
    _log.error(
        "%s (error %s)",
        message,
        id,
        exc_info=error,
        extra={"event": event, "function": name, "error_id": id},
    )


def _printable(wire: WireError) -> bool:
    """Whether an error has a JSON text: handlers may put anything into details."""
    try:
        to_json(wire)
    except Exception:
        return False
    return True
