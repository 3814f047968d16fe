"""The list of tickets, and opening a new one."""

import re
from datetime import UTC, datetime
from typing import Annotated

from mizan import ReactContext, client
from pydantic import Field
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from desk import models
from desk.database import Reader, Writer
from desk.lookup import find_ticket
from desk.summary import SummaryContext
from desk.team import require_person
from helpdesk.types import (
    EventKind,
    Message,
    Priority,
    Role,
    Status,
    Subject,
    Ticket,
    TicketPage,
    TicketRow,
)

PAGE_SIZE = 20

TicketsContext = ReactContext("tickets", doc="The list of tickets, the last changed first.")

Requester = aliased(models.Person)
Assignee = aliased(models.Person)


@client(context=TicketsContext)
async def ticket_page(
    db: Reader,
    status: Status | None = None,
    search: Annotated[str, Field(max_length=100)] | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> TicketPage:
    """One page of the tickets with a status, or all of them. The search looks at number, subject, message and names."""  # noqa: E501
    conditions = [] if status is None else [models.Ticket.status == status]
    if search is not None:
        conditions.append(matches(search))
    comment_count = (
        select(func.count())
        .where(models.Comment.ticket_id == models.Ticket.id)
        .correlate(models.Ticket)
        .scalar_subquery()
    )
    found = (
        select(models.Ticket, comment_count)
        .join(Requester, models.Ticket.requester)
        .outerjoin(Assignee, models.Ticket.assignee)
        .where(*conditions)
    )
    total = await db.scalar(found.with_only_columns(func.count())) or 0
    rows = await db.execute(
        found.options(
            contains_eager(models.Ticket.requester.of_type(Requester)),
            contains_eager(models.Ticket.assignee.of_type(Assignee)),
        )
        .order_by(models.Ticket.updated_at.desc(), models.Ticket.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return TicketPage(
        items=[row_of(ticket, count) for ticket, count in rows],
        page=page,
        page_count=max(1, -(-total // PAGE_SIZE)),
        total=total,
    )


def row_of(ticket: models.Ticket, comment_count: int) -> TicketRow:
    """A ticket as the list shows it."""
    return TicketRow.model_validate(
        {**vars(ticket), "excerpt": ticket.body[:140], "comment_count": comment_count}
    )


def matches(search: str) -> ColumnElement[bool]:
    """Tickets whose number, words or people the search names."""
    text = search.strip()
    number = re.fullmatch(r"#?([0-9]{1,9})", text)
    columns = (models.Ticket.subject, models.Ticket.body, Requester.name, Assignee.name)
    return or_(
        *(column.contains(text, autoescape=True) for column in columns),
        *([models.Ticket.id == int(number[1])] if number else []),
    )


@client(affects=[TicketsContext, SummaryContext])
async def open_ticket(
    db: Writer, subject: Subject, body: Message, requester_id: int, priority: Priority = Priority.NORMAL
) -> Ticket:
    """Opens a ticket in the name of a customer, for instance after a call."""
    requester = await require_person(db, requester_id, Role.CUSTOMER)
    now = datetime.now(UTC)
    row = models.Ticket(
        subject=subject,
        body=body,
        status=Status.OPEN,
        priority=priority,
        requester_id=requester.id,
        opened_at=now,
        updated_at=now,
    )
    db.add(row)
    await db.flush()
    db.add(models.Event(ticket_id=row.id, kind=EventKind.OPENED, actor_id=requester.id, created_at=now))
    await db.flush()
    return await find_ticket(db, row.id)
