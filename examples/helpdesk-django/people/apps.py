"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Agents and customers."""

    name = "people"
