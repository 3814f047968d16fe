"""`manage.py` of the Django testee: `python -m testees.django_manage export_mizan_contract`."""

import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from .handshake import Handshake
from .on_django.configure import configure

if __name__ == "__main__":
    configure(Handshake(), Path("unused.sqlite"))
    execute_from_command_line(sys.argv)
