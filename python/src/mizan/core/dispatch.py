"""Answers one request by its route (spec page `http`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .bundle import Read
from .call import Call
from .errors import MizanError
from .failure import Failure, failure_of, refusal
from .identify import identify_caller
from .request import RequestState
from .respond import failed, identity_header, json_bytes, private_json, private_text
from .skew import other_contract
from .wire import BodyTaken, Header

if TYPE_CHECKING:
    from .app import App
    from .flow import Flow
    from .wire import WireRequest, WireResponse

_READS = ("GET", "HEAD")
_CALL = ("/call/", "/call")
_PLAIN_JSON = "application/json"
_JSON_TYPE = re.compile(
    r'[ \t]*application/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?', re.IGNORECASE | re.ASCII
)


def dispatch(app: App, wire: WireRequest) -> Flow[WireResponse]:
    """Answers one request by its route. Never raises: whatever goes wrong is an answer."""
    return _call_route(app, wire) if wire.path in _CALL else _other_route(app, wire)


def _other_route(app: App, wire: WireRequest) -> Flow[WireResponse]:
    try:
        return (yield from _route(app, wire, wire.path))
    except Exception as error:
        return _refuse(app, wire, failure_of(error, app.host, "mizan"))


def _route(app: App, wire: WireRequest, path: str) -> Flow[WireResponse]:
    if len(path) > 1 and path.endswith("/"):
        path = path[:-1]
    if path.startswith("/ctx/"):
        return (yield from _read_route(app, wire, path[5:]))
    if path == "/session":
        if wire.method not in _READS:
            return _refuse_method(app, wire, "GET, HEAD", app.contract_header)
        return (yield from _answer_session(app, wire))
    if path == "/contract" and app.contract_text is not None:
        if wire.method not in _READS:
            return _refuse_method(app, wire, "GET, HEAD")
        return private_text(app.contract_text)
    return _refuse(app, wire, refusal("NOT_FOUND", "No such route"))


def _refuse(app: App, wire: WireRequest, failure: Failure, *more: Header) -> WireResponse:
    return failed(failure, None if other_contract(app, wire) is None else app.contract_id, (), more)


def _refuse_method(app: App, wire: WireRequest, allow: str, *more: Header) -> WireResponse:
    return _refuse(app, wire, refusal("METHOD_NOT_ALLOWED", f"Use {allow}"), ("Allow", allow), *more)


def _read_route(app: App, wire: WireRequest, rest: str) -> Flow[WireResponse]:
    context, slash, name = rest.partition("/")
    member = name if slash else None
    if not context or member == "" or (member is not None and "/" in member):
        return _refuse(app, wire, refusal("NOT_FOUND", "No such route"))
    if wire.method not in _READS:
        return _refuse_method(app, wire, "GET, HEAD")
    read = Read(app, wire, context, member)
    if app.tracer.active:
        return (yield from app.tracer.span("mizan.read", {"mizan.context": context}, read.answer()))
    return (yield from read.answer())


def _call_route(app: App, wire: WireRequest) -> Flow[WireResponse]:
    # Catches for itself: a flow around the flow of each call would show in the time that it takes.
    try:
        refused = _refuse_unread(app, wire)
        if refused is not None:
            return refused
        limit = app.limits.body_bytes
        try:
            body: Any = app.host.read_body(wire, limit)
            if body is not None and body.__class__ is not bytes:
                body = yield body
        except Exception as error:
            return _refuse(app, wire, _body_failure(app, error), app.contract_header)
        if body is None:
            failure = refusal("PAYLOAD_TOO_LARGE", f"A body has at most {limit} bytes")
            return _refuse(app, wire, failure, app.contract_header)
        call = Call(app, wire, body)
        if app.tracer.active:
            name = "" if call.plan is None else call.plan.name
            return (yield from app.tracer.span("mizan.call", {"mizan.function": name}, call.answer()))
        return (yield from call.answer())
    except Exception as error:
        return _refuse(app, wire, failure_of(error, app.host, "mizan"))


def _refuse_unread(app: App, wire: WireRequest) -> WireResponse | None:
    """What is refused by method and headers alone."""
    if wire.method != "POST":
        return _refuse_method(app, wire, "POST", app.contract_header)
    encoding = wire.header("content-encoding")
    if not _is_json(wire.header("content-type")) or (encoding and encoding.lower() != "identity"):
        failure = refusal("UNSUPPORTED_MEDIA_TYPE", "Send application/json in UTF-8")
        return _refuse(app, wire, failure, app.contract_header)
    return None


def _is_json(type: str | None) -> bool:
    return type == _PLAIN_JSON or (type is not None and _JSON_TYPE.fullmatch(type) is not None)


def _body_failure(app: App, error: Exception) -> Failure:
    """A body that the host took is the developer's to mend, so its message goes out."""
    if isinstance(error, BodyTaken):
        failure = failure_of(error, app.host, "mizan")
        return Failure(failure.status, {**failure.error, "message": str(error)})
    if isinstance(error, MizanError):
        return failure_of(error, app.host, "mizan")
    return refusal("BAD_REQUEST", "The body ended too early")


def _answer_session(app: App, wire: WireRequest) -> Flow[WireResponse]:
    """`GET /session/` (SES-1)."""
    request = RequestState(app, wire)
    refused = yield from identify_caller(app, request)
    if refused is not None:
        return _refuse(app, wire, refused, app.contract_header)
    csrf: Any = app.host.csrf_token(request)
    if csrf is not None and not isinstance(csrf, str):
        csrf = yield csrf
    who = identity_header(app, request.identity)
    body = json_bytes({"csrf": csrf, "contract": app.contract_id, "identity": who[1]})
    return private_json(200, body, app.contract_header, who)
