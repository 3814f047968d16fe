"""The one server of a Django process, made when it is first needed."""

from __future__ import annotations

import threading
from typing import Any

from mizan.core.app import App
from mizan.core.live import detach_app, load_apps_with
from mizan.core.settings import SettingsError

from .conf import read_conf
from .discovery import read_registry
from .host import DjangoHost

_lock = threading.Lock()
_server: App | None = None

# What the server is made of; other settings are read where they matter.
_READ = {"MIZAN", "SECRET_KEY", "SECRET_KEY_FALLBACKS", "DEBUG", "INSTALLED_APPS", "BASE_DIR"}


def get_server() -> App:
    """The server of this process; raises a `RegistrationError` or `SettingsError` with all that is wrong."""
    global _server
    server = _server
    if server is None:
        with _lock:
            server = _server
            if server is None:
                conf = read_conf()
                if conf.faults:
                    raise SettingsError(conf.faults)
                server = _server = App(read_registry(), DjangoHost(conf.identify), conf.settings)
    return server


def forget_server(*, setting: str, **_: Any) -> None:
    """Has the server made anew after `override_settings`."""
    global _server
    if setting in _READ:
        with _lock:
            if _server is not None:
                detach_app(_server)
            _server = None
        load_apps_with(get_server)
