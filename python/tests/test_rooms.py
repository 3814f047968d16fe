"""Imports between the rooms of the package point one way."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"

# By room: what its modules may import besides themselves and the standard library.
ROOMS = {
    "mizan.core": {"pydantic", "pydantic_core", "opentelemetry", "annotated_types", "typing_extensions"},
    "mizan.django": {"mizan.core", "mizan.export_file", "django", "asgiref"},
    "mizan.fastapi": {"mizan.core", "mizan.export_file", "fastapi", "starlette", "anyio", "pydantic"},
    "mizan.export_file": {"mizan.core"},
    "mizan": {"mizan.core"},
}


def imports(module: str, text: str, *, package: bool = False) -> Iterator[str]:
    """What a module imports, relative names resolved."""
    parents = module.split(".") if package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = parents[: len(parents) - node.level + 1] if node.level else []
            base = [*above, *([node.module] if node.module else [])]
            yield from (".".join([*base, one.name]) for one in node.names)


def is_below(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def forbidden(module: str, text: str, *, package: bool = False) -> list[str]:
    """What a module imports and may not."""
    room = next(one for one in ROOMS if is_below(module, one))
    allowed = {room, *ROOMS[room]} if room != "mizan" else ROOMS[room]
    return [
        name
        for name in imports(module, text, package=package)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(is_below(name, one) for one in allowed)
    ]


FILES = sorted((SOURCE / "mizan").rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_imports(file: Path) -> None:
    parts = file.relative_to(SOURCE).with_suffix("").parts
    package = parts[-1] == "__init__"
    module = ".".join(parts[:-1] if package else parts)
    assert forbidden(module, file.read_text(encoding="utf-8"), package=package) == []


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("mizan.core.call", "import django"),
        ("mizan.core.call", "from ..django import server"),
        ("mizan.core.call", "from mizan import client"),
        ("mizan.core.call", "def f():\n    from starlette.requests import Request"),
        ("mizan.django.view", "from ..fastapi.router import router"),
        ("mizan.django.view", "from mizan.fastapi import router"),
        ("mizan.fastapi.host", "from mizan.django.errors import error_of"),
        ("mizan.export_file", "from .django import server"),
    ],
)
def test_refuses(module: str, text: str) -> None:
    assert len(forbidden(module, text)) == 1
