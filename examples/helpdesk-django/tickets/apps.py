"""The tickets app."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """Tickets, what was written on them, and what happened to them."""

    name = "tickets"
