"""Places in the source: where a declaration stands."""

import inspect
import linecache
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A file as the runtime names it, and a line from 1."""

    file: str
    line: int


def caller_place(depth: int = 1) -> Place:
    """The line that called whoever calls this; `depth` counts the calls in between."""
    frame = sys._getframe(depth + 1)
    return Place(frame.f_code.co_filename, frame.f_lineno)


def function_place(function: Callable[..., Any]) -> Place | None:
    """Where a function begins: at its first decorator."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return None if code is None else Place(code.co_filename, code.co_firstlineno)


def symbol_place(symbol: object) -> Place | None:
    """Where a class or a type alias stands, as far as its source tells."""
    bare = symbol[0] if isinstance(symbol, tuple) else symbol
    module = sys.modules.get(str(getattr(bare, "__module__", "")))
    name = getattr(bare, "__name__", None)
    file = getattr(module, "__file__", None)
    if file is None or not isinstance(name, str):
        return None
    if isinstance(bare, type):
        try:
            return Place(file, inspect.getsourcelines(bare)[1])
        except (OSError, TypeError):
            pass
    plain = re.escape(name.partition("[")[0])
    pattern = re.compile(rf"\s*(?:class\s+{plain}\b|type\s+{plain}\b|{plain}\s*(?::[^=]*)?=)")
    for line, text in enumerate(linecache.getlines(file), 1):
        if pattern.match(text):
            return Place(file, line)
    return None


def relative_path(file: str, root: str) -> str:
    """The path below a root folder with `/`, or the whole path when it lies elsewhere."""
    path = PurePath(file)
    return (path.relative_to(root) if path.is_relative_to(root) else path).as_posix()


def print_place(place: Place, root: str) -> str:
    """`users/clients.py:31`."""
    return f"{relative_path(place.file, root)}:{place.line}"
