"""Django's side of the core."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings

from mizan.core.flow import Flow, is_awaitable, run_async, run_start, run_sync
from mizan.core.request import RequestState

from .errors import error_of
from .forgery import session_token
from .fresh import request_of
from .identity import Identify, identify
from .perform import perform
from .threads import in_loop, in_thread, settle
from .transactions import on_commit
from .wire import read_body


class DjangoHost:
    """Everything that the core asks of Django (`mizan.core.host.Host`)."""

    def __init__(self, own_identify: Identify | None = None) -> None:
        self._identify = own_identify

    read_body = staticmethod(read_body)

    def identify(self, request: RequestState) -> Any:
        """`request.user`, or what `IDENTIFY` says; refuses what Django's check of forged requests refuses."""
        return identify(request, self._identify)

    def csrf_token(self, request: RequestState) -> Any:
        """Django's token for this session."""
        own = request_of(request)
        return in_thread(session_token)(own) if in_loop() else session_token(own)

    perform = staticmethod(perform)

    def end_read(self, request: RequestState) -> None:
        """Notes whether Django is about to set a cookie: then no shared cache may keep the answer (BUN-9)."""
        own = request_of(request)
        session = getattr(own, "session", None)
        renewed = settings.SESSION_SAVE_EVERY_REQUEST and settings.SESSION_COOKIE_NAME in own.COOKIES
        written = session is not None and (session.modified or renewed)
        if written or own.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
            request.sets_cookie = True

    def within(self, milliseconds: int, flow: Flow[None]) -> Any:
        """Runs a flow for at most this long. What is synchronous is looked at between its steps only."""
        deadline = time.monotonic() + milliseconds / 1000
        # All of it in the thread of the database: one way there, instead of one for each function.
        return _in_thread(deadline, flow) if in_loop() else _step_within(deadline, flow)

    def error_of(self, error: BaseException) -> BaseException:
        """Django's own exceptions as `MizanError`."""
        return error_of(error)

    def on_commit(self, announce: Callable[[], None]) -> None:
        """`transaction.on_commit`, in whatever transactions the caller is."""
        on_commit(announce)

    def run(self, flow: Flow[Any]) -> None:
        """Runs a flow from a job, a signal, the admin or the shell."""
        if not in_loop():
            run_sync(flow, settle)
            return
        # As far as nothing must be waited for it runs now, as it does elsewhere.
        rest = run_start(flow)
        if rest is not None:
            work = asyncio.ensure_future(run_async(rest))
            _running.add(work)
            work.add_done_callback(_running.discard)


_running: set[asyncio.Future[None]] = set()
"""What runs after its caller has gone on; the loop itself would forget it."""


def _step_within(deadline: float, flow: Flow[None]) -> None:
    try:
        step = next(flow)
        while True:
            left = deadline - time.monotonic()
            if is_awaitable(step):
                try:
                    step = settle(asyncio.wait_for(step, max(left, 0)))
                except TimeoutError:
                    flow.close()
                    return
                except BaseException as error:
                    step = flow.throw(error)
                    continue
            elif left <= 0:
                flow.close()
                return
            step = flow.send(step)
    except StopIteration:
        return


_in_thread = in_thread(_step_within)
