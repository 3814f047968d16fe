"""Faulty declarations, as an app of its own that is added on request."""
