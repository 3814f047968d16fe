"""A Django project as the handshake asks for it."""

from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest

from mizan import Identity

from ..fixture.world import world
from ..handshake import HEADER, Handshake, caller_of, snake_case
from ..mistakes.clients import declare


def configure(asked: Handshake, database: Path, *, keep_connections: bool = True) -> None:
    """Sets everything that `settings.py` would, and loads the apps.

    Under ASGI each request has a thread of its own, so its connection is not kept.
    """
    mizan: dict[str, Any] = {
        "SECRET": asked.secret,
        "DEVELOPMENT": asked.development,
        "CONTRACTS": asked.contracts,
        "LIMITS": {snake_case(name): value for name, value in asked.limits.items()},
        "IDENTIFY": identify,
        "CLOCK": lambda: world.now,
    }
    if asked.epoch is not None:
        mizan["EPOCH"] = lambda _context: asked.epoch
    settings.configure(
        SECRET_KEY=asked.secret,
        ALLOWED_HOSTS=["127.0.0.1"],
        BASE_DIR=Path(__file__).parents[2],
        ROOT_URLCONF="testees.on_django.urls",
        INSTALLED_APPS=[
            "mizan.django",
            "testees.fixture",
            "testees.on_django",
            *(["testees.mistakes"] if asked.mistakes else []),
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": database,
                "ATOMIC_REQUESTS": asked.transaction == "atomic",
                "CONN_MAX_AGE": None if keep_connections else 0,
                # Reads go on beside an open write, and a write waits for another.
                "OPTIONS": {
                    "timeout": 5,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF",
                },
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        LOGGING_CONFIG=None,
        MIZAN=mizan,
    )
    if asked.mistakes:
        declare(asked.mistakes)
    django.setup()


def identify(request: HttpRequest) -> Identity | None:
    """Who a request's header says it is."""
    return caller_of(request.headers.get(HEADER))
