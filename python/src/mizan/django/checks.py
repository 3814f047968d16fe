"""System checks: what is wrong with functions, settings and their surroundings, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import NoReverseMatch, Resolver404, reverse

from mizan.core.mistake import RegistrationError, print_mistake
from mizan.core.registry import Registry

from .conf import project_root, read_conf
from .discovery import client_modules, read_registry

_SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
_AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"


@register("mizan")
def check_functions(app_configs: Sequence[Any] | None, **_: Any) -> Iterable[CheckMessage]:  # noqa: ARG001
    """`mizan.E001`: a declaration that cannot be. `mizan.W002`: guards, and nobody says who is calling.

    `mizan.W006`: nothing is declared at all.
    """
    if not client_modules():
        return [
            checks.Warning(
                "No installed application has a clients.py, so there is no function to call.",
                hint="Write one, with functions that @client of mizan decorates.",
                id="mizan.W006",
            )
        ]
    try:
        registry = read_registry()
    except RegistrationError as error:
        root = project_root()
        return [Error(print_mistake(one, root), id="mizan.E001") for one in error.mistakes]
    return list(_check_identity(registry))


@register("mizan")
def check_settings(app_configs: Sequence[Any] | None, **_: Any) -> Iterable[CheckMessage]:  # noqa: ARG001
    """`mizan.E002`: a setting that cannot be. `mizan.W001`: a limit of Django's below ours."""
    conf = read_conf()
    found: list[CheckMessage] = [
        Error(f"{fault.name}: {fault.message}", id="mizan.E002") for fault in conf.faults
    ]
    limit, host = conf.settings.limits.body_bytes, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not conf.faults and host is not None and host < limit:
        found.append(
            checks.Warning(
                f"DATA_UPLOAD_MAX_MEMORY_SIZE is {host}, below the {limit} bytes that a call may have.",
                hint=f'Raise it, or lower the limit: MIZAN = {{"LIMITS": {{"BODY_BYTES": {host}}}}}.',
                id="mizan.W001",
            )
        )
    return found


@register(Tags.urls)
def check_urls(app_configs: Sequence[Any] | None, **_: Any) -> Iterable[CheckMessage]:  # noqa: ARG001
    """`mizan.W003`: the URLs are included nowhere."""
    if not getattr(settings, "ROOT_URLCONF", None):
        return []
    try:
        reverse("mizan:endpoint", args=["call/"])
    except (NoReverseMatch, Resolver404):
        return [
            checks.Warning(
                "mizan.django is installed, but its URLs are included nowhere.",
                hint=f'Add path("api/mizan/", include("mizan.django.urls")) to {settings.ROOT_URLCONF}.',
                id="mizan.W003",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Sequence[Any] | None, **_: Any) -> Iterable[CheckMessage]:  # noqa: ARG001
    """`mizan.W004`: numbers that each worker would count for itself. `mizan.W005`: development."""
    conf = read_conf().settings
    found: list[CheckMessage] = []
    if conf.store is None:
        found.append(
            checks.Warning(
                "The numbers of contexts live in the memory of one process. Behind several workers each "
                "counts for itself, and clients that read from another one than they wrote to keep old data.",
                hint="Run one process (threads are fine), or route each user to one.",
                id="mizan.W004",
            )
        )
    if conf.development:
        found.append(
            checks.Warning(
                "Mizan runs for development: it reads twice to find scopes that are too narrow, and shows "
                "the contract.",
                hint='Set DEBUG = False, or MIZAN = {"DEVELOPMENT": False}.',
                id="mizan.W005",
            )
        )
    return found


def _check_identity(registry: Registry) -> Iterable[CheckMessage]:
    guarded = [one.name for one in registry.contract.functions if one.auth != "none"]
    if not guarded or read_conf().identify is not None:
        return
    order = [name for name in settings.MIDDLEWARE if name in (_SESSIONS, _AUTHENTICATION)]
    names = ", ".join(guarded[:3]) + (" …" if len(guarded) > 3 else "")
    if _AUTHENTICATION not in order:
        yield checks.Warning(
            f"{names} ask who is calling, and nothing says so.",
            hint=f'Add "{_AUTHENTICATION}" to MIDDLEWARE, unless another one sets request.user, or name a '
            'function: MIZAN = {"IDENTIFY": "accounts.mizan.identify"}.',
            id="mizan.W002",
        )
    elif order != [_SESSIONS, _AUTHENTICATION]:
        yield checks.Warning(
            "AuthenticationMiddleware looks into the session, so it must come after SessionMiddleware.",
            hint="Mend their order in MIDDLEWARE.",
            id="mizan.W002",
        )
