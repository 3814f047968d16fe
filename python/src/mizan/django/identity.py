"""Who is calling: `request.user`, or what `MIZAN["IDENTIFY"]` says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from mizan.core.identity import Identity
from mizan.core.request import RequestState

from .forgery import refuse_forged, rides_on_cookies
from .fresh import request_of
from .threads import in_loop, in_thread
from .wire import context_of

Identify = Callable[[HttpRequest], Any]
"""What `MIZAN["IDENTIFY"]` names: comes to an `Identity` or None, raises for a bad credential."""


class UserIdentity(Identity):
    """A user of Django's. Permissions are looked up when a guard asks for them."""

    __slots__ = ("_held", "user")

    def __init__(self, user: Any) -> None:
        super().__init__(user.pk, staff=_flag(user, "is_staff"), superuser=_flag(user, "is_superuser"))
        self.user = user
        """`request.user` itself."""
        self._held: frozenset[str] | None = None

    @property
    def permissions(self) -> frozenset[str]:
        """`get_all_permissions()`. It asks the database, so an asynchronous guard awaits it in a thread."""
        if self._held is None:
            self._held = frozenset(self.user.get_all_permissions())
        return self._held

    def __eq__(self, other: object) -> bool:
        # A comparison asks no database: reads under a call look the permissions up anew where they need them.
        if not isinstance(other, UserIdentity):
            return super().__eq__(other)
        return (self.id, self.staff, self.superuser) == (other.id, other.staff, other.superuser)

    __hash__ = Identity.__hash__


def _flag(user: Any, name: str) -> bool:
    return bool(getattr(user, name, False))


def user_identity(request: HttpRequest) -> Identity | None:
    """`request.user` as an identity; None where nobody is signed in."""
    user = getattr(request, "user", None)
    return UserIdentity(user) if user is not None and user.is_authenticated else None


def identify(state: RequestState, own: Identify | None) -> Any:
    """Who is calling, after Django's check of forged requests. Awaitable on a loop, where it may not block.

    Neither session nor user is touched for a read that asks nobody, or its answer would vary with the cookie.
    """
    request = request_of(state)
    if own is None and not _asks(state):
        return None
    if own is None and not hasattr(request, "user") and not _has_cookies(request):
        return None
    if in_loop():
        return _identify_in_thread(request, own)
    return _identify(request, own)


def _identify(request: HttpRequest, own: Identify | None) -> Any:
    if rides_on_cookies(request, any_cookie=own is not None):
        refuse_forged(request)
    return user_identity(request) if own is None else own(request)


async def _identify_in_thread(request: HttpRequest, own: Identify | None) -> Any:
    found = await in_thread(_identify)(request, own)
    return await found if hasattr(found, "__await__") else found


def _has_cookies(request: HttpRequest) -> bool:
    """Whether there are cookies; where nobody has taken them apart, it is not done for this."""
    return bool(request.COOKIES) if "HTTP_COOKIE" in request.META or "COOKIES" in vars(request) else False


def _asks(state: RequestState) -> bool:
    """Whether anything about this request depends on who is calling."""
    path = state.wire.path
    if not path.startswith("/ctx/"):
        return True
    context = state.app.plans.contexts.get(context_of(path))
    if context is None:
        return False
    return context.for_users or any(member.plan.identity_param for member in context.members)
