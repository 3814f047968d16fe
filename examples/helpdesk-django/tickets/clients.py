"""Tickets: the list, one of them, and every change."""

import re
from typing import Annotated

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from mizan import client
from pydantic import Field

from helpdesk.types import (
    Comment,
    EventKind,
    HistoryEntry,
    Message,
    Priority,
    Role,
    Status,
    Subject,
    Ticket,
    TicketPage,
    TicketRow,
)
from people.clients import require_person
from summary.contexts import SummaryContext
from tickets import models
from tickets.contexts import TicketContext, TicketsContext
from tickets.lookup import TicketClosed, find_ticket, require_not_closed, require_ticket

PAGE_SIZE = 20


@client(context=TicketsContext)
def ticket_page(
    status: Status | None = None,
    search: Annotated[str, Field(max_length=100)] | None = None,
    page: Annotated[int, Field(ge=1)] = 1,
) -> TicketPage:
    """One page of the tickets with a status, or all of them. The search looks at number, subject, message and names."""  # noqa: E501
    found = models.Ticket.objects.all()
    if status is not None:
        found = found.filter(status=status)
    if search is not None:
        found = matching(found, search)
    total = found.count()
    rows = (
        found.select_related("requester", "assignee")
        .annotate(excerpt=Substr("body", 1, 140), comment_count=Count("comments"))
        .order_by("-updated_at", "-pk")[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    )
    items = [TicketRow.model_validate(row) for row in rows]
    return TicketPage(items=items, page=page, page_count=max(1, -(-total // PAGE_SIZE)), total=total)


def matching(tickets: QuerySet[models.Ticket], search: str) -> QuerySet[models.Ticket]:
    """Those whose number, words or people the search names."""
    text = search.strip()
    wanted = (
        Q(subject__icontains=text)
        | Q(body__icontains=text)
        | Q(requester__name__icontains=text)
        | Q(assignee__name__icontains=text)
    )
    number = re.fullmatch(r"#?([0-9]{1,9})", text)
    if number is not None:
        wanted |= Q(pk=int(number[1]))
    return tickets.filter(wanted)


@client(context=TicketContext)
def ticket(ticket_id: int) -> Ticket:
    """The ticket with its first message."""
    return find_ticket(ticket_id)


@client(context=TicketContext)
def comments(ticket_id: int) -> list[Comment]:
    """What was written since, the oldest first."""
    require_ticket(ticket_id)
    rows = models.Comment.objects.filter(ticket=ticket_id).select_related("author").order_by("pk")
    return [Comment.model_validate(row) for row in rows]


@client(context=TicketContext)
def history(ticket_id: int) -> list[HistoryEntry]:
    """What happened to the ticket, the oldest first."""
    require_ticket(ticket_id)
    rows = models.Event.objects.filter(ticket=ticket_id).select_related("actor").order_by("pk")
    return [HistoryEntry.model_validate(row) for row in rows]


@client(affects=[TicketsContext, SummaryContext])
def open_ticket(
    subject: Subject, body: Message, requester_id: int, priority: Priority = Priority.NORMAL
) -> Ticket:
    """Opens a ticket in the name of a customer, for instance after a call."""
    requester = require_person(requester_id, Role.CUSTOMER)
    now = timezone.now()
    row = models.Ticket.objects.create(
        subject=subject,
        body=body,
        status=Status.OPEN,
        priority=priority,
        requester=requester,
        opened_at=now,
        updated_at=now,
    )
    row.events.create(kind=EventKind.OPENED, actor=requester, created_at=now)
    return find_ticket(row.pk)


@client(affects=[TicketContext, TicketsContext], errors=[TicketClosed])
def add_comment(ticket_id: int, author_id: int, body: Message) -> Comment:
    """Answers a ticket that is not closed."""
    author = require_person(author_id, Role.AGENT)
    require_not_closed(ticket_id)
    now = timezone.now()
    row = models.Comment.objects.create(ticket_id=ticket_id, author=author, body=body, created_at=now)
    models.Ticket.objects.filter(pk=ticket_id).update(updated_at=now)
    return Comment.model_validate(row)


@client(affects=[TicketContext, TicketsContext, SummaryContext], errors=[TicketClosed])
def set_status(ticket_id: int, status: Status, actor_id: int) -> Ticket:
    """Closes a ticket, opens it again, or waits for the customer. A closed ticket cannot be closed again."""
    actor = require_person(actor_id, Role.AGENT)
    before = require_not_closed(ticket_id) if status is Status.CLOSED else find_ticket(ticket_id)
    if before.status is status:
        return before
    now = timezone.now()
    models.Ticket.objects.filter(pk=ticket_id).update(
        status=status, closed_at=now if status is Status.CLOSED else None, updated_at=now
    )
    models.Event.objects.create(
        ticket_id=ticket_id,
        kind=EventKind.STATUS,
        actor=actor,
        before=before.status,
        after=status,
        created_at=now,
    )
    return find_ticket(ticket_id)


@client(affects=[TicketContext, TicketsContext, SummaryContext], errors=[TicketClosed])
def assign(ticket_id: int, assignee_id: int | None, actor_id: int) -> Ticket:
    """Gives a ticket to an agent, or back to nobody."""
    actor = require_person(actor_id, Role.AGENT)
    assignee = None if assignee_id is None else require_person(assignee_id, Role.AGENT)
    before = require_not_closed(ticket_id)
    if (before.assignee and before.assignee.id) == assignee_id:
        return before
    now = timezone.now()
    models.Ticket.objects.filter(pk=ticket_id).update(assignee=assignee, updated_at=now)
    models.Event.objects.create(
        ticket_id=ticket_id,
        kind=EventKind.ASSIGNEE,
        actor=actor,
        before=before.assignee.name if before.assignee else None,
        after=assignee.name if assignee else None,
        created_at=now,
    )
    return find_ticket(ticket_id)


# Nothing else of the ticket's context changes, so the answer itself takes the member's place.
@client(merge=ticket, affects=[TicketsContext, SummaryContext])
def set_priority(ticket_id: int, priority: Priority) -> Ticket:
    """Says how soon somebody should look at a ticket."""
    require_ticket(ticket_id)
    models.Ticket.objects.filter(pk=ticket_id).update(priority=priority, updated_at=timezone.now())
    return find_ticket(ticket_id)
