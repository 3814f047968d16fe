"""What the export commands of both frameworks do with a contract: print it for tools, keep it in a file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from .core.app import Export


def export_text(exported: Export, *, as_json: bool) -> str:
    """The contract itself, or one object with contract, sources and hash."""
    if not as_json:
        return exported.contract
    shape = {"contract": exported.contract, "sources": exported.sources, "hash": exported.hash}
    return json.dumps(shape, ensure_ascii=False) + "\n"


def holds(path: Path, text: str) -> bool:
    """Whether a file is there and holds this very text."""
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def write_whole(path: Path, text: str) -> None:
    """Writes a file so that a watcher next door never sees half of it; raises an `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
