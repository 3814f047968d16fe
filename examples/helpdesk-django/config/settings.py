"""Settings of the Helpdesk: a demo on your own machine, which asks nobody who they are."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

# Nothing outlives the process that it signs.
SECRET_KEY = os.environ.get("HELPDESK_SECRET") or secrets.token_urlsafe(48)
DEBUG = False
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = ["mizan.django", "people", "tickets", "summary"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
# A slow machine shall show what a fast one does: fresh data in the answer of each write.
MIZAN = {"LIMITS": {"FLIGHT_MILLISECONDS": 2000}}

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("HELPDESK_DATABASE", BASE_DIR / "data" / "helpdesk.sqlite"),
        "ATOMIC_REQUESTS": True,
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL",
            # A transaction that reads first and writes later would be refused when another wrote in between.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

# The built page: WhiteNoise serves its files by name, config.page everything else.
WEB_ROOT = os.environ.get("HELPDESK_WEB")
WHITENOISE_ROOT = WEB_ROOT
WHITENOISE_INDEX_FILE = True
# Vite puts a hash into the names of what it writes there, so these files never change.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/assets/"
SECURE_REFERRER_POLICY = "no-referrer"
