"""`python -m mizan.fastapi export module:app`: prints the contract without starting a server."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..core.mistake import RegistrationError
from ..core.settings import SettingsError
from ..export_file import export_text, holds, write_whole
from .find_app import NotFound, find_app
from .internals import routers_in
from .router import MizanRouter

_EXAMPLE = "Example: python -m mizan.fastapi export app.main:app contracts/current.kdl --check"


def main(arguments: Sequence[str]) -> int:
    """Runs the command: 0 done, 1 found something (stale, mistakes), 2 used wrongly."""
    options = _parser().parse_args(arguments)
    if options.check and options.file is None:
        _say("--check compares with a file: name it")
        return 2
    try:
        # What the application prints when it is imported is no part of a contract.
        out, sys.stdout = sys.stdout, sys.stderr
        try:
            app = find_app(options.app, factory=options.factory)
            exported = _find_router(app, options.app, options.prefix).export()
        finally:
            sys.stdout = out
    except (RegistrationError, SettingsError) as error:
        _say(str(error).strip("\n"))
        return 1
    except NotFound as error:
        _say(str(error))
        if error.cause is not None:
            _say("")
            traceback.print_exception(error.cause)
        return 1
    text = export_text(exported, as_json=options.json)
    if options.file is None:
        out.write(text)
        return 0
    path = Path(options.file)
    if holds(path, text):
        return 0
    if options.check:
        _say(f"{path} is stale: run python -m mizan.fastapi export {options.app} {path}")
        return 1
    try:
        write_whole(path, text)
    except OSError as error:
        _say(f"{path} cannot be written: {error.strerror}")
        return 2
    _say(f"{path} written")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m mizan.fastapi", description="Mizan on FastAPI.")
    commands = parser.add_subparsers(required=True, metavar="export")
    export = commands.add_parser(
        "export",
        help="print the contract of an application, or write it to FILE",
        description="Prints the contract of an application, or writes it to FILE, whole or not at all.",
        epilog=_EXAMPLE,
    )
    export.add_argument(
        "app", metavar="module:app", help="as for uvicorn; module:create_app() calls a factory"
    )
    export.add_argument("file", nargs="?", metavar="FILE", help="where to write; else standard output")
    export.add_argument("--check", action="store_true", help="write nothing; exit 1 when FILE is stale")
    export.add_argument("--json", action="store_true", help="one object with contract, sources and hash")
    export.add_argument("--prefix", help="which router, where the application has several")
    export.add_argument("--factory", action="store_true", help="call what is named to get the application")
    return parser


def _find_router(app: Any, name: str, prefix: str | None) -> MizanRouter:
    found = [(at, one) for at, one in routers_in(app, MizanRouter) if isinstance(one, MizanRouter)]
    if not found:
        variable = name.partition(":")[2].removesuffix("()").rpartition(".")[2]
        raise NotFound(
            f"{name} has no router of Mizan\n"
            f'  Add: {variable}.include_router(router(users), prefix="/api/mizan")\n'
            f"  with: from mizan.fastapi import router, and your modules in place of users"
        )
    shown = ", ".join(at or '""' for at, _ in found)
    if prefix is not None:
        found = [(at, one) for at, one in found if at == prefix.rstrip("/")]
        if not found:
            raise NotFound(f"{name} has no router of Mizan under {prefix}; there is {shown}")
    if len({id(one) for _, one in found}) > 1:
        raise NotFound(f"{name} has several routers of Mizan: {shown}\n  Name one: --prefix {found[0][0]}")
    return found[0][1]


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
