"""`manage.py export_mizan_contract`: prints the contract, without a server and without a database."""

from __future__ import annotations

import json
import os
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mizan.core.contract_hash import contract_hash
from mizan.core.mistake import RegistrationError
from mizan.core.print_contract import print_contract
from mizan.django.discovery import read_registry


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
        elif check:
            self._check(Path(file), text)
        else:
            self._write(Path(file), text)

    def _check(self, path: Path, text: str) -> None:
        if _read(path) != text:
            raise CommandError(f"{path} is stale: run manage.py export_mizan_contract {path}")

    def _write(self, path: Path, text: str) -> None:
        if _read(path) == text:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        # A watcher next door never sees half a file.
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
                out.write(text)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
        self.stderr.write(f"{path} written")


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _text(*, as_json: bool) -> str:
    try:
        registry = read_registry()
    except RegistrationError as error:
        raise CommandError(str(error)) from error
    contract = print_contract(registry.contract)
    if not as_json:
        return contract
    exported = {
        "contract": contract,
        "sources": registry.sources,
        "hash": contract_hash(registry.contract),
    }
    return json.dumps(exported, ensure_ascii=False) + "\n"
