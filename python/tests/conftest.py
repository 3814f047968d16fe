import os

from hypothesis import HealthCheck, settings

from .core.vectors import find_corpus

# No verdict hangs on how busy the machine is, and in CI none on chance.
settings.register_profile(
    "mizan",
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("mizan")


def pytest_report_header() -> str:
    """Says which corpora are at hand."""
    return f"json-test-suite: {'run' if find_corpus('json-test-suite') else 'not run: corpus missing'}"
