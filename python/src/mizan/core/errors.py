"""The one error of the protocol, its codes and its envelope (spec page `errors`)."""

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, NotRequired, Self, TypedDict, cast, dataclass_transform, overload

from ._tables import ERROR_STATUS, HOST_STATUSES
from .findings import Finding, format_pointer
from .place import Place, caller_place


class WireError(TypedDict):
    """An error as the envelope `{"error": …}` holds it (ERR-1)."""

    code: str
    message: str
    # Whatever JSON a declared error's fields are.
    details: NotRequired[Any]
    id: NotRequired[str]
    contract: NotRequired[str]


@dataclass(frozen=True, slots=True)
class ErrorDefinition:
    """A declared error as it was written; its fields are the annotations of its class."""

    symbol: type["MizanError"]
    code: str
    status: int
    doc: str | None
    place: Place | None


@dataclass_transform(kw_only_default=True)
class MizanError(Exception):
    """An error that a caller is told: a standard code, or the name of a declared error.

    A subclass declares an error of its own: `class OutOfStock(MizanError, status=409): left: int`, raised as
    `OutOfStock(left=2)`. Its cause (`raise … from`) stays in the log and never goes out (ERR-11).
    """

    __mizan__: ClassVar[ErrorDefinition | None] = None
    """What a subclass declares."""

    def __init_subclass__(cls, *, status: int = 409, **more: Any) -> None:
        super().__init_subclass__(**more)
        doc = cls.__dict__.get("__doc__")
        cls.__mizan__ = ErrorDefinition(cls, cls.__name__, status, doc, caller_place())
        if "__init__" not in cls.__dict__:
            cls.__init__ = _init_declared  # type: ignore[assignment]  # its fields are its arguments

    # Declared errors without fields are made of nothing: type checkers make no constructor for them.
    @overload
    def __init__(self) -> None: ...
    @overload
    def __init__(
        self, code: str, message: str, *, details: Any = None, status: int | None = None
    ) -> None: ...
    def __init__(
        self, code: str = "INTERNAL", message: str = "", *, details: Any = None, status: int | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details
        self.status = status_of(code) if status is None else status
        self.id: str | None = None
        """Of `INTERNAL`: what to look for in the log."""
        self.contract: str | None = None
        """The server's contract, when it is not the client's (ERR-13)."""

    def __reduce__(self) -> tuple[Any, ...]:
        # Queues and worker processes hand errors on by pickling them.
        return _restore, (type(self), self.args, self.__dict__)

    def with_message(self, message: str) -> Self:
        """Takes another message; a declared error's is else the first line of its docstring."""
        self.message = message
        self.args = (message,)
        return self

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

    @staticmethod
    def bad_request(message: str = "Bad request") -> "MizanError":
        """A request that is none of the protocol."""
        return MizanError("BAD_REQUEST", message)

    @staticmethod
    def unauthenticated(message: str = "Sign in first") -> "MizanError":
        """Nobody is signed in, or the credential is bad."""
        return MizanError("UNAUTHENTICATED", message)

    @staticmethod
    def forbidden(message: str = "Not allowed") -> "MizanError":
        """Whoever is signed in may not."""
        return MizanError("FORBIDDEN", message)

    @staticmethod
    def not_found(message: str = "Not found") -> "MizanError":
        """There is nothing of that name."""
        return MizanError("NOT_FOUND", message)

    @staticmethod
    def conflict(message: str = "Conflict") -> "MizanError":
        """The state of things does not allow it."""
        return MizanError("CONFLICT", message)

    @staticmethod
    def rate_limited(message: str = "Too many requests") -> "MizanError":
        """Later, perhaps."""
        return MizanError("RATE_LIMITED", message)

    @staticmethod
    def internal(message: str = "Internal error") -> "MizanError":
        """A fault of the server; the message goes out, so it names no cause."""
        return MizanError("INTERNAL", message)

    @staticmethod
    def unavailable(message: str = "Unavailable, try again later") -> "MizanError":
        """Something that the server needs is down."""
        return MizanError("UNAVAILABLE", message)

    @staticmethod
    def timeout(message: str = "Took too long") -> "MizanError":
        """The work was given up."""
        return MizanError("TIMEOUT", message)

    @staticmethod
    def invalid(fields: Mapping[str, str] | None = None, /, **more: str) -> "MizanError":
        """Refuses fields from a handler: `MizanError.invalid({"email": "is taken"})` (ERR-10)."""
        return MizanError.validation(
            Finding(path=format_pointer([field]), code="invalid", message=message)
            for field, message in {**(fields or {}), **more}.items()
        )

    @staticmethod
    def validation(findings: Iterable[Finding]) -> "MizanError":
        """`VALIDATION_FAILED` with these findings as details; the message tells the first (ERR-10)."""
        details = list(findings)
        message = "Not valid"
        if details:
            message = f"{details[0]['path'] or 'The value'} {details[0]['message']}"
        return MizanError("VALIDATION_FAILED", message, details=details)


def declared_fields(declared: type[MizanError]) -> dict[str, type[MizanError]]:
    """The fields of a declared error, those it inherits first: the class that has each, by name."""
    fields: dict[str, type[MizanError]] = {}
    for owner in reversed(declared.__mro__):
        if issubclass(owner, MizanError) and owner is not MizanError:
            for name, annotation in inspect.get_annotations(owner).items():
                if "ClassVar" not in str(annotation):
                    fields[name] = owner
    return fields


def _restore(cls: type[MizanError], args: tuple[Any, ...], state: dict[str, Any]) -> MizanError:
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error


def _init_declared(self: MizanError, **values: Any) -> None:
    cls = type(self)
    definition = cast(ErrorDefinition, cls.__mizan__)
    details: dict[str, Any] = {}
    missing = []
    for name in declared_fields(cls):
        if name in values:
            details[name] = values.pop(name)
        elif hasattr(cls, name):
            details[name] = getattr(cls, name)
        else:
            missing.append(name)
    if missing or values:
        what = f"lacks {', '.join(missing)}" if missing else f"has no field {', '.join(values)}"
        raise TypeError(f"{definition.code} {what}")
    summary = (definition.doc or "").strip().split("\n")[0].strip()
    MizanError.__init__(
        self, definition.code, summary or definition.code, details=details, status=definition.status
    )
    for name, value in details.items():
        setattr(self, name, value)


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
