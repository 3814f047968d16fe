"""`python -m mizan.fastapi export module:app [FILE] [--check] [--json]`."""

import sys

from .export import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
