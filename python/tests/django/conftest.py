"""A Django project that uses Mizan as anybody's does, with its two databases in files."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest

PROJECT = Path(__file__).parent / "project"
_FILES = tempfile.TemporaryDirectory()

os.environ["TEST_DATABASES"] = _FILES.name
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
sys.path.insert(0, str(PROJECT))
django.setup()


@pytest.fixture(scope="session", autouse=True)
def databases() -> Iterator[None]:
    """Test databases, as Django's runner makes them."""
    from django.test.utils import (
        setup_databases,
        setup_test_environment,
        teardown_databases,
        teardown_test_environment,
    )

    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False, aliases={"default": True, "other": True})
    yield
    teardown_databases(made, verbosity=0)
    teardown_test_environment()
    _FILES.cleanup()


@pytest.fixture(autouse=True)
def closed_gate() -> Iterator[None]:
    """Every test begins with the gate closed and nothing run."""
    from desk.gate import gate, ran

    gate.close()
    ran.clear()
    yield
    gate.open.set()
