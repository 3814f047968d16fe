"""The fixture's tables."""

from __future__ import annotations

from django.db import models


class Account(models.Model):
    """An account."""

    id: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    name: models.TextField[str, str] = models.TextField()
    version: models.BigIntegerField[int, int] = models.BigIntegerField(default=1)


class Note(models.Model):
    """A note of an account. Numbers belong to the account, so the place in its list is kept beside them."""

    account_id: models.BigIntegerField[int, int] = models.BigIntegerField()
    number: models.BigIntegerField[int, int] = models.BigIntegerField()
    place: models.BigIntegerField[int, int] = models.BigIntegerField()
    text: models.TextField[str, str] = models.TextField()

    class Meta:
        ordering = ("place",)


class Card(models.Model):
    """A card on a board."""

    board_id: models.BigIntegerField[int, int] = models.BigIntegerField()
    number: models.BigIntegerField[int, int] = models.BigIntegerField()
    title: models.TextField[str, str] = models.TextField()
    state: models.TextField[str, str] = models.TextField()

    class Meta:
        ordering = ("number",)


class Thing(models.Model):
    """A thing with a name."""

    id: models.BigIntegerField[int, int] = models.BigIntegerField(primary_key=True)
    name: models.TextField[str, str] = models.TextField()


class Stamp(models.Model):
    """The stamp: one row."""

    value: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)


TABLES = (Account, Note, Card, Thing, Stamp)
