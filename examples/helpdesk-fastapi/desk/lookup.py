"""Finding what must be there."""

from datetime import datetime

from mizan import MizanError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from desk import models
from helpdesk.types import Ticket


class TicketClosed(MizanError):
    """The ticket is closed. Open it again first."""

    closed_at: datetime
    closed_by: str


async def find_ticket(db: AsyncSession, ticket_id: int) -> Ticket:
    """The ticket as clients see it, or `NOT_FOUND`."""
    row = await db.get(
        models.Ticket,
        ticket_id,
        options=[joinedload(models.Ticket.requester), joinedload(models.Ticket.assignee)],
        populate_existing=True,
    )
    if row is None:
        raise no_such_ticket(ticket_id)
    return Ticket.model_validate(row)


async def require_ticket(db: AsyncSession, ticket_id: int) -> models.Ticket:
    """The row of a ticket, or `NOT_FOUND`."""
    row = await db.get(models.Ticket, ticket_id)
    if row is None:
        raise no_such_ticket(ticket_id)
    return row


async def require_not_closed(db: AsyncSession, ticket_id: int) -> models.Ticket:
    """The row, or `TicketClosed` with who closed it and when."""
    row = await require_ticket(db, ticket_id)
    if row.closed_at is None:
        return row
    closed_by = await db.scalar(
        select(models.Person.name)
        .join(models.Event, models.Event.actor_id == models.Person.id)
        .where(models.Event.ticket_id == ticket_id)
        .order_by(models.Event.id.desc())
        .limit(1)
    )
    raise TicketClosed(closed_at=row.closed_at, closed_by=closed_by or "somebody")


def no_such_ticket(ticket_id: int) -> MizanError:
    """The refusal for a number that no ticket has."""
    return MizanError.not_found(f"There is no ticket {ticket_id}")
