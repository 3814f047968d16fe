"""`python -m mizan.fastapi export`, as a program."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CLIENTS = '''
from mizan import ReactContext, client

UserContext = ReactContext("user")

@client(context=UserContext)
async def user_name(user_id: int) -> str:
    """The name of one user."""
    return "Ada"
'''
MAIN = """
from fastapi import FastAPI
from mizan.fastapi import router
from shop import clients

print("importing")
app = FastAPI()
app.include_router(router(clients), prefix="/api/mizan")
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").write_text("")
    (tmp_path / "shop" / "clients.py").write_text(CLIENTS)
    (tmp_path / "shop" / "main.py").write_text(MAIN)
    return tmp_path


def run(project: Path, *arguments: str) -> Any:
    source = Path(__file__).parents[2] / "src"
    return subprocess.run(
        [sys.executable, "-m", "mizan.fastapi", *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_contract_alone_on_stdout(project: Path) -> None:
    done = run(project, "export", "shop.main:app")
    assert (done.returncode, done.stderr) == (0, "importing\n")
    assert done.stdout.startswith("mizan ") or "userName" in done.stdout
    assert "importing" not in done.stdout


def test_as_json(project: Path) -> None:
    done = run(project, "export", "shop.main:app", "--json")
    exported = json.loads(done.stdout)
    assert list(exported) == ["contract", "sources", "hash"]
    assert exported["contract"] == run(project, "export", "shop.main:app").stdout
    assert exported["sources"]["functions"]["userName"] == {"path": "shop/clients.py", "line": 6}
    assert len(exported["hash"]) == 64


def test_a_file_is_written_and_checked(project: Path) -> None:
    written = run(project, "export", "shop.main:app", "contracts/current.kdl")
    assert (written.returncode, written.stdout) == (0, "")
    assert written.stderr.endswith("contracts/current.kdl written\n")
    file = project / "contracts" / "current.kdl"
    assert file.read_text() == run(project, "export", "shop.main:app").stdout
    assert run(project, "export", "shop.main:app", "contracts/current.kdl", "--check").returncode == 0
    file.write_text("old")
    stale = run(project, "export", "shop.main:app", "contracts/current.kdl", "--check")
    assert stale.returncode == 1
    assert "contracts/current.kdl is stale: run python -m mizan.fastapi export shop.main:app" in stale.stderr
    assert file.read_text() == "old"
    assert os.listdir(project / "contracts") == ["current.kdl"]
    assert run(project, "export", "shop.main:app", "--check").returncode == 2
    taken = run(project, "export", "shop.main:app", "contracts")
    assert (taken.returncode, taken.stderr) == (2, "importing\ncontracts cannot be written: Is a directory\n")


def test_factories(project: Path) -> None:
    factory = MAIN.replace("app = ", "def create_app():\n    app = ").replace("app.inc", "    app.inc")
    (project / "shop" / "main.py").write_text(factory + "    return app\n")
    for arguments in (["shop.main:create_app()"], ["shop.main:create_app", "--factory"]):
        assert "userName" in run(project, "export", *arguments).stdout
    forgotten = run(project, "export", "shop.main:create_app")
    assert forgotten.returncode == 1
    assert "if it makes the application, say shop.main:create_app()" in forgotten.stderr


def test_several_routers(project: Path) -> None:
    more = MAIN + 'other = router(clients)\napp.include_router(other, prefix="/v2")\n'
    (project / "shop" / "main.py").write_text(more)
    unclear = run(project, "export", "shop.main:app")
    assert (unclear.returncode, unclear.stdout) == (1, "")
    assert "shop.main:app has several routers of Mizan: /api/mizan, /v2" in unclear.stderr
    assert "--prefix /api/mizan" in unclear.stderr
    assert "userName" in run(project, "export", "shop.main:app", "--prefix", "/v2/").stdout
    none = run(project, "export", "shop.main:app", "--prefix", "/v3")
    assert "shop.main:app has no router of Mizan under /v3; there is /api/mizan, /v2" in none.stderr
    (project / "shop" / "main.py").write_text(more.replace("other = router(clients)", "other = app"))


def test_one_router_under_two_prefixes_and_in_a_mount(project: Path) -> None:
    (project / "shop" / "main.py").write_text(
        "from fastapi import APIRouter, FastAPI\n"
        "from mizan.fastapi import router\n"
        "from shop import clients\n"
        "one = router(clients)\nbetween = APIRouter()\nbetween.include_router(one, prefix='/a')\n"
        "inner = FastAPI()\ninner.include_router(between, prefix='/in')\n"
        "app = FastAPI()\napp.include_router(one, prefix='/b')\napp.mount('/inner', inner)\n"
        "alone = FastAPI()\nalone.mount('/m', one)\n"
    )
    assert "userName" in run(project, "export", "shop.main:app").stdout
    assert "userName" in run(project, "export", "shop.main:app", "--prefix", "/inner/in/a").stdout
    assert "userName" in run(project, "export", "shop.main:alone", "--prefix", "/m").stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("shop.main", "shop.main: name the module and the application in it, as for uvicorn: shop.main:app"),
        ("nowhere:app", "there is no module nowhere in "),
        ("shop.nowhere:app", "there is no module shop.nowhere in "),
        ("shop.main:application", "the module shop.main has no application\n  Did you mean shop.main:app?"),
        ("shop.clients:app", "the module shop.clients has no app\n  Name the variable"),
        ("shop.main:app()", "shop.main:app() cannot be imported"),
        ("shop.clients:UserContext", "shop.clients:UserContext is no application of FastAPI but a Context"),
        ("shop.clients:UserContext.nothing", "the module shop.clients has no UserContext.nothing"),
    ],
)
def test_what_is_named_wrongly(project: Path, name: str, words: str) -> None:
    done = run(project, "export", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert words in done.stderr


def test_an_application_without_a_router(project: Path) -> None:
    (project / "shop" / "main.py").write_text("from fastapi import FastAPI\napi = FastAPI()\n")
    done = run(project, "export", "shop.main:api")
    assert done.returncode == 1
    assert "shop.main:api has no router of Mizan" in done.stderr
    assert '  Add: api.include_router(router(users), prefix="/api/mizan")' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_module_that_breaks(project: Path) -> None:
    (project / "shop" / "clients.py").write_text("import json\n\njson.loads('nothing')\n")
    done = run(project, "export", "shop.main:app")
    assert done.returncode == 1
    assert done.stderr.startswith("shop/clients.py:3  shop.main cannot be imported\n  JSONDecodeError: ")
    assert "\n    shop/main.py:4  from shop import clients\n" in done.stderr
    assert "Traceback (most recent call last):" in done.stderr
    (project / "shop" / "clients.py").write_text("import nowhere_to_be_found\n")
    done = run(project, "export", "shop.main:app")
    assert done.stderr.startswith("shop/clients.py:1  shop.main cannot be imported\n  ModuleNotFoundError")
    (project / "shop" / "clients.py").write_text("def broken(:\n")
    done = run(project, "export", "shop.main:app")
    assert done.stderr.startswith("shop/clients.py:1  shop.main cannot be imported\n  SyntaxError")


def test_mistakes_of_functions_all_at_once(project: Path) -> None:
    (project / "shop" / "clients.py").write_text(
        CLIENTS
        + "\n@client(affects=ReactContext('gone'))\nasync def one() -> None: ...\n"
        + "\n@client(name='userName')\nasync def two() -> None: ...\n"
    )
    done = run(project, "export", "shop.main:app")
    assert (done.returncode, done.stdout) == (1, "")
    assert "shop/clients.py:11  one: " in done.stderr
    assert "shop/clients.py:14  two: " in done.stderr
    assert "Traceback" not in done.stderr


def test_settings_that_cannot_be(project: Path) -> None:
    (project / "shop" / "main.py").write_text(MAIN.replace("router(clients)", "router(clients, secret='x')"))
    done = run(project, "export", "shop.main:app")
    assert done.returncode == 1
    assert "secret: a secret has 1 bytes" in done.stderr


def test_help(project: Path) -> None:
    assert "Example: python -m mizan.fastapi export app.main:app" in run(project, "export", "--help").stdout
    assert run(project).returncode == 2
