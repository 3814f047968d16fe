"""Requests as nobody sends them who means well, and what every answer must be all the same."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from hypothesis import strategies as st

from mizan.core._tables import ERROR_STATUS, FINDING_CODES

BASE = "/api/mizan"
SERVER_CODES = {code: status for code, status in ERROR_STATUS.items() if status}

Pairs = list[tuple[bytes, bytes]]


@dataclass
class Hostile:
    """One request, as a server hands it over."""

    method: str
    target: str
    """The path as it was sent."""
    query: bytes
    headers: Pairs
    body: bytes

    @property
    def path(self) -> str:
        """The path as ASGI servers decode it."""
        return unquote(self.target)

    @property
    def path_info(self) -> str:
        """The path as WSGI servers decode it: one character a byte."""
        return unquote_to_bytes(self.target.encode("latin-1")).decode("latin-1")


def check_answer(asked: Hostile, status: int, headers: Pairs, body: bytes) -> None:
    """Whatever was asked: an answer of the protocol, and never one that says that we broke."""
    lower = {name.lower(): value for name, value in headers}
    assert len(lower) == len(headers), "a header was sent twice"
    for _, value in headers:
        assert not set(value) & set(b"\r\n\0"), "a header was split"
    assert sum(len(name) + len(value) + 4 for name, value in headers) < 3000
    if status == 304:
        assert body == b""
        assert b"etag" in lower
        return
    assert lower[b"x-content-type-options"] == b"nosniff"
    if asked.method == "HEAD":
        assert body == b""
        assert int(lower[b"content-length"]) > 0
        return
    assert int(lower[b"content-length"]) == len(body)
    assert lower[b"content-type"] == b"application/json", "no answer of ours"
    answer = json.loads(body)
    if status == 200:
        assert "error" not in answer
        return
    assert lower[b"cache-control"] == b"private, no-store"
    error = answer["error"]
    assert set(error) <= {"code", "message", "details", "contract"}
    assert status == SERVER_CODES[error["code"]]
    assert status < 500
    assert error["message"]
    if error["code"] == "VALIDATION_FAILED":
        assert 0 < len(error["details"]) <= 256
        assert all(one["code"] in FINDING_CODES for one in error["details"])
    assert (status == 405) == (b"allow" in lower)


def requests(functions: list[str], contexts: list[str], keys: list[str]) -> Any:
    """Requests around what a server has: some odd all over, others odd in one place and sound elsewhere."""
    odd = st.builds(
        Hostile,
        method=_methods,
        target=_targets(contexts),
        query=_queries(keys),
        headers=st.lists(_header, max_size=4),
        body=_bodies(functions, keys),
    )
    call = st.builds(
        Hostile,
        method=st.just("POST"),
        target=st.sampled_from([f"{BASE}/call/", f"{BASE}/call"]),
        query=st.just(b""),
        headers=st.lists(_header.filter(lambda pair: pair[0] not in _DOOR), max_size=2),
        body=_bodies(functions, keys),
    )
    door = st.builds(
        Hostile,
        method=st.just("POST"),
        target=st.just(f"{BASE}/call/"),
        query=_queries(keys),
        headers=st.lists(_header, min_size=1, max_size=3) | _odd_lengths,
        body=st.sampled_from(functions).map(lambda name: json.dumps({"fn": name}).encode()),
    )
    read = st.builds(
        Hostile,
        method=st.sampled_from(["GET", "GET", "HEAD"]),
        target=st.sampled_from([f"{BASE}/ctx/{name}" for name in contexts] + [f"{BASE}/session/"]),
        query=_queries(keys),
        headers=st.lists(_header, max_size=3),
        body=st.just(b""),
    )
    return st.one_of(odd, call, call, door, read).map(_announced)


_methods = st.sampled_from(
    ["GET", "HEAD", "POST", "POST", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get"]
) | st.from_regex(r"[A-Z!#$%&'*+.^_`|~-]{1,20}", fullmatch=True)

_ODD_PATH = [
    "%00", "%0a", "%0D%0A", "%2F", "%2f", "%", "%zz", "%E0%A4", "%FF", "%C0%AF", "//", "/", "..", "/../",
    ".", ";a=1", "\xe9", "\xff", " ", "\\", "a" * 3000, "%61" * 900, "__proto__", "constructor",
    "$errors", "*", "@", "%F0%9F%92%A9", "%ED%A0%80", "call", "ctx/", "/call/", "/session", "/ctx/",
]  # fmt: skip


def _targets(contexts: list[str]) -> Any:
    routes = [
        "/call/",
        "/call",
        "/session/",
        "/session",
        "/contract/",
        "/",
        "",
        "/token/",
        "/ws/",
        "/nowhere",
    ]
    routes += [f"/ctx/{name}" for name in contexts] + [f"/ctx/{name}/" for name in contexts]
    routes += [f"/ctx/{name}/{name}" for name in contexts]
    plain = st.sampled_from(routes + ["/call/"] * 8)
    return (plain | st.builds(_spoiled, plain, st.sampled_from(_ODD_PATH), st.floats(0, 1))).map(
        lambda route: BASE + ("" if route[:1] == "/" else "/") + route
    )


def _spoiled(text: str, odd: str, where: float) -> str:
    at = round(where * len(text))
    return text[:at] + odd + text[at:]


_ODD_VALUES = [
    b"1", b"", b"05", b"-0", b"1e3", b"%31", b"9007199254740993", b"9" * 5000, b"%00", b"%ff", b"%C3%A9",
    b"+", b"\xe9", b"\xff\xfe", b"%", b"%u0041", b"a=b", b"%ED%A0%80", b"%F0%9F%92%A9", b"null", b"[]",
    b"NaN",
]  # fmt: skip


def _queries(keys: list[str]) -> Any:
    named = [key.encode() for key in keys]
    key = st.sampled_from([*named, *named, b"", b"$min", b"%24min", b"__proto__", b"\xff", b"a[b]"])
    value = st.sampled_from(_ODD_VALUES) | st.binary(max_size=20)
    piece = st.builds(lambda k, v: k + b"=" + v, key, value) | key | st.just(b"$min=abcdefghijkl.5")
    return (
        st.just(b"")
        | st.sampled_from(named).map(lambda k: k + b"=1")
        | st.lists(piece, max_size=5).map(b"&".join)
        | st.binary(max_size=60)
        | st.integers(200, 3000).map(lambda n: b"&" * n)
    ).map(lambda query: query.replace(b"#", b"").replace(b"\r", b"").replace(b"\n", b""))


_NAMES = [
    "content-type", "content-type", "content-length", "content-encoding", "transfer-encoding",
    "x-mizan-contract", "if-none-match", "cookie", "authorization", "origin", "sec-fetch-site",
    "x-csrftoken", "x-mizan-csrf", "accept", "x-http-method-override", "range", "referer",
    "x-forwarded-host", "expect", "accept-language", "x-mizan-token",
]  # fmt: skip
_VALUES = [
    b"", b"application/json", b"application/json; charset=utf-8", b"text/plain",
    b"application/json, text/plain", b"gzip", b"identity", b"*", b'"a", W/"b"', b"null", b"http://[::1",
    b"Bearer x", b"cross-site", b"sessionid=\xff", b"sessionid=a; sessionid=b", b"csrftoken=" + b"a" * 32,
    b"a" * 5000, b"0", b"-1", b"+5", b"9" * 5000, b"1_0", b"5, 5", b"0123456789abcdef", b"\xff\xfe",
    b"\t", b"xx-" * 300, b"chunked",
]  # fmt: skip
_header = st.tuples(
    st.sampled_from([name.encode() for name in _NAMES]),
    st.sampled_from(_VALUES) | st.binary(max_size=30).map(lambda v: v.translate(None, b"\r\n\0")),
)
_ODD_LENGTHS = [b"9" * 5000, b"-1", b"+5", b"1_0", b"5, 5", b"\xb2", b"", b"1e3", b"1048577", b"1"]
_odd_lengths = st.sampled_from(_ODD_LENGTHS).map(lambda length: [(b"content-length", length)])
_DOOR = (b"content-type", b"content-length", b"content-encoding", b"transfer-encoding")

_ODD_JSON = [
    "null", "true", "1.0", "-0", "1e400", "-1e400", "1" * 400, "9" * 5000, "9007199254740993", "1E2", "NaN",
    "0.1e1", '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"\xe9"', '"' + "a" * 5000 + '"',
    "[" * 70 + "]" * 70, "[" * 5000, '{"__proto__":1}', '{"constructor":{"prototype":1}}', "{}", "[]",
    '{"a":1,"a":2}', '"2020-01-01"', '"\\x"', "'a'", "[1,]", "01", "\ufeff1", "// a",
]  # fmt: skip


def _bodies(functions: list[str], keys: list[str]) -> Any:
    name = st.sampled_from(functions).map(json.dumps)
    value = st.sampled_from(_ODD_JSON) | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ).map(json.dumps)
    argument = st.tuples(st.sampled_from([*keys, "__proto__", ""]).map(json.dumps), value)
    arguments = st.lists(argument.map(":".join), max_size=4).map(lambda pairs: "{" + ",".join(pairs) + "}")
    shows = st.lists(
        st.sampled_from(["note?teamId=1", "*", "", "a" * 3000, "note?teamId=%", "\ud800", "__proto__"]),
        max_size=3,
    ).map(json.dumps)
    member = (
        name.map('"fn":{}'.format)
        | arguments.map('"args":{}'.format)
        | value.map('"args":{}'.format)
        | shows.map('"shows":{}'.format)
        | st.just('"id":"6b1d4d3e-0000-4000-8000-00000000000a"')
        | value.map('"extra":{}'.format)
    )
    sound = st.builds(lambda fn, args: f'{{"fn":{fn},"args":{args}}}', name, arguments)
    loose = st.lists(member, max_size=5).map(lambda members: "{" + ",".join(members) + "}")
    texts = sound | sound | loose | value
    return texts.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=40)


def _announced(asked: Hostile) -> Hostile:
    """Most requests say what servers and clients say of them, so that they come further than the door."""
    named = {name for name, _ in asked.headers}
    if asked.body and b"content-length" not in named and b"transfer-encoding" not in named:
        asked.headers.append((b"content-length", b"%d" % len(asked.body)))
    if b"content-type" not in named:
        asked.headers.append((b"content-type", b"application/json"))
    return asked
