"""Tickets, what was written on them, and what happened to them."""

from django.db import models

from people.models import Person


class Ticket(models.Model):
    """Somebody's trouble with a bike."""

    subject = models.TextField()
    body = models.TextField()
    status = models.TextField()
    priority = models.TextField()
    requester = models.ForeignKey(Person, models.PROTECT, related_name="requested")
    assignee = models.ForeignKey(Person, models.PROTECT, related_name="assigned", null=True)
    opened_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Both indexes serve the list."""

        indexes = [
            models.Index(fields=["updated_at"], name="tickets_by_update"),
            models.Index(fields=["status", "updated_at"], name="tickets_by_status"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class Comment(models.Model):
    """A message on a ticket."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, models.PROTECT)
    body = models.TextField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.author} on {self.ticket}"


class Event(models.Model):
    """Something that happened to a ticket; `before` and `after` are statuses, or names of people."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="events")
    kind = models.TextField()
    actor = models.ForeignKey(Person, models.PROTECT)
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} of {self.ticket}"
