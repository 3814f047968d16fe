"""Discovery: the `clients.py` of every installed application."""

from __future__ import annotations

import sys
from types import ModuleType

from django.apps import apps

from mizan.core.registry import Registry, register

from .annotations import DjangoTypes
from .conf import project_root


def client_modules() -> list[ModuleType]:
    """The modules named `clients` that were imported at start, in the order of `INSTALLED_APPS`."""
    found = (sys.modules.get(f"{config.name}.clients") for config in apps.get_app_configs())
    return [module for module in found if module is not None]


def read_registry() -> Registry:
    """Registers what they declare; raises a `RegistrationError` with everything that is wrong."""
    return register(client_modules(), DjangoTypes(), project_root())
