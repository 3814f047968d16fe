import enum
import uuid
from typing import Any, Literal

import http_sf
import pytest
from pydantic import BaseModel

from mizan.core.define import Context, client
from mizan.core.errors import MizanError
from mizan.core.request import RequestState, current_request, invalidate
from mizan.core.revision import Revision
from mizan.core.store import Taken

from .harness import Answer, Harness, by_header, harness, said

UserContext = Context("user")
TeamContext = Context("team")
ThingContext = Context("thing")
TextContext = Context("text")


class Broken(MizanError):
    pass


class Post(BaseModel):
    id: int
    author_id: int | None


@client(context=UserContext)
def user_name(user_id: int) -> str:
    return "Ada"


@client(context=UserContext)
def user_posts(user_id: int, page: int = 1) -> list[Post]:
    return []


@client(context=TeamContext)
def team_name(team_id: int, state: Literal["open", "done"] | None = None) -> str:
    return "Reds"


@client(context=ThingContext)
def thing_name(id: int) -> str:
    return "Thing"


@client(context=TextContext)
def text_seen(text: str) -> str:
    return text


@client(affects=UserContext)
def by_name(user_id: int, name: str) -> None:
    return None


@client(affects=UserContext)
def by_name_optional(user_id: int = 1) -> None:
    return None


@client(affects=UserContext)
def by_name_other_type(user_id: str) -> None:
    return None


@client(affects=ThingContext)
def never_by_id(id: int) -> None:
    return None


@client(affects=ThingContext.scope(id="id"))
def explicit_id(id: int) -> None:
    return None


@client(affects=UserContext.scope(user_id="author_id"))
def from_args(author_id: int) -> None:
    return None


@client(affects=UserContext.scope(user_id="author_id"), errors=[Broken])
def from_result(how: str) -> Post | None:
    if how == "raise":
        raise Broken()
    if how == "lie":
        return "nonsense"  # type: ignore[return-value]
    return None if how == "none" else Post(id=1, author_id=None if how == "null" else 9)


@client(affects=UserContext)
def broad() -> None:
    return None


@client(affects=[TeamContext, UserContext])
def both(user_id: int) -> None:
    return None


@client(affects=user_posts)
def one_member(user_id: int) -> None:
    return None


@client(affects=[user_posts, UserContext])
def swallowed(user_id: int) -> None:
    return None


@client(affects=TextContext)
def touch_text(text: str) -> None:
    return None


@client(affects=ThingContext)
def dynamic(ids: list[int], all: bool = False) -> None:
    for user_id in ids:
        invalidate(UserContext, user_id=user_id)
    if all:
        invalidate(UserContext)


@client
def plain_dynamic() -> None:
    invalidate(TeamContext, team_id=3, state="open")


@client(affects=UserContext, private=True)
def settle_user(user_id: int) -> None:
    if user_id < 0:
        raise RuntimeError("no such user")


@client(affects=TeamContext.scope(team_id="user_id"))
def outer(user_id: int) -> None:
    try:
        settle_user(user_id)
    except RuntimeError:
        return


@client(affects=UserContext, errors=[Broken])
def fails(user_id: int, how: str) -> None:
    invalidate(TeamContext, team_id=1)
    if how == "declared":
        raise Broken()
    if how == "standard":
        raise MizanError.conflict("later")
    if how == "no JSON":
        raise MizanError.conflict("\ud800")
    raise RuntimeError("crash")


@client(affects=UserContext)
def lies(user_id: int) -> int:
    return "x"  # type: ignore[return-value]


@client(affects=UserContext, auth=True)
def may_not(user_id: int) -> None:
    return None


@client(affects=UserContext, auth=lambda who, args: False)
def guarded(user_id: int) -> None:
    return None


@client(affects=UserContext)
def misuse(how: str) -> None:
    if how == "name":
        invalidate(UserContext, userid=5)
    if how == "type":
        invalidate(UserContext, user_id="x")
    if how == "what":
        invalidate("user")  # type: ignore[arg-type]


