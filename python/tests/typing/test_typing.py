import re
from pathlib import Path

from mypy import api

SAMPLE = Path(__file__).parent / "sample.py"
CONFIG = SAMPLE.parents[2] / "pyproject.toml"
IGNORE = re.compile(r"  # type: ignore\[([a-z-]+)\]$")


def complaints(sample: Path) -> list[tuple[int, str]]:
    out, err, _ = api.run(["--config-file", str(CONFIG), "--no-error-summary", str(sample)])
    assert err == ""
    found = re.findall(rf"{sample.name}:(\d+): error: .*\[([a-z-]+)\]$", out, re.MULTILINE)
    return [(int(line), code) for line, code in found]


def test_users_signatures_are_kept() -> None:
    assert complaints(SAMPLE) == []


def test_each_ignored_line_is_wrong(tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    bare = tmp_path / "bare.py"
    bare.write_text("\n".join(IGNORE.sub("", line) for line in lines) + "\n", encoding="utf-8")
    wanted = [(at, match[1]) for at, line in enumerate(lines, 1) if (match := IGNORE.search(line))]
    assert len(wanted) == 8
    assert complaints(bare) == wanted
