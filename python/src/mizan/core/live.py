"""The servers of this process: whom `invalidate` and direct calls tell."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import App
    from .define import Context, FunctionDefinition

_apps: weakref.WeakSet[App] = weakref.WeakSet()
_loaders: list[Callable[[], object]] = []

_LIST = threading.Lock()
"""Held for the instant in which the set is changed or copied."""
_LOADING = threading.RLock()
"""Held while servers are made, so that whoever asks meanwhile waits for them."""


def attach_app(app: App) -> None:
    """Lets `invalidate` and direct calls announce through a server, as long as somebody holds it."""
    with _LIST:
        _apps.add(app)


def detach_app(app: App) -> None:
    """Ends that: another server takes its place."""
    with _LIST:
        _apps.discard(app)


def load_apps_with(load: Callable[[], object]) -> None:
    """Calls `load` before the servers are next asked for: it makes the one that is made lazily.

    Again and again until it succeeds, so that what is wrong with a server is raised and not passed over.
    """
    with _LOADING:
        if load not in _loaders:
            _loaders.append(load)


def live_apps(context: Context) -> list[App]:
    """The servers that have a context; a `TypeError` where there are servers and none of them has it."""
    apps = _all()
    having = [app for app in apps if app.knows(context)]
    if apps and not having:
        # The first one says what is wrong with it.
        apps[0].scope_text(context, {})
    return having


def apps_of(definition: FunctionDefinition) -> list[App]:
    """The servers that a function is registered with."""
    return [app for app in _all() if definition in app.plans.by_definition]


def _all() -> list[App]:
    if _loaders:
        with _LOADING:
            while _loaders:
                load = _loaders[-1]
                load()
                _loaders.remove(load)
    with _LIST:
        return list(_apps)
