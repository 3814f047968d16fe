"""The fixture's rows through SQLAlchemy."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Engine, create_engine, delete, event, func, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from .fixture import rows as first
from .fixture.types import Card, Note, Profile, State

current_session: ContextVar[Session | None] = ContextVar("current_session", default=None)
"""The transaction under way; outside of one every statement is kept as it happens."""


class Table(DeclarativeBase):
    """The fixture's tables."""


class AccountRow(Table):
    """An account."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class NoteRow(Table):
    """A note of an account. Numbers belong to the account, so the place in its list is kept beside them."""

    __tablename__ = "note"
    account_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int]
    text: Mapped[str]


class CardRow(Table):
    """A card on a board."""

    __tablename__ = "card"
    board_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[str]


class ThingRow(Table):
    """A thing with a name."""

    __tablename__ = "thing"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class StampRow(Table):
    """The stamp: one row."""

    __tablename__ = "stamp"
    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(default=0)


def open_database(file: str) -> Engine:
    """A file in which reads go on beside an open write."""
    engine = create_engine(
        f"sqlite:///{file}",
        connect_args={"check_same_thread": False, "timeout": 5},
        pool_size=50,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=OFF")

    Table.metadata.create_all(engine)
    return engine


class SqlAlchemyRows:
    """`Rows` over the session of the running request."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @contextmanager
    def _session(self) -> Iterator[Session]:
        session = current_session.get()
        if session is not None:
            yield session
            return
        with Session(self.engine) as own, own.begin():
            yield own

    def reset(self) -> None:
        """Back to the first state."""
        with self._session() as session:
            for table in Table.__subclasses__():
                session.execute(delete(table))
            accounts = [{"id": id, "name": f"Account {id}"} for id in first.ACCOUNTS]
            session.execute(insert(AccountRow), accounts)
            session.execute(
                insert(NoteRow),
                [
                    {"account_id": account_id, "number": number, "place": place, "text": text}
                    for place, (account_id, number, text) in enumerate(first.NOTES)
                ],
            )
            session.execute(
                insert(CardRow),
                [
                    {"board_id": board_id, "number": number, "title": title, "state": state.value}
                    for board_id, number, title, state in first.CARDS
                ],
            )
            session.execute(insert(ThingRow), [{"id": id, "name": name} for id, name in first.THINGS])
            session.execute(insert(StampRow), [{"id": 1}])

    def account(self, account_id: int) -> Profile | None:
        """An account."""
        with self._session() as session:
            found = session.get(AccountRow, account_id, populate_existing=True)
            return None if found is None else _profile(found)

    def rename(self, account_id: int, name: str) -> Profile | None:
        """Names an account and raises its version by one."""
        change = update(AccountRow).values(name=name, version=AccountRow.version + 1)
        with self._session() as session:
            found = session.scalar(change.where(AccountRow.id == account_id).returning(AccountRow))
            return None if found is None else _profile(found)

    def add_account(self, name: str) -> Profile:
        """An account with the next number."""
        with self._session() as session:
            last = session.scalar(select(func.max(AccountRow.id))) or 0
            account = AccountRow(id=last + 1, name=name)
            session.add(account)
            session.flush()
            return _profile(account)

    def committed_version(self, account_id: int) -> int | None:
        """The version of an account, on another connection."""
        with Session(self.engine) as session:
            return session.scalar(select(AccountRow.version).where(AccountRow.id == account_id))

    def notes(self, account_id: int, limit: int) -> list[Note]:
        """The newest notes of an account."""
        chosen = select(NoteRow).where(NoteRow.account_id == account_id).order_by(NoteRow.place).limit(limit)
        with self._session() as session:
            return [Note(id=note.number, text=note.text) for note in session.scalars(chosen)]

    def add_note(self, account_id: int, text: str) -> Note:
        """A note with the account's next number."""
        ends = select(func.max(NoteRow.number), func.min(NoteRow.place)).where(
            NoteRow.account_id == account_id
        )
        with self._session() as session:
            last, place = session.execute(ends).one()
            note = NoteRow(account_id=account_id, number=(last or 0) + 1, place=(place or 0) - 1, text=text)
            session.add(note)
            session.flush()
            return Note(id=note.number, text=text)

    def cards(self, board_id: int, state: State | None, part: str) -> list[Card]:
        """The cards of a board that are in a state, where one is given, and whose title has this part."""
        # LIKE takes no notice of case in SQLite.
        chosen = select(CardRow).where(CardRow.board_id == board_id, func.instr(CardRow.title, part) > 0)
        if state is not None:
            chosen = chosen.where(CardRow.state == state.value)
        with self._session() as session:
            found = session.scalars(chosen.order_by(CardRow.number))
            return [Card(id=card.number, title=card.title, state=State(card.state)) for card in found]

    def count_cards(self, board_id: int) -> int:
        """How many cards a board has."""
        with self._session() as session:
            chosen = select(func.count()).select_from(CardRow).where(CardRow.board_id == board_id)
            return session.scalar(chosen) or 0

    def move_card(self, board_id: int, card_id: int, state: State) -> None:
        """Changes the state of a card, if there is one."""
        change = update(CardRow).where(CardRow.board_id == board_id, CardRow.number == card_id)
        with self._session() as session:
            session.execute(change.values(state=state.value))

    def clear_cards(self) -> None:
        """Takes every card off its board."""
        with self._session() as session:
            session.execute(delete(CardRow))

    def thing(self, thing_id: int) -> str | None:
        """The name of a thing."""
        with self._session() as session:
            return session.scalar(select(ThingRow.name).where(ThingRow.id == thing_id))

    def name_thing(self, thing_id: int, name: str) -> None:
        """Names a thing, an unknown one too."""
        with self._session() as session:
            session.merge(ThingRow(id=thing_id, name=name))

    def stamp(self) -> int:
        """The stamp."""
        with self._session() as session:
            return session.scalars(select(StampRow.value)).one()

    def raise_stamp(self) -> int:
        """The stamp, raised by one."""
        with self._session() as session:
            change = update(StampRow).values(value=StampRow.value + 1).returning(StampRow.value)
            return session.execute(change).scalar_one()


def _profile(account: AccountRow) -> Profile:
    return Profile(id=account.id, name=account.name, version=account.version)
