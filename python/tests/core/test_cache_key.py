import re
from typing import Any

from mizan.core.cache_key import (
    KeyIdentity,
    cache_key,
    cache_key_lines,
    etag,
    identity_hash,
    part_hash,
    tag,
    tags,
)

from .vectors import cases, read_vectors

VECTORS = read_vectors("cache-keys")
TAGS = read_vectors("tags")


@cases(VECTORS["keys"], "name")
def test_keys(row: dict[str, Any]) -> None:
    identity = KeyIdentity(**row["identity"]) if "identity" in row else None
    lines = cache_key_lines(row["address"], row["rev"], row["part"], identity)
    assert lines == row["lines"]
    assert re.fullmatch(r"[\n -~]+", lines)
    for secret in (row["secret"], row["secret"].encode()):
        assert cache_key(secret, row["context"], lines) == row["key"]
        assert etag(secret, lines, row["body"]) == row["etag"]
        assert etag(secret, lines, row["body"].encode()) == row["etag"]


@cases(VECTORS["identities"], "id")
def test_identities(row: dict[str, Any]) -> None:
    assert identity_hash(row["secret"], row["id"]) == row["hash"]


@cases(VECTORS["parts"], "part")
def test_parts(row: dict[str, Any]) -> None:
    assert part_hash(row["text"]) == row["part"]


@cases(TAGS["tags"], "address")
def test_tags(row: dict[str, Any]) -> None:
    assert tag(row["address"]) == row["tag"]


@cases(TAGS["bundles"], "address")
def test_bundles(row: dict[str, Any]) -> None:
    assert tags(row["address"]) == row["tags"]
    assert re.fullmatch(r"[a-z0-9. ]+", " ".join(row["tags"]))
