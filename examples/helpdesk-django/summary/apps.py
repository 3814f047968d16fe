"""The summary app."""

from django.apps import AppConfig


class SummaryConfig(AppConfig):
    """How much there is to do."""

    name = "summary"
