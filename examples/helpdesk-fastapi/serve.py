"""Starts the Helpdesk on FastAPI."""

from helpdesk.serve import serve

if __name__ == "__main__":
    serve("desk.main:app")
