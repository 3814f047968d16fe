"""Servers that are made when they are first asked for."""

import threading
from collections.abc import Iterator

import pytest

from mizan.core import live
from mizan.core.app import App
from mizan.core.define import Context, client

from .harness import harness

ShopContext = Context("shop")


@client(context=ShopContext)
def shop_name() -> str:
    return "Shop"


@pytest.fixture(autouse=True)
def held() -> Iterator[list[App]]:
    """Holds what a test makes, as a framework would, and leaves nothing to be made."""
    made: list[App] = []
    yield made
    for app in made:
        live.detach_app(app)
    live._loaders.clear()


def test_what_is_wrong_is_said_each_time(held: list[App]) -> None:
    wrong = [ValueError("first"), ValueError("second")]

    def load() -> None:
        if wrong:
            raise wrong.pop(0)
        held.append(harness([shop_name]).app)

    live.load_apps_with(load)
    for words in ("first", "second"):
        with pytest.raises(ValueError, match=words):
            live.live_apps(ShopContext)
    assert live.live_apps(ShopContext) == held
    assert live.live_apps(ShopContext) == held


def test_whoever_asks_meanwhile_waits_for_it(held: list[App], monkeypatch: pytest.MonkeyPatch) -> None:
    door, knocked = threading.RLock(), threading.Semaphore(0)

    class Door:
        """Tells of each who comes to it."""

        def __enter__(self) -> None:
            knocked.release()
            door.acquire()

        def __exit__(self, *_: object) -> None:
            door.release()

    monkeypatch.setattr(live, "_LOADING", Door())
    begun, go_on = threading.Event(), threading.Event()
    found: list[list[App]] = []

    def load() -> None:
        begun.set()
        go_on.wait()
        held.append(harness([shop_name]).app)

    def ask() -> None:
        found.append(live.live_apps(ShopContext))

    live.load_apps_with(load)
    live.load_apps_with(load)
    first = threading.Thread(target=ask)
    first.start()
    begun.wait()
    while knocked.acquire(blocking=False):
        pass
    second = threading.Thread(target=ask)
    second.start()
    knocked.acquire()
    assert found == []
    go_on.set()
    first.join()
    second.join()
    assert found == [held, held]
    assert len(held) == 1
