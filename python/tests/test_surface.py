"""What users import is what stands here, and says what it is."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

import mizan
import mizan.fastapi

SURFACE = {
    mizan: ["BigInt", "Context", "Identity", "MizanError", "ReactContext", "client", "invalidate"],
    mizan.fastapi: ["Identity", "MizanError", "MizanMiddleware", "MizanRouter", "router"],
}
EXPORTS = [(module, name) for module, names in SURFACE.items() for name in names]


@pytest.mark.parametrize("module", SURFACE, ids=lambda module: module.__name__)
def test_nothing_more_and_nothing_less(module: Any) -> None:
    assert sorted(module.__all__) == SURFACE[module]


def described(value: Any) -> Iterator[tuple[str, Any]]:
    """A function, or a class and its public methods."""
    yield getattr(value, "__name__", repr(value)), value
    if inspect.isclass(value):
        for name in vars(value):
            if not name.startswith("_") and callable(getattr(value, name)):
                yield f"{value.__name__}.{name}", inspect.unwrap(getattr(value, name))


@pytest.mark.parametrize(("module", "name"), EXPORTS)
def test_documented_and_typed(module: Any, name: str) -> None:
    value = getattr(module, name)
    if not (inspect.isclass(value) or inspect.isfunction(value)):
        return
    for what, one in described(value):
        assert inspect.getdoc(one), f"{what} says nothing"
        if inspect.isfunction(one):
            untyped = [
                parameter.name
                for parameter in inspect.signature(one).parameters.values()
                if parameter.annotation is inspect.Parameter.empty and parameter.name not in ("self", "cls")
            ]
            assert untyped == [], what
            assert inspect.signature(one).return_annotation is not inspect.Signature.empty, what
