"""One ticket: what is said, what happened, and every change."""

from datetime import UTC, datetime

from mizan import ReactContext, client
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from desk import models
from desk.database import Reader, Writer
from desk.lookup import TicketClosed, find_ticket, require_not_closed, require_ticket
from desk.summary import SummaryContext
from desk.team import require_person
from desk.ticket_list import TicketsContext
from helpdesk.types import Comment, EventKind, HistoryEntry, Message, Priority, Role, Status, Ticket

TicketContext = ReactContext("ticket", doc="Everything about one ticket.")


@client(context=TicketContext)
async def ticket(db: Reader, ticket_id: int) -> Ticket:
    """The ticket with its first message."""
    return await find_ticket(db, ticket_id)


@client(context=TicketContext)
async def comments(db: Reader, ticket_id: int) -> list[Comment]:
    """What was written since, the oldest first."""
    await require_ticket(db, ticket_id)
    rows = await db.scalars(
        select(models.Comment)
        .options(joinedload(models.Comment.author))
        .where(models.Comment.ticket_id == ticket_id)
        .order_by(models.Comment.id)
    )
    return [Comment.model_validate(row) for row in rows]


@client(context=TicketContext)
async def history(db: Reader, ticket_id: int) -> list[HistoryEntry]:
    """What happened to the ticket, the oldest first."""
    await require_ticket(db, ticket_id)
    rows = await db.scalars(
        select(models.Event)
        .options(joinedload(models.Event.actor))
        .where(models.Event.ticket_id == ticket_id)
        .order_by(models.Event.id)
    )
    return [HistoryEntry.model_validate(row) for row in rows]


@client(affects=[TicketContext, TicketsContext], errors=[TicketClosed])
async def add_comment(db: Writer, ticket_id: int, author_id: int, body: Message) -> Comment:
    """Answers a ticket that is not closed."""
    author = await require_person(db, author_id, Role.AGENT)
    row = await require_not_closed(db, ticket_id)
    now = datetime.now(UTC)
    comment = models.Comment(ticket_id=ticket_id, author=author, body=body, created_at=now)
    db.add(comment)
    row.updated_at = now
    await db.flush()
    return Comment.model_validate(comment)


@client(affects=[TicketContext, TicketsContext, SummaryContext], errors=[TicketClosed])
async def set_status(db: Writer, ticket_id: int, status: Status, actor_id: int) -> Ticket:
    """Closes a ticket, opens it again, or waits for the customer. A closed ticket cannot be closed again."""
    actor = await require_person(db, actor_id, Role.AGENT)
    require = require_not_closed if status is Status.CLOSED else require_ticket
    row = await require(db, ticket_id)
    if row.status != status:
        now = datetime.now(UTC)
        db.add(
            models.Event(
                ticket_id=ticket_id,
                kind=EventKind.STATUS,
                actor_id=actor.id,
                before=row.status,
                after=status,
                created_at=now,
            )
        )
        row.status = status
        row.closed_at = now if status is Status.CLOSED else None
        row.updated_at = now
        await db.flush()
    return await find_ticket(db, ticket_id)


@client(affects=[TicketContext, TicketsContext, SummaryContext], errors=[TicketClosed])
async def assign(db: Writer, ticket_id: int, assignee_id: int | None, actor_id: int) -> Ticket:
    """Gives a ticket to an agent, or back to nobody."""
    actor = await require_person(db, actor_id, Role.AGENT)
    assignee = None if assignee_id is None else await require_person(db, assignee_id, Role.AGENT)
    row = await require_not_closed(db, ticket_id)
    if row.assignee_id != assignee_id:
        now = datetime.now(UTC)
        before = await db.get(models.Person, row.assignee_id) if row.assignee_id is not None else None
        db.add(
            models.Event(
                ticket_id=ticket_id,
                kind=EventKind.ASSIGNEE,
                actor_id=actor.id,
                before=before.name if before else None,
                after=assignee.name if assignee else None,
                created_at=now,
            )
        )
        row.assignee_id = assignee_id
        row.updated_at = now
        await db.flush()
    return await find_ticket(db, ticket_id)


# Nothing else of the ticket's context changes, so the answer itself takes the member's place.
@client(merge=ticket, affects=[TicketsContext, SummaryContext])
async def set_priority(db: Writer, ticket_id: int, priority: Priority) -> Ticket:
    """Says how soon somebody should look at a ticket."""
    row = await require_ticket(db, ticket_id)
    row.priority = priority
    row.updated_at = datetime.now(UTC)
    await db.flush()
    return await find_ticket(db, ticket_id)
