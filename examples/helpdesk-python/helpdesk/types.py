"""What clients of the Helpdesk see, whatever is behind it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Subject = Annotated[str, Field(min_length=1, max_length=120)]
Message = Annotated[str, Field(min_length=1, max_length=4000)]


class Row(BaseModel):
    """What is read from a row of the database."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)


class Role(StrEnum):
    """Which side of the desk somebody sits on."""

    AGENT = "agent"
    CUSTOMER = "customer"


class Person(Row):
    """Somebody who writes tickets or answers them."""

    id: int
    name: str
    email: str
    role: Role
    title: Annotated[str, Field(description="What an agent does, or where a customer lives.")]


class Status(StrEnum):
    """Where a ticket stands: with us, with the customer, done."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class Priority(StrEnum):
    """How soon somebody should look at it."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class EventKind(StrEnum):
    """What an entry of the history is about."""

    OPENED = "opened"
    STATUS = "status"
    ASSIGNEE = "assignee"


class TicketRow(Row):
    """A ticket as a list shows it."""

    id: int
    subject: str
    excerpt: Annotated[str, Field(description="How the first message begins.")]
    status: Status
    priority: Priority
    requester: Person
    assignee: Person | None
    comment_count: int
    opened_at: datetime
    updated_at: datetime


class TicketPage(BaseModel):
    """One page of a list of tickets, the last changed first."""

    items: list[TicketRow]
    page: int
    page_count: Annotated[int, Field(description="At least 1, also when nothing was found.")]
    total: int


class Ticket(Row):
    """A ticket with its first message."""

    id: int
    subject: str
    body: str
    status: Status
    priority: Priority
    requester: Person
    assignee: Person | None
    opened_at: datetime
    updated_at: datetime
    closed_at: datetime | None


class Comment(Row):
    """A message on a ticket."""

    id: int
    author: Person
    body: str
    created_at: datetime


class HistoryEntry(Row):
    """Something that happened to a ticket."""

    id: int
    kind: EventKind
    actor: Person
    before: Annotated[
        str | None, Field(alias="from", description="The old status, or the name of the old assignee.")
    ]
    after: Annotated[
        str | None, Field(alias="to", description="The new status, or the name of the new assignee.")
    ]
    created_at: datetime


class Counts(BaseModel):
    """How many tickets there are of each kind."""

    open: int
    waiting: int
    closed: int
    unassigned: Annotated[int, Field(description="Not closed, and nobody takes care.")]
    urgent: Annotated[int, Field(description="Not closed, and urgent.")]


class AgentLoad(BaseModel):
    """The tickets on one desk."""

    agent: Person
    open: int
    waiting: int
