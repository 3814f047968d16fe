"""`manage.py export_mizan_contract`, in a process of its own, without a database."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mizan.core.contract_hash import contract_hash
from mizan.core.print_contract import print_contract
from mizan.django.discovery import read_registry

from .conftest import PROJECT

SOURCE = Path(__file__).parents[2] / "src"


def run(*args: str, project: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "export_mizan_contract", *args]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"}
    environment["TEST_DATABASES"] = "/nonexistent"
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def test_prints_the_contract_and_nothing_else() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == print_contract(read_registry().contract)
    assert done.stdout.startswith("mizan")
    assert "\nhash" not in done.stdout


def test_prints_one_object_for_tools() -> None:
    done = run("--json")
    assert (done.returncode, done.stderr) == (0, "")
    exported = json.loads(done.stdout)
    registry = read_registry()
    assert exported["contract"] == print_contract(registry.contract)
    assert exported["hash"] == contract_hash(registry.contract)
    assert "users/clients.py" in json.dumps(exported["sources"])
    assert str(PROJECT) not in done.stdout


def test_writes_a_file_whole_and_only_when_it_differs(tmp_path: Path) -> None:
    file = tmp_path / "contracts" / "current.kdl"
    assert run(str(file), "--check").returncode == 1
    assert not file.exists()
    done = run(str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_text() == print_contract(read_registry().contract)
    before = file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).digest()
    assert run(str(file)).returncode == 0
    assert (file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).digest()) == before
    assert run(str(file), "--check").returncode == 0
    file.write_text("old")
    stale = run(str(file), "--check")
    assert stale.returncode == 1
    assert "stale" in stale.stderr
    assert file.read_text() == "old"
    assert [one.name for one in file.parent.iterdir()] == ["current.kdl"]


def test_check_without_a_file_is_used_wrongly() -> None:
    assert run("--check").returncode == 2


def test_says_why_a_file_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "current.kdl"
    folder.mkdir()
    done = run(str(folder))
    assert done.returncode == 2
    assert done.stderr.endswith(f"{folder} cannot be written: Is a directory\n")
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [folder]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """The project with mistakes in it."""
    project = tmp_path / "project"
    shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("__pycache__"))
    clients = project / "users" / "clients.py"
    clients.write_text(
        clients.read_text()
        + '\n\n@client(affects=UserContext.scope(userid="user_id"))\ndef one(user_id: int) -> None: ...\n'
        + "\n\n@client(context=UserContext)\ndef two(value: object) -> int: ...\n"
    )
    return project


def test_says_all_mistakes_at_once(broken: Path) -> None:
    done = run("--json", project=broken)
    assert (done.returncode, done.stdout) == (1, "")
    assert "users/clients.py" in done.stderr
    assert "one" in done.stderr
    assert "userid" in done.stderr
    assert "two" in done.stderr
    assert "Traceback" not in done.stderr
