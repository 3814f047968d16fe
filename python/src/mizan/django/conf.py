"""`MIZAN = {…}` in the project's settings, read when it is needed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.utils.crypto import salted_hmac
from django.utils.module_loading import import_string

from mizan.core.settings import Limits, SettingFault, Settings

from .identity import Identify

KEYS = (
    "SECRET",
    "DEVELOPMENT",
    "CONTRACT",
    "CONTRACTS",
    "IDENTIFY",
    "LIMITS",
    "STORE",
    "TAG_HEADER",
    "CLOCK",
    "EPOCH",
)


@dataclass(frozen=True, slots=True)
class Conf:
    """What the project has set, and what is wrong with it."""

    settings: Settings
    identify: Identify | None
    faults: tuple[SettingFault, ...]


def read_conf() -> Conf:
    """Reads all of it; mistakes come back together, each with its name as the settings write it."""
    given = getattr(django_settings, "MIZAN", {})
    if not isinstance(given, Mapping):
        fault = SettingFault("MIZAN", f"is {given!r}, not a dict")
        return Conf(Settings(), None, (fault,))
    faults = [
        SettingFault(_name(key), f"there is no such setting.{_suggest(key, KEYS)}")
        for key in given
        if key not in KEYS
    ]
    settings = Settings(
        secret=_secret(given),
        development=bool(given.get("DEVELOPMENT", django_settings.DEBUG)),
        contract=None if given.get("CONTRACT") is None else bool(given["CONTRACT"]),
        contracts=given.get("CONTRACTS"),
        limits=_limits(given.get("LIMITS", {}), faults),
        store=_imported(given, "STORE", faults, call=True),
        clock=_imported(given, "CLOCK", faults),
        epoch=_imported(given, "EPOCH", faults),
        tag_header=given.get("TAG_HEADER", "Surrogate-Key"),
    )
    identify = _imported(given, "IDENTIFY", faults)
    faults += [SettingFault(_python_name(one.name), one.message) for one in settings.faults()]
    return Conf(settings, identify, tuple(faults))


def project_root() -> str:
    """The folder that places in the source are relative to: `BASE_DIR` as `startproject` writes it."""
    return str(getattr(django_settings, "BASE_DIR", None) or Path.cwd())


def _secret(given: Mapping[str, Any]) -> Any:
    """The secrets; left out, made of `SECRET_KEY` and its fallbacks, which rotate in the same way."""
    if given.get("SECRET"):
        return given["SECRET"]
    keys = [django_settings.SECRET_KEY, *django_settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac("mizan.secret", "", secret=key, algorithm="sha256").hexdigest() for key in keys]


def _limits(given: Any, faults: list[SettingFault]) -> Limits:
    known = {one.name.upper(): one.name for one in fields(Limits)}
    if not isinstance(given, Mapping):
        faults.append(SettingFault(_name("LIMITS"), f"is {given!r}, not a dict"))
        return Limits()
    values: dict[str, Any] = {}
    for key, value in given.items():
        name = known.get(str(key).upper())
        if name is None:
            message = f"there is no such limit.{_suggest(str(key), known)}"
            faults.append(SettingFault(f'{_name("LIMITS")}["{key}"]', message))
        else:
            values[name] = value
    return Limits(**values)


def _imported(given: Mapping[str, Any], key: str, faults: list[SettingFault], *, call: bool = False) -> Any:
    """What a setting names by its dotted path, or is itself; with `call`, what it makes."""
    value = given.get(key)
    if isinstance(value, str):
        try:
            found: Callable[..., Any] = import_string(value)
        except ImportError as error:
            faults.append(SettingFault(_name(key), f"{value!r} cannot be imported: {error}"))
            return None
        return found() if call else found
    if value is not None and not call and not callable(value):
        faults.append(SettingFault(_name(key), f"{value!r} cannot be called"))
        return None
    return value


def _name(key: object) -> str:
    return f'MIZAN["{key}"]'


def _python_name(name: str) -> str:
    """`limits.body_bytes` as `MIZAN["LIMITS"]["BODY_BYTES"]`."""
    return "MIZAN" + "".join(f'["{part.upper()}"]' for part in name.split("."))


def _suggest(key: object, known: Any) -> str:
    meant = difflib.get_close_matches(str(key).upper(), list(known), n=1)
    return f" Did you mean {meant[0]}?" if meant else f" There are {', '.join(known)}."
