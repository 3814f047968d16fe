import copy
import functools
import inspect
import pickle
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, cast

import pytest

from mizan import MizanError, ReactContext, client
from mizan.core.define import definition_of
from mizan.core.host import Injected
from mizan.core.registry import register

from .registering import RequestTypes, refusal

TeamContext = ReactContext("team")


class Gone(MizanError, status=410):
    """It is gone.

    For good.
    """

    since: int
    why: str = "age"


class Moved(Gone):
    to: str


@client(context=TeamContext)
def team_name(team_id: int) -> str:
    """Its name."""
    return f"team {team_id}"


def test_what_reads_is_the_very_function() -> None:
    def plain() -> int:
        return 1

    assert client(plain) is plain
    assert client()(plain) is plain
    assert team_name(5) == "team 5"
    assert definition_of(team_name) is team_name.__mizan__
    assert definition_of(print) is None


def test_what_writes_keeps_its_signature() -> None:
    def rename(team_id: int, *, name: str = "x") -> str:
        """Renames."""
        return f"{team_id} {name}"

    async def arename(team_id: int) -> int:
        return team_id

    wrapped = client(affects=TeamContext)(rename)
    awaited = client(affects=TeamContext)(arename)
    assert wrapped(1, name="a") == "1 a"
    assert inspect.signature(wrapped) == inspect.signature(rename)
    assert wrapped.__doc__ == "Renames."
    assert inspect.iscoroutinefunction(awaited)
    assert not inspect.iscoroutinefunction(wrapped)
    with pytest.raises(TypeError, match="missing a required argument"):
        cast(Callable[..., str], wrapped)()


def test_a_scope_names_its_target() -> None:
    scope = team_name.scope(team_id="id")
    assert scope.target is team_name
    assert scope.params == {"team_id": "id"}
    assert TeamContext.scope(team_id="id").target is TeamContext


def test_a_function_under_other_decorators_is_where_it_was_written() -> None:
    def logged(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **kwargs)

        return call

    @client
    @logged
    def it(team_id: int) -> list["Gone"]:
        return []

    definition = definition_of(it)
    assert definition is not None
    assert definition.place is not None
    assert definition.place.file == __file__
    assert "returns[]: Gone has no wire form" in refusal(it)


def test_what_yields_is_refused() -> None:
    @client
    def rows():  # type: ignore[no-untyped-def]
        yield 1

    @client
    async def steps() -> AsyncIterator[int]:
        yield 1

    @client
    def items() -> Iterator[int]:
        return iter([1])

    for function in (rows, steps, items):
        assert "returns: an iterator has no one value\n  Use a list." in refusal(function)


def test_a_framework_may_know_an_annotation_that_nobody_can_resolve() -> None:
    class Given:
        name = "it"

    class Lenient(RequestTypes):
        def inject(self, name: str, annotation: Any, position: int, default: Any) -> Injected | None:
            return Given() if annotation == "HttpRequest" else None

    @client
    def it(incoming: "HttpRequest") -> None: ...  # type: ignore[name-defined] # noqa: F821

    assert register([it], Lenient()).functions[0].decl.input == ()
    assert 'incoming: the annotation "HttpRequest" leads nowhere' in refusal(it)


def test_declared_errors_carry_their_fields() -> None:
    error = Gone(since=3)
    assert error.to_wire() == {
        "code": "Gone",
        "message": "It is gone.",
        "details": {"since": 3, "why": "age"},
    }
    assert str(error) == "It is gone."
    assert str(error.with_message("Long gone")) == error.message == "Long gone"
    moved = Moved(since=1, to="x")
    assert (moved.code, moved.status, moved.details) == ("Moved", 409, {"since": 1, "why": "age", "to": "x"})
    assert MizanError.not_found("No such team").code == "NOT_FOUND"


@pytest.mark.parametrize("error", [Gone(since=3), MizanError.conflict("Twice"), MizanError.invalid(a="b")])
def test_errors_survive_queues(error: MizanError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error)
        assert again.to_wire() == error.to_wire()
        assert (str(again), again.status) == (str(error), error.status)
