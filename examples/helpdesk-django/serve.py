"""Starts the Helpdesk on Django: migrates, fills an empty database, serves."""

import os

import django
from django.core.management import call_command

from helpdesk.serve import serve

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("seed")
    serve("config.asgi:application")
