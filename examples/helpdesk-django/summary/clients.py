"""How much there is to do, for everybody and for each agent."""

from django.db.models import Count, Q
from mizan import client

from helpdesk.types import AgentLoad, Counts, Person, Priority, Role, Status
from people.models import Person as PersonRow
from summary.contexts import SummaryContext
from tickets.models import Ticket


@client(context=SummaryContext)
def counts() -> Counts:
    """How many tickets there are of each kind."""
    not_closed = ~Q(status=Status.CLOSED)
    return Counts(
        **Ticket.objects.aggregate(
            open=Count("pk", filter=Q(status=Status.OPEN)),
            waiting=Count("pk", filter=Q(status=Status.WAITING)),
            closed=Count("pk", filter=Q(status=Status.CLOSED)),
            unassigned=Count("pk", filter=not_closed & Q(assignee=None)),
            urgent=Count("pk", filter=not_closed & Q(priority=Priority.URGENT)),
        )
    )


@client(context=SummaryContext)
def workload() -> list[AgentLoad]:
    """What is on the desk of each agent, by name."""
    agents = (
        PersonRow.objects.filter(role=Role.AGENT)
        .annotate(
            open=Count("assigned", filter=Q(assigned__status=Status.OPEN)),
            waiting=Count("assigned", filter=Q(assigned__status=Status.WAITING)),
        )
        .order_by("name")
    )
    return [AgentLoad(agent=Person.model_validate(row), open=row.open, waiting=row.waiting) for row in agents]
