"""The Helpdesk on FastAPI and SQLAlchemy."""
