"""The application that `module:app` names, as uvicorn would find it, and help where it is not found."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from ..core.mistake import RegistrationError, nearest
from ..core.settings import SettingsError
from .internals import is_application


class NotFound(Exception):
    """There is no application to export from. The text is help; `cause` has a traceback worth showing."""

    def __init__(self, message: str, cause: BaseException | None = None) -> None:
        super().__init__(message)
        self.cause = cause


def find_app(name: str, *, factory: bool = False) -> Any:
    """Imports the module, the working directory first as uvicorn does, and takes the application from it."""
    module_name, _, attribute = name.partition(":")
    if not module_name or not attribute:
        guess = f"{module_name or 'main'}:app"
        raise NotFound(f"{name}: name the module and the application in it, as for uvicorn: {guess}")
    called = attribute.endswith("()")
    attribute = attribute.removesuffix("()")
    module = _import(module_name)
    value: Any = module
    for part in attribute.split("."):
        if not hasattr(value, part):
            raise NotFound(_no_attribute(module, module_name, attribute))
        value = getattr(value, part)
    if called or factory:
        value = _call(value, name)
    elif not is_application(value) and callable(value):
        raise NotFound(f"{name} is a function: if it makes the application, say {module_name}:{attribute}()")
    if not is_application(value):
        raise NotFound(f"{name} is no application of FastAPI but a {type(value).__name__}")
    return value


def _import(name: str) -> Any:
    folder = os.getcwd()
    if folder not in sys.path:
        sys.path.insert(0, folder)
    try:
        return importlib.import_module(name)
    except (RegistrationError, SettingsError):
        raise
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if name == missing or name.startswith(f"{missing}."):
            raise NotFound(
                f"there is no module {missing} in {folder}\n"
                f"  Run it where uvicorn runs, or name the module as seen from here: package.module:app"
            ) from error
        raise NotFound(_broken(name, error), error) from error
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        raise NotFound(_broken(name, error), error) from error


def _call(factory: Any, name: str) -> Any:
    if not callable(factory):
        raise NotFound(f"{name} is no function, so it makes no application: leave out () and --factory")
    try:
        return factory()
    except (RegistrationError, SettingsError):
        raise
    except Exception as error:
        raise NotFound(_broken(name, error), error) from error


def _no_attribute(module: Any, name: str, attribute: str) -> str:
    lines = [f"the module {name} has no {attribute}"]
    apps = [
        known
        for known, value in vars(module).items()
        if not isinstance(value, type) and is_application(value)
    ]
    meant = nearest(attribute, apps) or (apps[0] if apps else None)
    if meant is not None:
        lines.append(f"  Did you mean {name}:{meant}?")
    else:
        lines.append("  Name the variable that holds the application, after the colon.")
    return "\n".join(lines)


def _broken(name: str, error: BaseException) -> str:
    """The user's own line first, then the error, then how it came there."""
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    own = list(_own_frames(error.__traceback__))
    if isinstance(error, SyntaxError) and error.filename is not None:
        own.append((error.filename, error.lineno or 1, (error.text or "").strip()))
    if not own:
        return f"{name} cannot be imported\n  {said}"
    file, line, _ = own[-1]
    lines = [f"{_shown(file)}:{line}  {name} cannot be imported", f"  {said}"]
    lines += [f"    {_shown(file)}:{line}  {text}" for file, line, text in reversed(own[-5:])]
    return "\n".join(lines)


def _own_frames(trace: TracebackType | None) -> Iterator[tuple[str, int, str]]:
    here = str(Path(__file__).resolve().parent.parent)
    for frame in traceback.extract_tb(trace):
        installed = any(part in ("site-packages", "dist-packages") for part in Path(frame.filename).parts)
        library = frame.filename.startswith(("<", here, os.path.dirname(os.__file__)))
        if not installed and not library:
            yield frame.filename, frame.lineno or 1, frame.line or ""


def _shown(file: str) -> str:
    path = Path(file)
    return (path.relative_to(os.getcwd()) if path.is_relative_to(os.getcwd()) else path).as_posix()
