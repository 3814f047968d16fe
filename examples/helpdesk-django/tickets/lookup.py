"""Finding what must be there."""

from datetime import datetime

from mizan import MizanError

from helpdesk.types import Ticket
from tickets import models


class TicketClosed(MizanError):
    """The ticket is closed. Open it again first."""

    closed_at: datetime
    closed_by: str


def find_ticket(ticket_id: int) -> Ticket:
    """The ticket as clients see it, or `NOT_FOUND`."""
    row = models.Ticket.objects.select_related("requester", "assignee").filter(pk=ticket_id).first()
    if row is None:
        raise no_such_ticket(ticket_id)
    return Ticket.model_validate(row)


def require_ticket(ticket_id: int) -> None:
    """Checks that there is such a ticket."""
    if not models.Ticket.objects.filter(pk=ticket_id).exists():
        raise no_such_ticket(ticket_id)


def require_not_closed(ticket_id: int) -> Ticket:
    """The ticket, or `TicketClosed` with who closed it and when."""
    found = find_ticket(ticket_id)
    if found.closed_at is None:
        return found
    last = models.Event.objects.filter(ticket=ticket_id).select_related("actor").order_by("-pk").first()
    raise TicketClosed(closed_at=found.closed_at, closed_by=last.actor.name if last else "somebody")


def no_such_ticket(ticket_id: int) -> MizanError:
    """The refusal for a number that no ticket has."""
    return MizanError.not_found(f"There is no ticket {ticket_id}")
