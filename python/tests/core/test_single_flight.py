import asyncio
from typing import Any

import pytest

from mizan.core.define import Context, client
from mizan.core.errors import MizanError
from mizan.core.flow import Flow
from mizan.core.identity import Identity
from mizan.core.request import RequestState, current_request, invalidate
from mizan.core.settings import Limits

from .harness import Harness, events, harness, said

UserContext = Context("user")
NewsContext = Context("news")
DeskContext = Context("desk")


class World:
    """What the functions below look at."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.fail = False
        self.text = "short"
        self.who: Identity | None = Identity(1)
        self.now = 1000.0
        self.slow_by = 0.0


world = World()


@client(context=UserContext)
def user_name(user_id: int) -> str:
    world.runs.append(f"userName {user_id}")
    if user_id == 666:
        world.now += world.slow_by
    return world.text


@client(context=UserContext)
def user_age(user_id: int) -> int:
    world.runs.append(f"userAge {user_id}")
    if world.fail:
        raise MizanError.conflict("no")
    return user_id


@client(context=NewsContext)
def headline() -> str:
    world.runs.append("headline")
    return "news"


@client(context=DeskContext, auth=True)
def desk(who: Identity) -> str:
    world.runs.append("desk")
    return who.id


@client(affects=UserContext)
def touch(user_id: int) -> int:
    return 1


@client(affects=[UserContext, NewsContext, DeskContext])
def touch_all() -> None:
    return None


@client(merge=user_name)
def merge(user_id: int) -> str:
    return "merged"


@client(merge=user_name, affects=UserContext)
def merge_and(user_id: int) -> str:
    return "merged"


@client
def plain() -> None:
    return None


@client(affects=UserContext)
def fails() -> None:
    raise MizanError.conflict("no")


@client(affects=DeskContext)
def leave() -> None:
    world.who = None


@client(affects=DeskContext)
def become() -> None:
    world.who = Identity(1, staff=True)


@client
def touch_many(ids: list[int]) -> None:
    for user_id in ids:
        invalidate(UserContext, user_id=user_id)


FUNCTIONS = (
    user_name, user_age, headline, desk, touch, touch_all, merge, merge_and, plain, fails, leave, become,
    touch_many,
)  # fmt: skip


def make(awaiting: bool = False, **options: Any) -> Harness:
    world.__init__()  # type: ignore[misc]
    settings = {"clock": lambda: world.now, "identify": lambda request: world.who, **options}
    return harness(FUNCTIONS, awaiting=awaiting, **settings)


@pytest.fixture(params=[False, True], ids=["blocking", "awaiting"])
def app(request: pytest.FixtureRequest) -> Harness:
    return make(request.param)


class TestSingleFlight:
    def test_carries_fresh_bundles_of_the_affected_instances_in_their_order_after_the_numbers(
        self, app: Harness
    ) -> None:
        answer = app.call("touchAll", {}, shows=["news", "user?userId=7", "user?userId=5"])
        assert list(answer.body) == ["result", "invalidate", "contexts"]
        assert list(answer.body["contexts"].items()) == [
            ("news", {"revision": "e.1001", "data": {"headline": "news"}}),
            ("user?userId=7", {"revision": "e.1001", "data": {"userAge": 7, "userName": "short"}}),
            ("user?userId=5", {"revision": "e.1001", "data": {"userAge": 5, "userName": "short"}}),
        ]
        assert world.runs == ["headline", "userAge 7", "userName 7", "userAge 5", "userName 5"]
        assert app.host.ended_reads == 3

    def test_never_reads_what_is_not_affected_after_a_plain_call_or_a_failed_one(self, app: Harness) -> None:
        shows = ["user?userId=6", "news", "user?userId=5"]
        assert list(app.call("touch", {"userId": 5}, shows=shows).body["contexts"]) == ["user?userId=5"]
        assert world.runs == ["userAge 5", "userName 5"]
        world.runs.clear()
        assert app.call("plain", {}, shows=["news"]).body == {"result": None, "invalidate": []}
        assert "contexts" not in app.call("fails", {}, shows=["user?userId=5"]).body
        assert world.runs == []

    def test_passes_over_in_silence_what_is_no_instance(self, app: Harness) -> None:
        shows = [
            "nowhere",
            "user",
            "user?userId=x",
            "user?userId=05",
            "user?userId=5&userId=5",
            "user/userName?userId=5",
            "user?userId=5&$min=*",
            "news?",
            "news?a=1",
            "__class__",
            "",
            "news",
            "news",
            "✓",
            f"user?userId={'1' * 3000}",
        ]
        answer = app.call("touchAll", {}, shows=shows)
        assert (answer.status, list(answer.body["contexts"])) == (200, ["news"])
        assert world.runs == ["headline"]

    def test_looks_at_64_of_them_and_reads_8(self, app: Harness) -> None:
        shows = [f"user?userId={at + 1}" for at in range(100)]
        assert list(app.call("touchAll", {}, shows=shows).body["contexts"]) == shows[:8]
        assert len(world.runs) == 16
        assert "contexts" not in app.call("touchAll", {}, shows=[*["nowhere"] * 64, "news"]).body
        limited = make(limits=Limits(shows=2, contexts=1))
        assert list(limited.call("touchAll", {}, shows=["nowhere", *shows]).body["contexts"]) == shows[:1]

    def test_leaves_out_partial_bundles_which_stay_in_the_list(self, app: Harness) -> None:
        world.fail = True
        answer = app.call("touchAll", {}, shows=["user?userId=5", "news"])
        assert (answer.status, list(answer.body["contexts"])) == (200, ["news"])
        assert "user@e.1001" in answer.body["invalidate"]

    def test_leaves_out_what_is_late(self) -> None:
        app = make()
        shows = ["user?userId=5", "user?userId=666", "user?userId=7"]
        world.slow_by = 250
        assert list(app.call("touchAll", {}, shows=shows).body["contexts"]) == ["user?userId=5"]
        assert "userAge 7" not in world.runs
        world.slow_by = 249
        assert list(app.call("touchAll", {}, shows=shows).body["contexts"]) == shows

    def test_gives_up_where_the_host_gives_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        context = Context("slow")
        started = asyncio.Event()
        undone: list[str] = []

        @client(context=context)
        async def slow(slow_id: int) -> int:
            if slow_id == 1:
                return 1
            started.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                undone.append("cancelled")
                raise
            return 2

        @client(affects=context)
        def touch_slow() -> str:
            return "done"

        made = harness([slow, touch_slow], awaiting=True)
        monkeypatch.setattr(made.host, "time_is_over", started.wait)
        answer = made.call("touchSlow", {}, shows=["slow?slowId=1", "slow?slowId=2", "slow?slowId=3"])
        assert answer.body == {
            "result": "done",
            "invalidate": ["slow@e.1001"],
            "contexts": {"slow?slowId=1": {"revision": "e.1001", "data": {"slow": 1}}},
        }
        assert undone == ["cancelled"]
        assert made.host.ended_reads == 2

    def test_can_be_given_up_between_members(self, monkeypatch: pytest.MonkeyPatch) -> None:
        app = make()

        def first_member(milliseconds: int, flow: Flow[None]) -> None:
            next(flow)
            flow.send(None)
            flow.close()

        monkeypatch.setattr(app.host, "within", first_member)
        answer = app.call("touch", {"userId": 5}, shows=["user?userId=5"])
        assert answer.body == {"result": 1, "invalidate": ["user?userId=5@e.1001"]}
        assert world.runs == ["userAge 5"]
        assert current_request.get() is None

    def test_that_fails_as_a_whole_does_not_fail_the_call(
        self, app: Harness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def broken(milliseconds: int, flow: Any) -> None:
            flow.close()
            raise RuntimeError("no more threads")

        monkeypatch.setattr(app.host, "within", broken)
        answer = app.call("touch", {"userId": 5}, shows=["user?userId=5"])
        assert answer.body == {"result": 1, "invalidate": ["user?userId=5@e.1001"]}
        assert events(caplog) == ["failure"]

    def test_keeps_to_its_budget_of_bytes(self) -> None:
        app = make(limits=Limits(flight_bytes=200))
        shows = ["user?userId=1", "user?userId=2", "user?userId=3"]
        assert list(app.call("touchAll", {}, shows=shows).body["contexts"]) == shows[:2]
        world.text = "x" * 300
        assert app.call("touchAll", {}, shows=[*shows, "news"]).body["contexts"] == {
            "news": {"revision": "e.1002", "data": {"headline": "news"}}
        }

    def test_sends_nothing_to_whoever_is_no_longer_the_caller(self, app: Harness) -> None:
        shows = ["news", "desk"]
        assert app.call("touchAll", {}, shows=shows).body["contexts"]["desk"]["data"] == {"desk": "1"}
        world.runs.clear()
        assert "contexts" not in app.call("leave", {}, shows=shows).body
        assert world.runs == []
        world.who = Identity(1)
        assert "contexts" not in app.call("become", {}, shows=shows).body

    def test_sends_nothing_when_the_credential_is_refused_meanwhile(self, app: Harness) -> None:
        def identify(request: RequestState) -> Identity | None:
            if request.again:
                raise MizanError.unauthenticated()
            return world.who

        app.host.identify_with = identify
        for who in (Identity(1), None):
            world.who = who
            assert "contexts" not in app.call("touchAll", {}, shows=["news", "desk"]).body
        assert world.runs == []

    def test_sends_nothing_when_the_caller_changes_between_two_reads(self, app: Harness) -> None:
        callers = [Identity(1), Identity(1), Identity(2)]
        app.host.identify_with = lambda request: callers.pop(0)
        assert "contexts" not in app.call("touchAll", {}, shows=["news", "desk"]).body
        assert world.runs == ["headline"]
        assert callers == []

    def test_says_for_whom_it_is_when_a_bundle_is_of_class_user(self, app: Harness) -> None:
        identity = app.get("/session/").body["identity"]
        assert app.call("touchAll", {}, shows=["desk"]).headers["x-mizan-identity"] == identity
        assert "x-mizan-identity" not in app.call("touchAll", {}, shows=["news"]).headers

    def test_does_not_read_what_a_merge_has_brought_up_to_date(self, app: Harness) -> None:
        merged = app.call("merge", {"userId": 5}, shows=["user?userId=5"])
        assert len(merged.body["merge"]) == 1
        assert "contexts" not in merged.body
        assert world.runs == []
        read = app.call("mergeAnd", {"userId": 5}, shows=["user?userId=5"])
        assert "merge" not in read.body
        assert list(read.body["contexts"]) == ["user?userId=5"]

    def test_reads_what_a_merge_could_not_bring_up_to_date(self) -> None:
        @client(merge=user_name)
        def overtaken(user_id: int) -> str:
            made.app.store.take("user", ["user?userId=5"], [])
            return "merged"

        made = harness([*FUNCTIONS, overtaken])
        body = made.call("overtaken", {"userId": 5}, shows=["user?userId=5"]).body
        assert "merge" not in body
        assert list(body["contexts"]) == ["user?userId=5"]

    def test_reads_by_the_scopes_as_they_were_before_the_header_made_them_broader(self, app: Harness) -> None:
        ids = list(range(1, 201))
        answer = app.call("touchMany", {"ids": ids}, shows=["user?userId=999", "user?userId=7"])
        assert answer.body["invalidate"] == ["user@e.1001"]
        assert list(answer.body["contexts"]) == ["user?userId=7"]
        assert world.runs == ["userAge 7", "userName 7"]


class TestInDevelopment:
    def test_a_scope_that_leaves_out_what_changed_is_named(self, caplog: pytest.LogCaptureFixture) -> None:
        names = {5: "Ada", 7: "Bob"}
        context = Context("named")

        @client(context=context)
        def name(user_id: int) -> str:
            return names[user_id]

        @client(affects=context)
        def swap(user_id: int, other: int) -> None:
            names[user_id] = "x"
            names[other] += "!"

        @client(affects=context)
        def honest(user_id: int, other: int) -> None:
            names[other] += "?"
            invalidate(context, user_id=other)

        functions = [name, swap, honest]
        shows = ["named?userId=5", "named?userId=7", "named?userId=404"]
        for awaiting in (False, True):
            caplog.clear()
            made = harness(functions, development=True, awaiting=awaiting)
            made.call("swap", {"userId": 5, "other": 7}, shows=shows)
            [record] = said(caplog)
            assert (vars(record)["event"], vars(record)["function"]) == ("scope", "swap")
            assert record.getMessage().startswith(
                "swap changed named?userId=7, which its scope named?userId=5 leaves out"
            )
            made.call("honest", {"userId": 5, "other": 7}, shows=shows)
            made.call("swap", {"userId": 5, "other": 5}, shows=shows)
            assert len(said(caplog)) == 1
        caplog.clear()
        harness(functions).call("swap", {"userId": 5, "other": 7}, shows=shows[:2])
        assert said(caplog) == []