FUNCTIONS = (
    user_name, user_posts, team_name, thing_name, text_seen, by_name, by_name_optional, by_name_other_type,
    never_by_id, explicit_id, from_args, from_result, broad, both, one_member, swallowed, touch_text, dynamic,
    plain_dynamic, settle_user, outer, fails, lies, may_not, guarded, misuse,
)  # fmt: skip


@pytest.fixture(params=[False, True], ids=["blocking", "awaiting"])
def awaiting(request: pytest.FixtureRequest) -> bool:
    found: bool = request.param
    return found


def header_of(answer: Answer) -> list[str]:
    """The header, read by an independent parser."""
    field = answer.headers.get("x-mizan-invalidate")
    if field is None:
        return []
    items: Any = http_sf.parse(field.encode(), tltype="list")
    return [item for item, _ in items]


def stale(fn: str, args: Any = None, **options: Any) -> list[str]:
    answer = harness(FUNCTIONS, **options).call(fn, args)
    listed: list[str] = answer.body.get("invalidate", [])
    assert header_of(answer) == listed
    return listed


class TestScopes:
    @pytest.mark.parametrize(
        ("fn", "args", "listed"),
        [
            ("byName", {"userId": 5, "name": "x"}, ["user?userId=5@e.1001"]),
            ("byNameOptional", {"userId": 5}, ["user@e.1001"]),
            ("byNameOtherType", {"userId": "5"}, ["user@e.1001"]),
            ("neverById", {"id": 5}, ["thing@e.1001"]),
            ("explicitId", {"id": 5}, ["thing?id=5@e.1001"]),
            ("fromArgs", {"authorId": 5}, ["user?userId=5@e.1001"]),
            ("fromResult", {"how": "nine"}, ["user?userId=9@e.1001"]),
            ("fromResult", {"how": "null"}, ["user@e.1001"]),
            ("fromResult", {"how": "none"}, ["user@e.1001"]),
            ("fromResult", {"how": "raise"}, ["user@e.1001"]),
            ("fromResult", {"how": "lie"}, ["user@e.1001"]),
            ("broad", {}, ["user@e.1001"]),
            ("both", {"userId": 5}, ["team@e.1001", "user?userId=5@e.1001"]),
            ("oneMember", {"userId": 5}, ["user/userPosts?userId=5@e.1001"]),
            ("swallowed", {"userId": 5}, ["user?userId=5@e.1001"]),
            ("userName", {"userId": 5}, []),
        ],
    )
    def test_of(self, awaiting: bool, fn: str, args: Any, listed: list[str]) -> None:
        assert stale(fn, args, awaiting=awaiting) == listed

    def test_are_added_by_invalidate_sorted_and_swallowed_by_broader_ones(self, awaiting: bool) -> None:
        assert stale("dynamic", {"ids": [7, 5, 7]}, awaiting=awaiting) == [
            "thing@e.1001",
            "user?userId=5@e.1001",
            "user?userId=7@e.1001",
        ]
        assert stale("dynamic", {"ids": [7], "all": True}) == ["thing@e.1001", "user@e.1001"]
        assert stale("plainDynamic", awaiting=awaiting) == ["team?state=open&teamId=3@e.1001"]

    @pytest.mark.parametrize(
        "text",
        ["a,b", '"quoted"', "back\\slash", "ünïcode ✓", "line\r\nX-Evil: 1", "\x00", "x" * 300, "'!*()"],
    )
    def test_hold_any_text_without_splitting_a_header(self, text: str) -> None:
        made = harness(FUNCTIONS)
        answer = made.call("touchText", {"text": text})
        assert header_of(answer) == answer.body["invalidate"]
        assert all(" " <= letter <= "~" for letter in answer.headers["x-mizan-invalidate"])
        [entry] = answer.body["invalidate"]
        assert made.get(f"/ctx/{entry.partition('@')[0]}").body == {"textSeen": text}

    def test_that_are_too_long_leave_out_their_longest_parameter(self) -> None:
        assert stale("touchText", {"text": "x" * 2000}) == ["text@e.1001"]

    def test_that_do_not_fit_the_header_become_broader_and_an_unrelated_instance_settles(self) -> None:
        made = harness(FUNCTIONS)
        answer = made.call("dynamic", {"ids": list(range(1, 201))})
        assert answer.body["invalidate"] == ["thing@e.1001", "user@e.1001"]
        assert header_of(answer) == answer.body["invalidate"]
        other = made.get("/ctx/user?userId=999&$min=e.1001")
        assert other.headers["x-mizan-revision"] == "e.1001"
        many = made.call("dynamic", {"ids": list(range(1, 60))})
        assert sum(len(name) + len(value) + 4 for name, value in many.headers.items()) <= 2000

    def test_get_one_number_a_context_and_call(self, awaiting: bool) -> None:
        made = harness(FUNCTIONS, awaiting=awaiting)
        assert made.call("dynamic", {"ids": [1, 2]}).body["invalidate"] == [
            "thing@e.1001",
            "user?userId=1@e.1001",
            "user?userId=2@e.1001",
        ]
        assert made.call("byName", {"userId": 1, "name": ""}).body["invalidate"] == ["user?userId=1@e.1002"]
        assert made.call("broad").body["invalidate"] == ["user@e.1003"]

    def test_have_no_number_when_the_store_fails(self) -> None:
        class Half:
            def last(self, context: str) -> Revision:
                return Revision("e", 1)

            async def take(self, context: str, scopes: Any, instances: Any) -> Taken:
                if context == "user":
                    raise OSError("gone")
                return Taken(Revision("e", 2), ())

        assert stale("both", {"userId": 5}, store=Half()) == ["team@e.2", "user?userId=5"]


