"""The application that `INSTALLED_APPS` names."""

from django.apps import AppConfig
from django.core.signals import setting_changed
from django.utils.module_loading import autodiscover_modules

from mizan.core.live import load_apps_with

from .server import forget_server, get_server


class MizanConfig(AppConfig):
    """Finds the `clients.py` of every installed application, as the admin finds its `admin.py`."""

    name = "mizan.django"
    label = "mizan"
    verbose_name = "Mizan"

    def ready(self) -> None:
        """Imports them. What is wrong with them is said by the checks, the export and the first request."""
        from . import checks  # noqa: F401

        autodiscover_modules("clients")
        load_apps_with(get_server)
        setting_changed.connect(forget_server, dispatch_uid="mizan")
