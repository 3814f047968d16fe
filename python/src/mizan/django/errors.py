"""Django's own exceptions as the protocol's (ERR-14)."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    SuspiciousOperation,
    ValidationError,
)
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest
from django.http.multipartparser import MultiPartParserError

from mizan.core.errors import MizanError, code_of_status
from mizan.core.findings import Finding, format_pointer
from mizan.core.names import camel_from_snake

# The statuses that Django's own handler gives them; their messages it shows to developers only.
_STATUSES: tuple[tuple[type[Exception], int, str], ...] = (
    (Http404, 404, "Not found"),
    (PermissionDenied, 403, "Not allowed"),
    (MultiPartParserError, 400, "Bad request"),
    (BadRequest, 400, "Bad request"),
    (SuspiciousOperation, 400, "Bad request"),
)


def error_of(error: BaseException) -> BaseException:
    """A Django exception that stands for a status as its `MizanError`; everything else as it is.

    `ObjectDoesNotExist` stands for none: `get_object_or_404` raises what does.
    """
    if isinstance(error, ValidationError):
        return MizanError.validation(_findings(error))
    for kind, status, message in _STATUSES:
        if isinstance(error, kind):
            return MizanError(code_of_status(status), message)
    return error


def _findings(error: ValidationError) -> Iterator[Finding]:
    """By field where there are fields; what belongs to none has the path of the whole."""
    fields: dict[str, list[str]] = (
        error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
    )
    for field, messages in fields.items():
        path = "" if field == NON_FIELD_ERRORS else format_pointer([camel_from_snake(field)])
        for message in messages:
            yield Finding(path=path, code="invalid", message=str(message))


def report(error: BaseException, request: HttpRequest) -> None:
    """Tells Django of an exception as its own handler does.

    `got_request_exception` is what error reporters listen to and what the test client raises again;
    suspicious operations go to their security log.
    """
    if isinstance(error, SuspiciousOperation):
        log = logging.getLogger(f"django.security.{type(error).__name__}")
        log.error(str(error), exc_info=error, extra={"status_code": 400, "request": request})
    if isinstance(error, MizanError) or error_of(error) is not error:
        return
    try:
        # Receivers look at the exception that is being handled.
        raise error
    except BaseException:
        got_request_exception.send(sender=None, request=request)
