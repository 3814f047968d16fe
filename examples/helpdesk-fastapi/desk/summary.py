"""How much there is to do, for everybody and for each agent."""

from mizan import ReactContext, client
from sqlalchemy import func, select

from desk import models
from desk.database import Reader
from helpdesk.types import AgentLoad, Counts, Person, Priority, Role, Status

SummaryContext = ReactContext("summary", doc="How much there is to do.")


@client(context=SummaryContext)
async def counts(db: Reader) -> Counts:
    """How many tickets there are of each kind."""
    status = models.Ticket.status
    not_closed = status != Status.CLOSED
    row = await db.execute(
        select(
            func.count().filter(status == Status.OPEN).label("open"),
            func.count().filter(status == Status.WAITING).label("waiting"),
            func.count().filter(status == Status.CLOSED).label("closed"),
            func.count().filter(not_closed, models.Ticket.assignee_id.is_(None)).label("unassigned"),
            func.count().filter(not_closed, models.Ticket.priority == Priority.URGENT).label("urgent"),
        ).select_from(models.Ticket)
    )
    return Counts(**row.mappings().one())


@client(context=SummaryContext)
async def workload(db: Reader) -> list[AgentLoad]:
    """What is on the desk of each agent, by name."""
    status = models.Ticket.status
    rows = await db.execute(
        select(
            models.Person,
            func.count().filter(status == Status.OPEN),
            func.count().filter(status == Status.WAITING),
        )
        .outerjoin(models.Ticket, models.Ticket.assignee_id == models.Person.id)
        .where(models.Person.role == Role.AGENT)
        .group_by(models.Person.id)
        .order_by(models.Person.name)
    )
    return [
        AgentLoad(agent=Person.model_validate(agent), open=opened, waiting=waiting)
        for agent, opened, waiting in rows
    ]
