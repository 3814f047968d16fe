"""The built page, which has addresses of its own (`/tickets/12`)."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


@require_safe
def page(_request: HttpRequest) -> FileResponse:
    """`index.html`, whatever the path."""
    if settings.WEB_ROOT is None:
        raise Http404("There is no built page: HELPDESK_WEB names none")
    index = Path(settings.WEB_ROOT) / "index.html"
    return FileResponse(
        index.open("rb"),
        content_type="text/html; charset=utf-8",
        headers={"Cache-Control": "no-cache", "Content-Security-Policy": POLICY},
    )