class TestWhatDecidesIsTheCommit:
    @pytest.mark.parametrize("how", ["crash", "declared", "standard", "no JSON"])
    def test_without_a_transaction_a_handler_that_raises_announces(self, awaiting: bool, how: str) -> None:
        answer = harness(FUNCTIONS, awaiting=awaiting).call("fails", {"userId": 5, "how": how})
        assert answer.status >= 400
        assert list(answer.body) == ["error", "invalidate"]
        assert answer.body["invalidate"] == ["team?teamId=1@e.1001", "user?userId=5@e.1001"]
        assert header_of(answer) == answer.body["invalidate"]

    @pytest.mark.parametrize("how", ["crash", "declared", "standard", "no JSON"])
    def test_with_a_transaction_it_rolls_back_and_announces_nothing(self, awaiting: bool, how: str) -> None:
        made = harness(FUNCTIONS, awaiting=awaiting, transactional=True)
        answer = made.call("fails", {"userId": 5, "how": how})
        assert list(answer.body) == ["error"]
        assert "x-mizan-invalidate" not in answer.headers
        assert made.get("/ctx/user?userId=5").headers["x-mizan-revision"] == "e.1000"

    def test_what_committed_is_announced_although_the_output_is_wrong(self, awaiting: bool) -> None:
        for transactional in (False, True):
            made = harness(FUNCTIONS, awaiting=awaiting, transactional=transactional)
            answer = made.call("lies", {"userId": 5})
            assert (answer.status, answer.code) == (500, "INTERNAL")
            assert answer.body["invalidate"] == ["user?userId=5@e.1001"]

    def test_what_a_host_that_breaks_its_word_has_committed_nobody_knows(
        self, awaiting: bool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*args: Any) -> Any:
            raise RuntimeError("no more threads")

        made = harness(FUNCTIONS, awaiting=awaiting)
        monkeypatch.setattr(made.host, "perform", broken)
        answer = made.call("byName", {"userId": 5, "name": "x"})
        assert (answer.code, answer.body["invalidate"]) == ("INTERNAL", ["user?userId=5@e.1001"])
        assert current_request.get() is None

    @pytest.mark.parametrize(
        ("fn", "args", "headers"),
        [
            ("mayNot", {"userId": 5}, {}),
            ("byName", {"userId": "x"}, {}),
            ("settleUser", {"userId": 5}, {}),
            ("guarded", {"userId": 5}, {"x-user": "1"}),
        ],
    )
    def test_what_never_started_announces_nothing(self, fn: str, args: Any, headers: dict[str, str]) -> None:
        made = harness(FUNCTIONS, identify=by_header)
        answer = made.call(fn, args, headers)
        assert answer.status >= 400
        assert list(answer.body) == ["error"]
        assert made.get("/ctx/user?userId=5").headers["x-mizan-revision"] == "e.1000"

    def test_numbers_are_taken_after_the_commit_and_before_the_answer(self) -> None:
        class Noting:
            def last(self, context: str) -> Revision:
                return Revision("e", 1)

            def take(self, context: str, scopes: Any, instances: Any) -> Taken:
                made.host.begun.append(f"number for {', '.join(scopes)}")
                return Taken(Revision("e", 2), ())

        made = harness(FUNCTIONS, transactional=True, store=Noting())
        assert made.call("dynamic", {"ids": [5]}).body["invalidate"] == ["thing@e.2", "user?userId=5@e.2"]
        assert made.host.begun == ["begin", "commit", "number for thing", "number for user?userId=5"]


