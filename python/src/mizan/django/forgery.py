"""Django's own check of forged requests, run by us for what rides on cookies (ERR-12)."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token

from mizan.core.errors import MizanError

_log = logging.getLogger("django.security.csrf")

_OUR_HEADER = "HTTP_X_MIZAN_CSRF"
_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class _Check(CsrfViewMiddleware):
    """The middleware, answering with its reason in place of Django's page."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:  # noqa: ARG002
        return reason


def _unused(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def rides_on_cookies(request: HttpRequest, *, any_cookie: bool) -> bool:
    """Whether a browser may have added who is calling by itself: a session, and nothing that a page must say.

    A bearer token in `Authorization` is something that no other site's page can send. With `any_cookie` every
    cookie counts as a session.
    """
    if request.META.get("HTTP_AUTHORIZATION", "")[:7].lower() == "bearer ":
        return False
    cookies = request.COOKIES
    return bool(cookies) if any_cookie else settings.SESSION_COOKIE_NAME in cookies


def refuse_forged(request: HttpRequest) -> None:
    """Raises `FORBIDDEN` when Django's check refuses; then nothing has run (ERR-12).

    The check is Django's: `CSRF_TRUSTED_ORIGINS`, the cookie or session that holds the secret, the header,
    and test clients that do not enforce it. Two things are added: a browser that names no origin says by
    `Sec-Fetch-Site` where a request comes from, and `X-Mizan-CSRF` is understood like Django's header.
    """
    if request.method in _SAFE:
        return
    meta = request.META
    if _OUR_HEADER in meta:
        meta.setdefault(settings.CSRF_HEADER_NAME, meta[_OUR_HEADER])
    # Made anew, because it keeps what it has read of the settings.
    check = _Check(_unused)
    check.process_request(request)
    reason: Any = check.process_view(request, _unused, (), {})
    exempt = getattr(request, "_dont_enforce_csrf_checks", False)
    if reason is None and not exempt and "HTTP_ORIGIN" not in meta:
        site = meta.get("HTTP_SEC_FETCH_SITE", "same-origin")
        if site != "same-origin":
            reason = f"Sec-Fetch-Site checking failed - {site} is not same-origin."
    if reason is None:
        return
    _log.warning("Forbidden (%s): %s", reason, request.path, extra={"status_code": 403, "request": request})
    raise MizanError("FORBIDDEN", f"CSRF verification failed: {reason}", details=[{"code": "csrf"}])


def session_token(request: HttpRequest) -> str | None:
    """The token for `GET /session/` (SES-1): None in a project without sessions, with nothing to forge."""
    if not hasattr(request, "session"):
        return None
    if "CSRF_COOKIE" not in request.META:
        _Check(_unused).process_request(request)
    return get_token(request)


def keep_token(request: HttpRequest, response: HttpResponse) -> None:
    """Has the browser keep the secret of a token that was given out, also without Django's middleware."""
    if request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
        _Check(_unused).process_response(request, response)
