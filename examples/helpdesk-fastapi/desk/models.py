"""The tables: who sits at the desk, tickets, what was written on them, and what happened to them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Dialect, ForeignKey, Index, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class UtcDateTime(TypeDecorator[datetime]):
    """A moment. SQLite keeps no time zone, so the column holds UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """To UTC without a zone."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """The zone back on."""
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables have: a number."""

    type_annotation_map = {datetime: UtcDateTime}

    id: Mapped[int] = mapped_column(primary_key=True)


class Person(Base):
    """Somebody who writes tickets or answers them."""

    __tablename__ = "people"

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    title: Mapped[str]


class Ticket(Base):
    """Somebody's trouble with a bike."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index("tickets_by_update", "updated_at"),
        Index("tickets_by_status", "status", "updated_at"),
        {"sqlite_autoincrement": True},
    )

    subject: Mapped[str]
    body: Mapped[str]
    status: Mapped[str]
    priority: Mapped[str]
    requester_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    requester: Mapped[Person] = relationship(foreign_keys=requester_id, lazy="raise")
    assignee: Mapped[Person | None] = relationship(foreign_keys=assignee_id, lazy="raise")


class Comment(Base):
    """A message on a ticket."""

    __tablename__ = "comments"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    body: Mapped[str]
    created_at: Mapped[datetime]

    author: Mapped[Person] = relationship(lazy="raise")


class Event(Base):
    """Something that happened to a ticket; `before` and `after` are statuses, or names of people."""

    __tablename__ = "events"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    kind: Mapped[str]
    actor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    before: Mapped[str | None]
    after: Mapped[str | None]
    created_at: Mapped[datetime]

    actor: Mapped[Person] = relationship(lazy="raise")
