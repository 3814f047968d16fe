from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from mizan.core.define import Context, client
from mizan.core.flow import Flow, run_sync
from mizan.core.trace import Tracer

from .harness import harness, settle

TracedContext = Context("traced")


@client
def ping() -> None:
    return None


@client
async def later() -> None:
    return None


@client(context=TracedContext)
def read() -> int:
    return 1


class Idle:
    """A provider that stands in until somebody registers one."""


class Api:
    """The part of OpenTelemetry's API that is used, which writes down what it is told."""

    ProxyTracerProvider = Idle

    def __init__(self) -> None:
        self.provider: object = Idle()
        self.spans: list[tuple[str, Mapping[str, str], str]] = []

    def get_tracer_provider(self) -> object:
        return self.provider

    def get_tracer(self, name: str) -> "Api":
        return self

    @contextmanager
    def start_as_current_span(self, name: str, *, attributes: Mapping[str, str]) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.spans.append((name, attributes, "failed"))
            raise
        self.spans.append((name, attributes, "ended"))


@pytest.mark.parametrize("awaiting", [False, True])
def test_spans_are_made_for_calls_and_reads_once_a_provider_is_registered(awaiting: bool) -> None:
    made = harness([ping, later, read], awaiting=awaiting)
    api = Api()
    made.app.tracer = Tracer(api)
    made.call("ping")
    api.provider = object()
    while not api.spans:
        made.call("ping")
    api.spans.clear()
    made.call("ping")
    made.call("later")
    made.call("nope")
    made.get("/ctx/traced")
    assert api.spans == [
        ("mizan.call", {"mizan.function": "ping"}, "ended"),
        ("mizan.call", {"mizan.function": "later"}, "ended"),
        ("mizan.call", {"mizan.function": ""}, "ended"),
        ("mizan.read", {"mizan.context": "traced"}, "ended"),
    ]


def test_spans_end_when_the_work_raises() -> None:
    api = Api()

    def crash() -> Flow[Any]:
        yield None
        raise KeyError("no")

    with pytest.raises(KeyError):
        run_sync(Tracer(api).span("x", {}, crash()), settle)
    assert api.spans == [("x", {}, "failed")]


def test_nothing_is_active_without_a_provider_or_without_opentelemetry() -> None:
    assert not Tracer(Api()).active
    assert not Tracer().active
