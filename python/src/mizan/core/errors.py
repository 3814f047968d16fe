"""The one error of the protocol, its codes and its envelope (spec page `errors`)."""

from collections.abc import Iterable, Mapping
from typing import Any, NotRequired, Self, TypedDict

from ._tables import ERROR_STATUS, HOST_STATUSES
from .findings import Finding, format_pointer


class WireError(TypedDict):
    """An error as the envelope `{"error": …}` holds it (ERR-1)."""

    code: str
    message: str
    # Whatever JSON a declared error's fields are.
    details: NotRequired[Any]
    id: NotRequired[str]
    contract: NotRequired[str]


class MizanError(Exception):
    """An error that a caller is told: a standard code, or the name of a declared error.

    Its cause (`raise … from`) stays in the log and never goes out (ERR-11).
    """

    def __init__(self, code: str, message: str, *, details: Any = None, status: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.status = status_of(code) if status is None else status
        self.id: str | None = None
        """Of `INTERNAL`: what to look for in the log."""
        self.contract: str | None = None
        """The server's contract, when it is not the client's (ERR-13)."""

    def to_wire(self) -> WireError:
        """The inside of the envelope; members that have nothing to say are absent (ERR-4)."""
        wire = WireError(code=self.code, message=self.message)
        if self.details is not None:
            wire["details"] = self.details
        if self.id is not None:
            wire["id"] = self.id
        if self.contract is not None:
            wire["contract"] = self.contract
        return wire

    @classmethod
    def bad_request(cls, message: str = "Bad request") -> Self:
        """A request that is none of the protocol."""
        return cls("BAD_REQUEST", message)

    @classmethod
    def unauthenticated(cls, message: str = "Sign in first") -> Self:
        """Nobody is signed in, or the credential is bad."""
        return cls("UNAUTHENTICATED", message)

    @classmethod
    def forbidden(cls, message: str = "Not allowed") -> Self:
        """Whoever is signed in may not."""
        return cls("FORBIDDEN", message)

    @classmethod
    def not_found(cls, message: str = "Not found") -> Self:
        """There is nothing of that name."""
        return cls("NOT_FOUND", message)

    @classmethod
    def conflict(cls, message: str = "Conflict") -> Self:
        """The state of things does not allow it."""
        return cls("CONFLICT", message)

    @classmethod
    def rate_limited(cls, message: str = "Too many requests") -> Self:
        """Later, perhaps."""
        return cls("RATE_LIMITED", message)

    @classmethod
    def internal(cls, message: str = "Internal error") -> Self:
        """A fault of the server; the message goes out, so it names no cause."""
        return cls("INTERNAL", message)

    @classmethod
    def unavailable(cls, message: str = "Unavailable, try again later") -> Self:
        """Something that the server needs is down."""
        return cls("UNAVAILABLE", message)

    @classmethod
    def timeout(cls, message: str = "Took too long") -> Self:
        """The work was given up."""
        return cls("TIMEOUT", message)

    @classmethod
    def invalid(cls, fields: Mapping[str, str] | None = None, /, **more: str) -> Self:
        """Refuses fields from a handler: `MizanError.invalid({"email": "is taken"})` (ERR-10)."""
        return cls.validation(
            Finding(path=format_pointer([field]), code="invalid", message=message)
            for field, message in {**(fields or {}), **more}.items()
        )

    @classmethod
    def validation(cls, findings: Iterable[Finding]) -> Self:
        """`VALIDATION_FAILED` with these findings as details; the message tells the first (ERR-10)."""
        details = list(findings)
        message = "Not valid"
        if details:
            message = f"{details[0]['path'] or 'The value'} {details[0]['message']}"
        return cls("VALIDATION_FAILED", message, details=details)


def is_error_code(code: str) -> bool:
    """Whether a code is one of the protocol's own; else it is the name of a declared error."""
    return code in ERROR_STATUS


def code_of_status(status: int) -> str:
    """The code that stands for the status of a host's own exception (ERR-14)."""
    known = HOST_STATUSES.get(status)
    return known or ("BAD_REQUEST" if 400 <= status < 500 else "INTERNAL")


def status_of(code: str) -> int:
    """The HTTP status of a code, 409 for the name of a declared error (ERR-20)."""
    return ERROR_STATUS.get(code, 409)
