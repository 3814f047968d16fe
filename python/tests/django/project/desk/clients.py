"""Functions that do what tests look at."""

import asyncio
import threading
from typing import Any, Literal

from asgiref.sync import sync_to_async
from django.contrib.auth import alogin, login, logout
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils.translation import gettext

from mizan import Identity, ReactContext, client, invalidate

from .gate import gate, ran
from .models import Note

NoteContext = ReactContext("note")
FeedContext = ReactContext("feed")
MeContext = ReactContext("me")
PublicContext = ReactContext("public", cache=60)
SlowContext = ReactContext("slow")


@client(context=NoteContext)
def notes(team_id: int) -> list[str]:
    ran.append("notes")
    return list(Note.objects.filter(team=team_id).order_by("pk").values_list("text", flat=True))


@client(context=NoteContext)
async def note_count(team_id: int) -> int:
    return await Note.objects.filter(team=team_id).acount()


@client(context=FeedContext)
def feed(team_id: int) -> int:
    return Note.objects.filter(team=team_id).count()


@client(affects=NoteContext)
def add_note(team_id: int, text: str) -> int:
    return int(Note.objects.create(team=team_id, text=text).pk)


@client(affects=NoteContext)
async def add_note_later(team_id: int, text: str) -> int:
    return int((await Note.objects.acreate(team=team_id, text=text)).pk)


@client(affects=NoteContext)
def add_and_raise(team_id: int) -> None:
    Note.objects.create(team=team_id, text="raised")
    raise Http404


@client(affects=NoteContext)
async def add_and_raise_later(team_id: int) -> None:
    await Note.objects.acreate(team=team_id, text="raised")
    raise Http404


@client(affects=NoteContext)
async def add_and_await_cancelled(team_id: int) -> None:
    """Awaits a task of its own that was cancelled, which is nobody's wish to end the request."""
    await Note.objects.acreate(team=team_id, text="cancelled")
    task = asyncio.ensure_future(asyncio.Event().wait())
    task.cancel()
    await task


@client(affects=NoteContext)
def add_to_other(team_id: int) -> None:
    Note.objects.using("other").create(team=team_id, text="elsewhere")
    raise Http404


@client(affects=NoteContext)
def add_and_give_up(team_id: int) -> None:
    Note.objects.create(team=team_id, text="given up")
    transaction.set_rollback(True)


def _change_feeds(team_id: int) -> None:
    """One in a transaction that stands, one in a transaction that is rolled back, one in none."""
    with transaction.atomic():
        invalidate(FeedContext, team_id=team_id)
    try:
        with transaction.atomic():
            invalidate(FeedContext, team_id=team_id + 1)
            raise LookupError
    except LookupError:
        pass
    invalidate(FeedContext, team_id=team_id + 2)


@client(affects=NoteContext)
def change_feeds(team_id: int) -> None:
    _change_feeds(team_id)


@client(affects=NoteContext)
async def change_feeds_later(team_id: int) -> None:
    await sync_to_async(_change_feeds)(team_id)


@client(affects=NoteContext)
def change_after_commit(team_id: int) -> None:
    transaction.on_commit(lambda: invalidate(FeedContext, team_id=team_id))


@client(context=MeContext, auth=True)
def my_name(request: HttpRequest, who: Identity) -> str:
    assert str(request.user.pk) == who.id
    return request.user.get_username()


@client(auth=lambda who, args: who.staff and args.team_id > 0)
def staff_only(team_id: int) -> int:
    ran.append("staff_only")
    return team_id


async def _may(who: Identity, args: Any) -> bool:
    return "desk.add_note" in await sync_to_async(lambda: who.permissions)() and args.team_id > 0


@client(auth=_may)
def permitted(team_id: int) -> int:
    return team_id


@client(auth=lambda who, args: "desk.add_note" in who.permissions)
async def permitted_later(team_id: int) -> int:
    return team_id


@client(affects=MeContext)
def sign_in(request: HttpRequest, name: str) -> None:
    login(request, User.objects.get(username=name))


@client(affects=MeContext)
async def sign_in_later(request: HttpRequest, name: str) -> None:
    await alogin(request, await User.objects.aget(username=name))


@client(affects=MeContext)
def sign_out(request: HttpRequest) -> None:
    logout(request)


@client(affects=MeContext, auth=True)
def rename_me(request: HttpRequest, name: str) -> None:
    # Another object than request.user, which keeps the old name.
    User.objects.filter(pk=request.user.pk).update(username=name)


@client(context=PublicContext)
def greeting(team_id: int) -> str:
    return f"Hello, {team_id}"


@client(context=PublicContext)
def visits(request: HttpRequest, count: bool = False) -> int:
    if count:
        request.session["visits"] = request.session.get("visits", 0) + 1
        return int(request.session["visits"])
    return 0


@client(context=SlowContext)
async def never(team_id: int) -> int:
    """Stands until somebody gives it up."""
    ran.append("never")
    await Note.objects.acreate(team=team_id, text="rolled back")
    try:
        await asyncio.Event().wait()
    finally:
        ran.append("given up")
    return 1


@client(affects=[SlowContext, FeedContext])
def touch(team_id: int) -> int:
    return int(Note.objects.create(team=team_id, text="kept").pk)


@client
def translated() -> str:
    return gettext("Yes")


@client
def in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@client
def pass_gate() -> str:
    """Stands until the test opens the gate."""
    gate.entered.set()
    gate.open.wait()
    ran.append("pass_gate")
    return "through"


@client(affects=NoteContext)
async def pass_gate_and_write(team_id: int) -> None:
    await asyncio.to_thread(pass_gate)
    await Note.objects.acreate(team=team_id, text="kept")


@client
async def open_gate() -> str:
    gate.open.set()
    return "open"


Kind = Literal["404", "403", "400", "suspicious", "field", "whole", "missing", "broken"]


@client
def fail(kind: Kind) -> None:
    match kind:
        case "404":
            raise Http404("No Note of the secret team")
        case "403":
            raise PermissionDenied("the secret reason")
        case "400":
            raise BadRequest("the secret text")
        case "suspicious":
            raise SuspiciousOperation("the secret attack")
        case "field":
            raise ValidationError({"display_name": ["Too short.", "Taken."]})
        case "whole":
            raise ValidationError("Ends before it begins.")
        case "missing":
            Note.objects.get(pk=0)
        case "broken":
            raise ZeroDivisionError("the secret divisor")
