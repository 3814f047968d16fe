"""`manage.py seed`: fills an empty database."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from helpdesk.seed import read_seed
from people.models import Person
from tickets.models import Comment, Event, Ticket


class Command(BaseCommand):
    """Fills the database with the seed, all of it or nothing; leaves one with people in it alone."""

    help = "Fills an empty database with the tickets of the file that HELPDESK_SEED names."

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        """Writes everybody before what they wrote."""
        if Person.objects.exists():
            return
        seed = read_seed()
        if seed is None:
            return
        Person.objects.bulk_create(Person(**row) for row in seed["people"])
        Ticket.objects.bulk_create(Ticket(**row) for row in seed["tickets"])
        Comment.objects.bulk_create(Comment(**row) for row in seed["comments"])
        Event.objects.bulk_create(Event(**row) for row in seed["events"])
        self.stdout.write("seeded")
