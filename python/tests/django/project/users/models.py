from django.db import models


class Member(models.Model):
    """Somebody with a profile."""

    name: "models.CharField[str, str]" = models.CharField(max_length=80)
