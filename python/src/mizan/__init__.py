"""Mizan: server functions with one declaration, from which the typed client and all freshness is derived."""
