"""A Django app with the fixture's rows."""
