"""The team as everybody sees it."""

from mizan import MizanError, ReactContext, client

from helpdesk.types import Person, Role
from people import models

TeamContext = ReactContext("team", doc="Who is who.")


@client(context=TeamContext)
def agents() -> list[Person]:
    """Who answers tickets, by name."""
    return people_with(Role.AGENT)


@client(context=TeamContext)
def customers() -> list[Person]:
    """Who writes tickets, by name."""
    return people_with(Role.CUSTOMER)


def people_with(role: Role) -> list[Person]:
    """Everybody on one side of the desk, by name."""
    rows = models.Person.objects.filter(role=role).order_by("name")
    return [Person.model_validate(row) for row in rows]


def require_person(person_id: int, role: Role) -> models.Person:
    """The person with this id and role, or `NOT_FOUND`."""
    person = models.Person.objects.filter(pk=person_id, role=role).first()
    if person is None:
        raise MizanError.not_found(f"There is no {role} {person_id}")
    return person
