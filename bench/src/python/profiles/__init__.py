"""The one application of the bench, found by its `clients.py`."""
