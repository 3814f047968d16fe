"""What is announced, after a commit and after a rollback, with sessions of SQLAlchemy on SQLite."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Annotated, Any

import pytest
from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import create_engine, event, text
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from mizan import ReactContext, client, invalidate
from mizan.core.invalidation import parse_entry
from mizan.core.settings import SettingsError
from mizan.fastapi import Identity, MizanError, router

from .apps import SECRET, call, code_of, make_app, served

NameContext = ReactContext("name")
OtherContext = ReactContext("other")


class World:
    """A database file, a session of each kind, and functions over them."""

    def __init__(self, file: Path) -> None:
        self.engine = engine = create_engine(f"sqlite:///{file}")
        self.late = late = create_async_engine(f"sqlite+aiosqlite:///{file}")
        for one in (engine, late.sync_engine):
            event.listen(one, "connect", lambda made, _: made.execute("PRAGMA foreign_keys = ON"))
        orphans = "parent INTEGER REFERENCES names DEFERRABLE INITIALLY DEFERRED"
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT)"))
            connection.execute(text(f"CREATE TABLE orphans ({orphans})"))

        def session() -> Iterator[Session]:
            with Session(engine) as opened, opened.begin():
                yield opened

        async def late_session() -> AsyncIterator[AsyncSession]:
            async with AsyncSession(late) as opened, opened.begin():
                yield opened

        def plain() -> Iterator[Session]:
            with Session(engine) as opened:
                yield opened

        def failing(opened: Annotated[Session, Depends(session)]) -> Iterator[Session]:
            yield opened
            raise RuntimeError("it would not close")

        def under() -> Iterator[None]:
            yield
            raise RuntimeError("it would not close")

        def session_over(_under: Annotated[None, Depends(under)]) -> Iterator[Session]:
            with Session(engine) as opened, opened.begin():
                yield opened

        @client(context=NameContext)
        def names(db: Annotated[Session, Depends(plain)]) -> list[str]:
            return list(db.scalars(text("SELECT name FROM names ORDER BY id")))

        @client(affects=NameContext)
        def add(db: Annotated[Session, Depends(session)], name: str, fails: str = "") -> None:
            db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})
            fail(fails)

        @client(affects=NameContext)
        async def add_late(
            db: Annotated[AsyncSession, Depends(late_session)], name: str, fails: str = ""
        ) -> None:
            await db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})
            fail(fails)

        @client(affects=NameContext)
        def add_orphan(db: Annotated[Session, Depends(session)]) -> None:
            db.execute(text("INSERT INTO orphans VALUES (99)"))

        @client(affects=NameContext)
        async def add_orphan_late(db: Annotated[AsyncSession, Depends(late_session)]) -> None:
            await db.execute(text("INSERT INTO orphans VALUES (99)"))

        @client(affects=NameContext)
        def add_by_hand(db: Annotated[Session, Depends(plain)], name: str) -> None:
            db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})
            db.commit()
            raise MizanError.conflict("after the commit")

        @client(affects=NameContext)
        def add_then_break(db: Annotated[Session, Depends(failing)], name: str) -> None:
            db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})

        @client(affects=NameContext)
        def add_over(db: Annotated[Session, Depends(session_over)], name: str) -> None:
            db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})

        @client(affects=NameContext)
        def add_lie(db: Annotated[Session, Depends(session)], name: str) -> int:
            db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": name})
            return "no number"  # type: ignore[return-value]

        @client(affects=NameContext)
        def add_twice(db: Annotated[Session, Depends(session)], name: str) -> None:
            add(db, name)
            invalidate(OtherContext)

        @client(context=OtherContext)
        def other() -> int:
            return 1

        self.session, self.late_session, self.session_over = session, late_session, session_over
        self.functions = (
            names, add, add_late, add_by_hand, add_then_break, add_over, add_lie, add_twice, other,
            add_orphan, add_orphan_late
        )  # fmt: skip

    def names(self) -> list[str]:
        """What every other connection sees."""
        with self.engine.connect() as connection:
            return list(connection.scalars(text("SELECT name FROM names ORDER BY id")))

    def served(self, **options: Any) -> Any:
        given = {"transaction": (self.session, self.late_session, self.session_over), **options}
        return served(*self.functions, **given)


def fail(how: str) -> None:
    if how == "http":
        raise HTTPException(409, "No")
    if how == "crash":
        raise ZeroDivisionError
    if how == "mizan":
        raise MizanError.forbidden()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path / "names.sqlite")
    yield made
    made.engine.dispose()
    asyncio.run(made.late.dispose())


def announced(response: Any) -> list[str]:
    """The scopes of an answer, without their numbers."""
    return [entry.partition("@")[0] for entry in response.json().get("invalidate", [])]


def number_of(response: Any) -> int:
    """The number that was taken."""
    entry = parse_entry(response.json()["invalidate"][0])
    assert entry is not None
    assert entry.revision is not None
    return entry.revision.n


@pytest.mark.parametrize("fn", ["add", "addLate"])
def test_announced_when_it_has_committed(world: World, fn: str) -> None:
    with world.served() as http:
        answer = call(http, fn, name="Ada")
        assert (answer.status_code, announced(answer)) == (200, ["name"])
        assert answer.headers["x-mizan-invalidate"]
        assert world.names() == ["Ada"]


@pytest.mark.parametrize("fn", ["add", "addLate"])
@pytest.mark.parametrize(
    ("how", "code"),
    [("http", (409, "CONFLICT")), ("crash", (500, "INTERNAL")), ("mizan", (403, "FORBIDDEN"))],
)
def test_nothing_after_a_rollback(world: World, fn: str, how: str, code: tuple[int, str]) -> None:
    with world.served(clock=lambda: 1000) as http:
        refused = call(http, fn, name="Ada", fails=how)
        assert code_of(refused) == code
        assert "invalidate" not in refused.json()
        assert "x-mizan-invalidate" not in refused.headers
        assert world.names() == []
        # No number was taken either: the next one follows the one before.
        first = number_of(call(http, fn, name="Bo"))
        call(http, fn, name="Cy", fails=how)
        assert number_of(call(http, fn, name="Di")) == first + 1


@pytest.mark.parametrize("fn", ["addOrphan", "addOrphanLate"])
def test_a_commit_that_fails(world: World, fn: str) -> None:
    with world.served() as http:
        refused = call(http, fn)
        assert code_of(refused) == (500, "INTERNAL")
        assert "invalidate" not in refused.json()
        assert call(http, "add", name="Ada").status_code == 200


def test_committed_by_hand_before_it_raised(world: World) -> None:
    with world.served() as http:
        refused = call(http, "addByHand", name="Ada")
        assert code_of(refused) == (409, "CONFLICT")
        assert world.names() == ["Ada"]
        assert announced(refused) == ["name"]


def test_what_breaks_above_the_transaction_rolls_it_back(world: World) -> None:
    with world.served() as http:
        refused = call(http, "addThenBreak", name="Ada")
        assert code_of(refused) == (500, "INTERNAL")
        assert world.names() == []
        assert "invalidate" not in refused.json()


def test_what_breaks_below_the_transaction_does_not(world: World) -> None:
    with world.served() as http:
        refused = call(http, "addOver", name="Ada")
        assert code_of(refused) == (500, "INTERNAL")
        assert world.names() == ["Ada"]
        assert announced(refused) == ["name"]


def test_a_wrong_output_fails_the_answer_and_not_the_write(world: World) -> None:
    with world.served() as http:
        refused = call(http, "addLie", name="Ada")
        assert code_of(refused) == (500, "INTERNAL")
        assert world.names() == ["Ada"]
        assert announced(refused) == ["name"]


def test_without_transactions_a_started_handler_counts(world: World) -> None:
    with world.served(transaction=()) as http:
        refused = call(http, "add", name="Ada", fails="crash")
        assert world.names() == []
        assert announced(refused) == ["name"]


def test_a_transaction_of_the_router_is_around_every_function(world: World) -> None:
    current: list[Session] = []

    async def around() -> AsyncIterator[None]:
        with Session(world.engine) as opened, opened.begin():
            current.append(opened)
            yield

    @client(affects=NameContext)
    def add_there(fails: str = "") -> None:
        current[-1].execute(text("INSERT INTO names (name) VALUES ('Ada')"))
        fail(fails)

    app = FastAPI()
    mizan = router(add_there, *world.functions, transaction=around, secret=SECRET)
    app.include_router(mizan, prefix="/api/mizan", dependencies=[Depends(around)])
    with TestClient(app) as http:
        assert "invalidate" not in call(http, "addThere", fails="crash").json()
        assert world.names() == []
        assert announced(call(http, "addThere")) == ["name"]
        assert world.names() == ["Ada"]


def test_never_started(world: World) -> None:
    def refuse() -> None:
        raise HTTPException(403, "No")

    @client(affects=NameContext)
    def closed(_one: Annotated[None, Depends(refuse)]) -> None: ...

    @client(affects=NameContext, auth=lambda who, args: False)
    def guarded() -> None: ...

    with served(*world.functions, closed, guarded, identify=lambda: Identity(1)) as http:
        for fn in ("closed", "guarded"):
            refused = call(http, fn)
            assert code_of(refused) == (403, "FORBIDDEN")
            assert "invalidate" not in refused.json()


def test_an_inner_mutation_joins(world: World) -> None:
    with world.served() as http:
        assert announced(call(http, "addTwice", name="Ada")) == ["name", "other"]


def test_the_identity_shares_the_session(world: World) -> None:
    seen: list[Session] = []

    def identity(db: Annotated[Session, Depends(world.session)]) -> Identity:
        seen.append(db)
        return Identity(1)

    @client(affects=NameContext)
    def add_mine(db: Annotated[Session, Depends(world.session)], who: Identity, fails: str = "") -> None:
        seen.append(db)
        db.execute(text("INSERT INTO names (name) VALUES (:name)"), {"name": who.id})
        fail(fails)

    with served(*world.functions, add_mine, identify=identity, transaction=world.session) as http:
        assert "invalidate" not in call(http, "addMine", fails="crash").json()
        assert world.names() == []
        assert announced(call(http, "addMine")) == ["name"]
    assert seen[0] is seen[1]
    assert seen[1] is not seen[2]


def test_an_overridden_transaction_still_decides(world: World) -> None:
    def other() -> Iterator[Session]:
        with Session(world.engine) as opened, opened.begin():
            yield opened

    app = make_app(*world.functions, transaction=world.session)
    app.dependency_overrides[world.session] = other
    with TestClient(app) as http:
        assert announced(call(http, "add", name="Ada")) == ["name"]
        assert "invalidate" not in call(http, "add", name="Bo", fails="crash").json()


def test_shown_bundles_come_after_the_commit(world: World) -> None:
    with world.served() as http:
        answer = call(http, "add", name="Ada", shows=["name"]).json()
        assert answer["contexts"]["name"]["data"] == {"names": ["Ada"]}


def test_a_transaction_has_yield() -> None:
    def commit() -> None: ...

    with pytest.raises(SettingsError, match="transaction: commit is no dependency with yield"):
        router(fail, secret=SECRET, transaction=commit)
