"""The tickets that a new database begins with."""

import json
import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]


def read_seed() -> dict[str, Rows] | None:
    """The rows of HELPDESK_SEED by table, columns in snake_case, times as times; None without one."""
    file = os.environ.get("HELPDESK_SEED")
    if file is None or not Path(file).exists():
        return None
    tables: dict[str, Rows] = json.loads(Path(file).read_text("utf-8"))
    return {table: [read_row(row) for row in rows] for table, rows in tables.items()}


def read_row(row: dict[str, Any]) -> dict[str, Any]:
    """One row; `from` and `to`, which Python keeps for itself, are `before` and `after`."""
    return {column_of(name): read_value(name, value) for name, value in row.items()}


def column_of(name: str) -> str:
    """The column of a member of the seed."""
    known = {"from": "before", "to": "after"}
    return known.get(name) or re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name)


def read_value(name: str, value: Any) -> Any:
    """Members that end with At are times."""
    return datetime.fromisoformat(value) if name.endswith("At") and value is not None else value
