"""What is announced is what was committed (CALL-9), with and without `ATOMIC_REQUESTS`, in tests too."""

import threading
from typing import TYPE_CHECKING, Any

from asgiref.sync import async_to_sync
from desk.clients import FeedContext, add_note, change_feeds
from desk.models import Note
from django.db import connections, transaction
from django.test import AsyncClient, Client, SimpleTestCase, TestCase, TransactionTestCase

from mizan import invalidate
from mizan.django.server import get_server

from .calls import BASE, acall, atomic_requests, call, code, scopes


def sent(fn: str, **args: Any) -> Any:
    return call(Client(), fn, **args)


def sent_later(fn: str, **args: Any) -> Any:
    return async_to_sync(acall)(AsyncClient(), fn, **args)


WAYS = (
    ("sync under WSGI", sent, ""),
    ("async under WSGI", sent, "Later"),
    ("sync under ASGI", sent_later, ""),
    ("async under ASGI", sent_later, "Later"),
)


class Cases(SimpleTestCase if TYPE_CHECKING else object):  # type: ignore[misc]
    """What holds in a `TestCase` as it does outside of one."""

    def notes(self, team: int = 1) -> list[str]:
        return list(Note.objects.filter(team=team).values_list("text", flat=True))

    def test_a_write_stands_and_is_announced(self) -> None:
        for way, send, suffix in WAYS:
            for aliases in ((), ("default",), ("default", "other")):
                with self.subTest(way, aliases=aliases), atomic_requests(*aliases):
                    answer = send(f"addNote{suffix}", teamId=1, text="kept", shows=["note?teamId=1"])
                    self.assertEqual(scopes(answer), ["note?teamId=1"])
                    count = answer.json()["contexts"]["note?teamId=1"]["data"]["noteCount"]
                    self.assertEqual(count, len(self.notes()))
        self.assertEqual(self.notes(), ["kept"] * 12)

    def test_what_raises_is_rolled_back_and_not_announced(self) -> None:
        for way, send, suffix in WAYS:
            with self.subTest(way), atomic_requests("default", "other"):
                answer = send(f"addAndRaise{suffix}", teamId=1)
                self.assertEqual((answer.status_code, scopes(answer)), (404, []))
        self.assertEqual(self.notes(), [])

    def test_without_a_transaction_what_raises_is_announced(self) -> None:
        for way, send, suffix in WAYS:
            with self.subTest(way):
                answer = send(f"addAndRaise{suffix}", teamId=1)
                self.assertEqual((answer.status_code, scopes(answer)), (404, ["note?teamId=1"]))
        self.assertEqual(self.notes(), ["raised"] * 4)

    def test_a_function_that_awaits_what_was_cancelled_fails_like_any_other(self) -> None:
        for client in (Client(raise_request_exception=False), AsyncClient(raise_request_exception=False)):
            send: Any = call if isinstance(client, Client) else async_to_sync(acall)
            for aliases, said in (((), ["note?teamId=1"]), (("default", "other"), [])):
                with self.subTest(type(client), aliases=aliases), atomic_requests(*aliases):
                    answer = send(client, "addAndAwaitCancelled", teamId=1)
                    self.assertEqual(code(answer), (500, "INTERNAL"))
                    self.assertEqual(scopes(answer), said)
        self.assertEqual(self.notes(), ["cancelled"] * 2)

    def test_what_stands_in_a_database_without_a_transaction_is_announced(self) -> None:
        with atomic_requests("default"):
            self.assertEqual(scopes(sent("addToOther", teamId=1)), ["note?teamId=1"])
        self.assertEqual(Note.objects.using("other").filter(team=1).count(), 1)

    def test_a_transaction_that_was_given_up_announces_nothing(self) -> None:
        with atomic_requests("default"):
            answer = sent("addAndGiveUp", teamId=1)
        self.assertEqual((answer.status_code, scopes(answer), self.notes()), (200, [], []))

    def test_a_nested_transaction_that_is_rolled_back_drops_what_it_announced(self) -> None:
        for way, send, suffix in WAYS:
            for aliases in ((), ("default",), ("default", "other")):
                with self.subTest(way, aliases=aliases), atomic_requests(*aliases):
                    answer = send(f"changeFeeds{suffix}", teamId=1)
                    self.assertEqual(scopes(answer), ["feed?teamId=1", "feed?teamId=3", "note?teamId=1"])


