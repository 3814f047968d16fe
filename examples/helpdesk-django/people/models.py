"""Who sits on which side of the desk."""

from django.db import models


class Person(models.Model):
    """Somebody who writes tickets or answers them."""

    name = models.TextField()
    email = models.TextField(unique=True)
    role = models.TextField(choices=[("agent", "Agent"), ("customer", "Customer")])
    title = models.TextField()

    def __str__(self) -> str:
        return self.name
