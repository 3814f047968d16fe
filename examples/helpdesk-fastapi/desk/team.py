"""The team as everybody sees it."""

from mizan import MizanError, ReactContext, client
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import models
from desk.database import Reader
from helpdesk.types import Person, Role

TeamContext = ReactContext("team", doc="Who is who.")


@client(context=TeamContext)
async def agents(db: Reader) -> list[Person]:
    """Who answers tickets, by name."""
    return await people_with(db, Role.AGENT)


@client(context=TeamContext)
async def customers(db: Reader) -> list[Person]:
    """Who writes tickets, by name."""
    return await people_with(db, Role.CUSTOMER)


async def people_with(db: AsyncSession, role: Role) -> list[Person]:
    """Everybody on one side of the desk, by name."""
    rows = await db.scalars(
        select(models.Person).where(models.Person.role == role).order_by(models.Person.name)
    )
    return [Person.model_validate(row) for row in rows]


async def require_person(db: AsyncSession, person_id: int, role: Role) -> models.Person:
    """The person with this id and role, or `NOT_FOUND`."""
    person = await db.get(models.Person, person_id)
    if person is None or person.role != role:
        raise MizanError.not_found(f"There is no {role} {person_id}")
    return person
