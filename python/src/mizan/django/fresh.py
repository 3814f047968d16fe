"""Requests within a request: a read in the answer of a call meets nothing that the call has kept (FLT-3)."""

from __future__ import annotations

import copy
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mizan.core.request import RequestState

_CACHES = ("_cached_user", "_acached_user")


def request_of(state: RequestState) -> HttpRequest:
    """The request that functions get: Django's own, and for reads under a call one like it."""
    if not state.again:
        own: HttpRequest = state.raw
        return own
    if state.host_state is None:
        state.host_state = _anew(state.wire)
    fresh: HttpRequest = state.host_state
    return fresh


def _anew(wire: Any) -> HttpRequest:
    """The request as it came to the view, with its user looked up again.

    The session is the same one: a call that has signed in or out has done it there.
    """
    raw: HttpRequest = wire.raw
    fresh = copy.copy(raw)
    vars(fresh).clear()
    vars(fresh).update((name, value) for name, value in wire.snapshot.items() if name not in _CACHES)
    # What AuthenticationMiddleware left is looked up when asked for; what another one set stays as it is.
    if isinstance(vars(fresh).get("user"), SimpleLazyObject):
        _attach_user(fresh)
    return fresh


def _attach_user(request: Any) -> None:
    from django.contrib.auth.middleware import auser, get_user

    request.user = SimpleLazyObject(lambda: get_user(request))
    request.auser = partial(auser, request)
