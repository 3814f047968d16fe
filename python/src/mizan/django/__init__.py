"""Mizan in Django: add `"mizan.django"` to `INSTALLED_APPS` and `mizan.django.urls` to the URLs."""