class InTestCase(Cases, TestCase):
    databases = {"default", "other"}  # noqa: RUF012

    def test_jobs_and_signals_wait_for_the_commit_that_the_test_plays(self) -> None:
        before = number()
        with self.captureOnCommitCallbacks() as waiting:
            add_note(1, "by a job")
            invalidate(FeedContext, team_id=1)
        self.assertEqual(len(waiting), 2)
        self.assertEqual(number(), before)
        for callback in waiting:
            callback()
        self.assertGreater(number(), before)

    def test_hooks_of_a_function_run_where_the_test_plays_the_commit(self) -> None:
        with self.captureOnCommitCallbacks(execute=True) as played:
            answer = call(self.client, "changeAfterCommit", teamId=1)
        self.assertEqual(scopes(answer), ["note?teamId=1"])
        # The function's own, and the announcement that it asks for.
        self.assertEqual(len(played), 2)

    def test_what_a_call_announces_is_not_announced_again(self) -> None:
        with atomic_requests("default"), self.captureOnCommitCallbacks() as waiting:
            call(self.client, "changeFeeds", teamId=1)
        self.assertEqual(waiting, [])


class OutsideOfTestCase(Cases, TransactionTestCase):
    databases = {"default", "other"}  # noqa: RUF012

    def test_hooks_of_a_function_join_its_answer(self) -> None:
        for aliases in ((), ("default",)):
            with self.subTest(aliases=aliases), atomic_requests(*aliases):
                answer = call(self.client, "changeAfterCommit", teamId=1)
                self.assertEqual(scopes(answer), ["feed?teamId=1", "note?teamId=1"])

    def test_another_connection_sees_the_row_when_the_number_is_taken(self) -> None:
        seen: list[int] = []
        store = get_server().store
        take = store.take

        def look(*args: Any) -> Any:
            def count() -> None:
                seen.append(Note.objects.filter(team=1).count())
                connections.close_all()

            thread = threading.Thread(target=count)
            thread.start()
            thread.join()
            return take(*args)

        vars(store)["take"] = look
        try:
            for _, send, suffix in WAYS:
                with atomic_requests("default", "other"):
                    send(f"addNote{suffix}", teamId=1, text="seen")
        finally:
            del vars(store)["take"]
        self.assertEqual(seen, [1, 2, 3, 4])

    def test_each_member_has_a_transaction_of_its_own(self) -> None:
        with atomic_requests("default"):
            answer = self.client.get(f"{BASE}/ctx/note?teamId=1")
        self.assertEqual(answer.json(), {"noteCount": 0, "notes": []})

    def test_direct_calls_announce_when_the_transaction_around_them_commits(self) -> None:
        before = number()
        with transaction.atomic():
            add_note(1, "by a job")
            self.assertEqual(number(), before)
        self.assertGreater(number(), before)

    def test_direct_calls_announce_at_once_where_no_transaction_is(self) -> None:
        before = number()
        add_note(1, "by a job")
        self.assertGreater(number(), before)

    def test_direct_calls_that_are_rolled_back_announce_nothing(self) -> None:
        before = number("feed")
        with self.assertRaises(LookupError), transaction.atomic():
            change_feeds(1)
            raise LookupError
        self.assertEqual(number("feed"), before)

    def test_the_commit_of_either_database_announces(self) -> None:
        before = number("feed")
        with transaction.atomic(using="other"):
            with self.assertRaises(LookupError), transaction.atomic():
                invalidate(FeedContext, team_id=1)
                raise LookupError
            self.assertEqual(number("feed"), before)
        self.assertGreater(number("feed"), before)

    async def test_a_job_on_a_loop_announces_at_once(self) -> None:
        before = number("feed")
        invalidate(FeedContext, team_id=1)
        self.assertGreater(number("feed"), before)


def number(context: str = "note") -> int:
    last = get_server().store.last(context)
    assert last is not None
    n: int = last.n
    return n