class Suit(enum.Enum):
    RED = "red"


class TestInvalidate:
    def test_raises_at_a_parameter_that_the_context_lacks_at_a_wrong_value_at_what_is_no_context(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        made = harness(FUNCTIONS)
        for how in ("name", "type", "what"):
            assert made.call("misuse", {"how": how}).code == "INTERNAL"
        texts = [str(record.exc_info[1]) for record in said(caplog) if record.exc_info]
        assert texts[0] == (
            'invalidate: the context "user" has no parameter "userid". It has page, user_id. '
            "Did you mean user_id?"
        )
        assert "userId" in texts[1]
        assert "invalidate takes a context" in texts[2]

    @pytest.mark.parametrize("awaited", [False, True])
    def test_raises_in_a_read(self, awaited: bool, caplog: pytest.LogCaptureFixture) -> None:
        context = Context("reading")

        @client(context=context)
        def x() -> int:
            invalidate(context)
            return 1

        made = harness([x], awaiting=awaited)
        assert made.get("/ctx/reading").status == 500
        assert made.call("x").status == 500
        one, _ = said(caplog)
        assert one.exc_info is not None
        assert "invalidate(reading) in a read" in str(one.exc_info[1])

    def test_announces_from_outside_of_a_request(self) -> None:
        made = harness(FUNCTIONS)
        invalidate(UserContext, user_id=5)
        invalidate(UserContext)
        made.app.invalidate(UserContext, {"user_id": 5})
        assert made.get("/ctx/user?userId=7").headers["x-mizan-revision"] == "e.1003"
        with pytest.raises(TypeError, match=r"Did you mean user_id\?"):
            invalidate(UserContext, userid=5)
        with pytest.raises(TypeError, match='the context "stray" has no member'):
            invalidate(Context("stray"))
        with pytest.raises(ValueError, match="user"):
            invalidate(UserContext, user_id="five")

    def test_announces_in_each_server_that_has_the_context(self) -> None:
        mine, other = harness(FUNCTIONS), harness(FUNCTIONS)
        without = harness([thing_name])
        invalidate(UserContext)
        assert without.get("/ctx/thing?id=1").headers["x-mizan-revision"] == "e.1000"
        for made in (mine, other):
            assert made.get("/ctx/user?userId=7").headers["x-mizan-revision"] == "e.1001"

    def test_takes_pythons_values(self) -> None:
        context = Context("typed")

        @client(context=context)
        def typed(key: uuid.UUID, suit: Literal["red", "black"], many: bool = False) -> int:
            return 1

        @client
        def touch() -> None:
            invalidate(context, key=uuid.UUID(int=5), suit=Suit.RED, many=True)
            invalidate(context, key=None, suit="black")

        assert harness([typed, touch]).call("touch").body["invalidate"] == [
            "typed?suit=black@e.1001",
            f"typed?key={uuid.UUID(int=5)}&many=true&suit=red@e.1001",
        ]

    def test_of_somebody_who_identifies_announces_by_itself(self) -> None:
        def identify(request: RequestState) -> None:
            assert current_request.get() is None
            invalidate(UserContext, user_id=5)

        made = harness(FUNCTIONS, identify=identify)
        assert made.get("/ctx/user?userId=7").status == 200
        assert made.get("/ctx/user?userId=7").headers["x-mizan-revision"] == "e.1001"

    def test_after_the_list_was_taken_announces_by_itself(self) -> None:
        kept: list[RequestState] = []

        @client
        def keep() -> None:
            request = current_request.get()
            assert request is not None
            kept.append(request)

        made = harness([*FUNCTIONS, keep])
        assert made.call("keep").body["invalidate"] == []
        assert current_request.get() is None
        current_request.set(kept[0])
        try:
            invalidate(UserContext, user_id=5)
        finally:
            current_request.set(None)
        assert made.get("/ctx/user?userId=5").headers["x-mizan-revision"] == "e.1001"


class TestADirectCall:
    def test_joins_the_answer_under_way(self, awaiting: bool) -> None:
        joined = ["team?teamId=5@e.1001", "user?userId=5@e.1001"]
        assert stale("outer", {"userId": 5}, awaiting=awaiting) == joined
        assert stale("outer", {"userId": 5}, awaiting=awaiting, transactional=True) == joined
        assert stale("outer", {"userId": -5}) == ["team?teamId=-5@e.1001", "user?userId=-5@e.1001"]

    def test_stands_alone_outside_of_a_call_raised_or_not(self) -> None:
        made = harness(FUNCTIONS)

        def revision() -> str:
            return made.get("/ctx/user?userId=5").headers["x-mizan-revision"]

        assert revision() == "e.1000"
        settle_user(user_id=5)
        assert revision() == "e.1001"
        with pytest.raises(RuntimeError, match="no such user"):
            settle_user(-1)
        assert revision() == "e.1002"

    def test_notes_the_scope_of_what_was_returned(self) -> None:
        made = harness(FUNCTIONS)
        from_result("nine")
        store = made.app.store.take("user", ["user"], ["user?userId=9", "user?userId=8"])
        assert [previous.n for previous in store.previous] == [1001, 1000]

    def test_is_refused_in_a_read(self, caplog: pytest.LogCaptureFixture) -> None:
        context = Context("writing")

        @client(context=context)
        def sly() -> int:
            settle_user(5)
            return 1

        made = harness([*FUNCTIONS, sly])
        assert made.get("/ctx/writing").status == 500
        [record] = said(caplog)
        assert record.exc_info is not None
        assert "settle_user() was called in a read" in str(record.exc_info[1])
        assert made.get("/ctx/user?userId=5").headers["x-mizan-revision"] == "e.1000"

    def test_of_what_the_server_does_not_have_is_an_error_with_help(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        @client(affects=UserContext)
        def stranger() -> None:
            return None

        @client
        def calls() -> None:
            stranger()

        made = harness([user_name, calls])
        assert made.call("calls").code == "INTERNAL"
        [record] = said(caplog)
        assert record.exc_info is not None
        assert "register its module too" in str(record.exc_info[1])

    def test_without_a_server_only_runs(self) -> None:
        @client(affects=UserContext)
        def alone() -> int:
            return 1

        assert alone() == 1


def test_a_call_knows_what_it_announced(awaiting: bool) -> None:
    made: Harness = harness(FUNCTIONS, awaiting=awaiting)
    assert made.call("both", {"userId": 5}).body["invalidate"] == ["team@e.1001", "user?userId=5@e.1001"]
