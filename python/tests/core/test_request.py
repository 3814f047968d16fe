import threading
from contextvars import copy_context

import pytest

from mizan.core.define import Context, client
from mizan.core.identity import Identity
from mizan.core.request import invalidate

from .harness import harness

UserContext = Context("user")


@client(context=UserContext)
def user_name(user_id: int) -> str:
    return "Ada"


@client
def in_threads(ids: list[int]) -> None:
    def announce(user_id: int) -> None:
        invalidate(UserContext, user_id=user_id)

    threads = [threading.Thread(target=copy_context().run, args=(announce, user_id)) for user_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_threads_that_a_handler_starts_join_its_list() -> None:
    body = harness([user_name, in_threads]).call("inThreads", {"ids": [3, 1, 2]}).body
    assert body["invalidate"] == [f"user?userId={user_id}@e.1001" for user_id in (1, 2, 3)]


def test_a_thread_without_the_context_of_the_call_announces_by_itself() -> None:
    @client
    def forgets(user_id: int) -> None:
        thread = threading.Thread(target=invalidate, args=(UserContext,), kwargs={"user_id": user_id})
        thread.start()
        thread.join()

    made = harness([user_name, forgets])
    assert made.call("forgets", {"userId": 5}).body["invalidate"] == []
    assert made.get("/ctx/user?userId=5").headers["x-mizan-revision"] == "e.1001"


class TestAnIdentity:
    def test_has_its_id_as_text_and_compares_safely(self) -> None:
        who = Identity(5)
        assert who.id == "5"
        assert who.has_id(5)
        assert who.has_id("5")
        assert not who.has_id("05")
        assert not Identity("None").has_id(None)

    def test_has_an_id(self) -> None:
        with pytest.raises(ValueError, match="empty"):
            Identity("")

    @pytest.mark.parametrize(
        ("other", "same"),
        [
            (Identity("5", permissions=["b", "a"]), True),
            (Identity(6, permissions=["a", "b"]), False),
            (Identity(5, staff=True, permissions=["a", "b"]), False),
            (Identity(5, superuser=True, permissions=["a", "b"]), False),
            (Identity(5, permissions=["a"]), False),
            ("5", False),
            (None, False),
        ],
    )
    def test_is_the_same_when_it_may_do_the_same(self, other: object, same: bool) -> None:
        who = Identity(5, permissions=["a", "b"])
        assert (who == other) is same
        assert not same or hash(who) == hash(other)

    def test_shows_who_it_is(self) -> None:
        assert repr(Identity(5, staff=True)) == "Identity('5', staff=True)"
