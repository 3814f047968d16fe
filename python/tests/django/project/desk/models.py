from django.db import models


class Note(models.Model):
    """A row that tests write and look for."""

    team: "models.IntegerField[int, int]" = models.IntegerField()
    text: "models.CharField[str, str]" = models.CharField(max_length=80)
