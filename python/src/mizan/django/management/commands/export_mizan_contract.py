"""`manage.py export_mizan_contract`: prints the contract, without a server and without a database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mizan.core.app import export_registry
from mizan.core.mistake import RegistrationError
from mizan.django.discovery import read_registry
from mizan.export_file import export_text, holds, write_whole


class Command(BaseCommand):
    """Exports the contract of all installed applications."""

    help = (
        "Prints the contract, or writes it to FILE, whole or not at all. "
        "Example: manage.py export_mizan_contract contracts/current.kdl --check"
    )
    # What is wrong with the functions is said below, and the rest is no question of the contract.
    requires_system_checks: list[str] = []  # noqa: RUF012

    def add_arguments(self, parser: ArgumentParser) -> None:
        """FILE, --check, --json."""
        parser.add_argument("file", nargs="?", metavar="FILE", help="where to write; else standard output")
        parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when FILE is stale")
        parser.add_argument(
            "--json", action="store_true", help="one object with contract, sources and hash, for tools"
        )

    def handle(self, *_: Any, file: str | None, check: bool, json: bool, **__: Any) -> None:
        """Runs it."""
        if check and file is None:
            raise CommandError("--check compares with a file: name it", returncode=2)
        text = _text(as_json=json)
        if file is None:
            self.stdout.write(text, ending="")
            return
        path = Path(file)
        if holds(path, text):
            return
        if check:
            raise CommandError(f"{path} is stale: run manage.py export_mizan_contract {path}")
        try:
            write_whole(path, text)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}", returncode=2) from error
        self.stderr.write(f"{path} written")


def _text(*, as_json: bool) -> str:
    try:
        registry = read_registry()
    except RegistrationError as error:
        raise CommandError(str(error)) from error
    return export_text(export_registry(registry), as_json=as_json)
