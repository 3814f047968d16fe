from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, Field

from mizan.core.define import Context, client
from mizan.core.entity_tag import matches_tag
from mizan.core.errors import MizanError
from mizan.core.host import Performed
from mizan.core.identity import Identity
from mizan.core.plan import FunctionPlan
from mizan.core.request import RequestState
from mizan.core.revision import Revision
from mizan.core.store import Taken

from .harness import SECRET, Harness, Sent, by_header, events, harness, said

UserContext = Context("user")
CatalogContext = Context("catalog", cache=60, rev=2)
DeskContext = Context("desk")
FilterContext = Context("filter", cache=5)

runs: list[tuple[str, Mapping[str, Any]]] = []
fails: dict[str, Exception] = {}


def ran(name: str, **args: Any) -> None:
    runs.append((name, args))
    if name in fails:
        raise fails[name]


@client(context=UserContext)
def user_posts(user_id: Annotated[int, Field(ge=1)], page: int = 1) -> list[str]:
    ran("userPosts", user_id=user_id, page=page)
    return [f"{user_id}/{page}"]


@client(context=UserContext)
async def user_name(user_id: Annotated[int, Field(ge=1)]) -> str:
    ran("userName", user_id=user_id)
    return f"User {user_id}"


@client(context=UserContext)
def user_age(user_id: Annotated[int, Field(ge=1)]) -> int:
    ran("userAge", user_id=user_id)
    return 7


@client(context=UserContext, private=True)
def hidden(user_id: Annotated[int, Field(ge=1)]) -> int:
    ran("hidden", user_id=user_id)
    return 1


@client(context=CatalogContext)
def stamp() -> int:
    ran("stamp")
    return 1


@client(context=DeskContext, auth=True)
def desk_owner(who: Identity) -> str:
    return who.id


@client(context=DeskContext)
def desk_news() -> str:
    return "news"


@client(context=DeskContext, auth=lambda who, args: who.has_id(args.owner_id))
def desk_mine(owner_id: int = 5) -> str:
    return "mine"


@client(context=FilterContext)
def filtered(q: str = "", team: Literal["red", "blue"] | None = None) -> Any:
    ran("filtered", q=q, team=team)
    return {"q": q, "team": team}


FUNCTIONS = (user_posts, user_name, user_age, hidden, stamp, desk_owner, desk_news, desk_mine, filtered)


@pytest.fixture(params=[False, True], ids=["blocking", "awaiting"])
def app(request: pytest.FixtureRequest) -> Harness:
    runs.clear()
    fails.clear()
    return harness(FUNCTIONS, awaiting=request.param, identify=by_header)


class TestABundle:
    def test_holds_the_members_in_order_each_run_once_with_its_own_parameters(self, app: Harness) -> None:
        answer = app.get("/ctx/user?userId=5&page=2")
        assert answer.status == 200
        assert answer.text == '{"userAge":7,"userName":"User 5","userPosts":["5/2"]}'
        assert runs == [
            ("userAge", {"user_id": 5}),
            ("userName", {"user_id": 5}),
            ("userPosts", {"user_id": 5, "page": 2}),
        ]
        assert app.host.ended_reads == 1
        assert answer.headers["x-mizan-revision"] == "e.1000"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "x-mizan-contract" not in answer.headers
        assert "x-mizan-identity" not in answer.headers

    def test_fills_in_defaults_and_takes_keys_in_any_order(self, app: Harness) -> None:
        one = app.get("/ctx/user?page=1&userId=5")
        other = app.get("/ctx/user?userId=5")
        assert one.headers["etag"] == other.headers["etag"]
        app.get("/ctx/filter")
        app.get("/ctx/filter?team=red&q=a%20b")
        assert [args for _, args in runs[-2:]] == [{"q": "", "team": None}, {"q": "a b", "team": "red"}]

    def test_reads_one_member_alone(self, app: Harness) -> None:
        answer = app.get("/ctx/user/userPosts?userId=5")
        assert answer.text == '{"userPosts":["5/1"]}'
        assert answer.headers["x-mizan-revision"] == "e.1000"
        assert [name for name, _ in runs] == ["userPosts"]
        assert app.get("/ctx/user/userName?userId=5&page=3").status == 200

    @pytest.mark.parametrize(
        ("target", "found"),
        [
            ("/ctx/user", "/userId required"),
            ("/ctx/user?userId=x", "/userId format"),
            ("/ctx/user?userId=05", "/userId format"),
            ("/ctx/user?userId=0", "/userId min"),
            ("/ctx/user?userId=5&userId=5", "/userId format"),
            ("/ctx/user?userId=5&x=1", "/x unknown"),
            ("/ctx/user?userId=5&", " format"),
            ("/ctx/user?userId=5&$min=nonsense", "/$min format"),
            ("/ctx/filter?q=a+b", "/q format"),
            ("/ctx/filter?q=%zz", "/q format"),
            ("/ctx/filter?q=%ff", "/q format"),
            ("/ctx/filter?q=%2f", "/q format"),
            ("/ctx/filter?team=green", "/team enum"),
            (f"/ctx/filter?q={'x' * 1100}", " maxLength"),
            (f"/ctx/filter?q={'x' * 3000}", " maxLength"),
        ],
    )
    def test_refuses_parameters_before_a_member_runs(self, app: Harness, target: str, found: str) -> None:
        answer = app.get(target)
        assert answer.status == 422
        [finding] = answer.body["error"]["details"]
        assert f"{finding['path']} {finding['code']}" == found
        assert runs == []
        assert answer.headers["cache-control"] == "private, no-store"

    @pytest.mark.parametrize(
        "target",
        [
            "/ctx/nowhere",
            "/ctx/__class__",
            "/ctx/user/nothing?userId=5",
            "/ctx/user/hidden?userId=5",
            "/ctx/user/stamp?userId=5",
        ],
    )
    def test_knows_nothing_of(self, app: Harness, target: str) -> None:
        answer = app.get(target)
        assert (answer.status, answer.code) == (404, "NOT_FOUND")
        assert runs == []

    def test_whose_end_fails_is_internal(self, app: Harness, caplog: pytest.LogCaptureFixture) -> None:
        app.host.end_error = RuntimeError("the session would not close")
        assert app.get("/ctx/user?userId=5").code == "INTERNAL"
        assert events(caplog) == ["failure"]

    def test_ends_what_its_members_share_also_when_the_process_is_to_end(self) -> None:
        context = Context("stop")

        @client(context=context)
        def stop() -> int:
            raise KeyboardInterrupt

        made = harness([stop])
        with pytest.raises(KeyboardInterrupt):
            made.get("/ctx/stop")
        assert made.host.ended_reads == 1


class TestFailingMembers:
    def test_do_not_blank_the_page_and_such_a_page_is_stored_nowhere(
        self, app: Harness, caplog: pytest.LogCaptureFixture
    ) -> None:
        fails["userName"] = MizanError.conflict("busy")
        fails["userAge"] = RuntimeError("secret")
        answer = app.get("/ctx/user?userId=5")
        assert answer.status == 200
        [record] = said(caplog)
        assert answer.body == {
            "$errors": {
                "userAge": {"code": "INTERNAL", "message": "Internal error", "id": vars(record)["error_id"]},
                "userName": {"code": "CONFLICT", "message": "busy"},
            },
            "userPosts": ["5/1"],
        }
        assert answer.text.startswith('{"$errors"')
        assert answer.headers["cache-control"] == "private, no-store"
        assert "etag" not in answer.headers
        assert answer.headers["x-mizan-revision"] == "e.1000"

    def test_are_the_answer_when_all_fail_the_first_by_name(self, app: Harness) -> None:
        fails["userName"] = MizanError.not_found("no name")
        fails["userAge"] = MizanError.conflict("no age")
        fails["userPosts"] = MizanError.unavailable("no posts")
        every = app.get("/ctx/user?userId=5")
        assert (every.status, every.code) == (409, "CONFLICT")
        assert "x-mizan-revision" not in every.headers
        one = app.get("/ctx/user/userPosts?userId=5")
        assert (one.status, one.code) == (503, "UNAVAILABLE")

    def test_fail_by_their_output_and_by_their_validator_too(self) -> None:
        context = Context("odd")

        def small(n: int) -> int:
            if n > 10:
                raise ValueError("too many")
            return n

        @client(context=context)
        def good() -> int:
            return 1

        @client(context=context)
        def lying() -> int:
            return "x"  # type: ignore[return-value]

        @client(context=context)
        def picky(n: Annotated[int, AfterValidator(small)]) -> int:
            return n

        made = harness([good, lying, picky])
        body = made.get("/ctx/odd?n=11").body
        assert body["good"] == 1
        assert {name: error["code"] for name, error in body["$errors"].items()} == {
            "lying": "INTERNAL",
            "picky": "VALIDATION_FAILED",
        }
        assert made.get("/ctx/odd?n=1").body["picky"] == 1
        refused = made.get("/ctx/odd/picky?n=11")
        assert (refused.status, refused.body["error"]["details"][0]["path"]) == (422, "/n")


class TestGuardedMembers:
    def test_are_guarded_one_by_one(self, app: Harness) -> None:
        closed = {"code": "UNAUTHENTICATED", "message": "Sign in first"}
        nobody = app.get("/ctx/desk")
        assert nobody.body == {"$errors": {"deskMine": closed, "deskOwner": closed}, "deskNews": "news"}
        ada = {"x-user": "5"}
        assert app.get("/ctx/desk", ada).body == {"deskMine": "mine", "deskNews": "news", "deskOwner": "5"}
        other = app.get("/ctx/desk?ownerId=6", ada)
        assert other.body["$errors"] == {"deskMine": {"code": "FORBIDDEN", "message": "Not allowed"}}
        assert app.get("/ctx/desk/deskOwner").status == 401

    def test_make_the_context_one_for_users_and_its_answers_say_for_whom(self, app: Harness) -> None:
        ada = {"x-user": "5"}
        answer = app.get("/ctx/desk", ada)
        assert answer.headers["cache-control"] == "private, no-store"
        assert "etag" not in answer.headers
        assert answer.headers["x-mizan-identity"] == app.get("/session/", ada).body["identity"]
        nobody = app.get("/session/").body["identity"]
        assert app.get("/ctx/desk").headers["x-mizan-identity"] == nobody
        assert app.get("/ctx/desk/deskOwner").headers["x-mizan-identity"] == nobody

    def test_that_all_refuse_come_before_the_parameters(self) -> None:
        context = Context("closed")

        @client(context=context, auth=True)
        def a(n: int) -> int:
            return n

        @client(context=context, auth="staff")
        def b(n: int) -> int:
            return n

        made = harness([a, b], identify=by_header)
        assert made.get("/ctx/closed?n=x").status == 401
        assert made.get("/ctx/closed?n=x", {"x-user": "1"}).status == 422
        assert made.get("/ctx/closed/b?n=x", {"x-user": "1"}).status == 403


class TestCaches:
    def test_are_told_what_they_may_keep(self, app: Harness) -> None:
        assert app.get("/ctx/user?userId=5").headers["cache-control"] == "private, no-cache"
        headers = app.get("/ctx/filter?q=a").headers
        assert headers["cache-control"] == "public, max-age=0, s-maxage=5"
        context, one = headers["surrogate-key"].split(" ")
        assert context == "filter"
        assert one.startswith("filter.")
        assert "surrogate-key" not in app.get("/ctx/user?userId=5").headers

    def test_may_not_share_what_sets_a_cookie(self, app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
        perform = app.host.perform

        def cookie(plan: FunctionPlan, args: dict[str, Any], request: RequestState) -> Any:
            request.sets_cookie = True
            return perform(plan, args, request)

        monkeypatch.setattr(app.host, "perform", cookie)
        headers = app.get("/ctx/filter?q=a").headers
        assert headers["cache-control"] == "private, no-cache"
        assert "surrogate-key" not in headers

    def test_may_have_their_tags_in_another_header(self) -> None:
        context = Context("tagged", cache=1)

        @client(context=context)
        def x(a: int, b: int) -> int:
            return 1

        headers = harness([x], tag_header="Cache-Tag").get("/ctx/tagged?a=1&b=2").headers
        assert len(headers["cache-tag"].split(",")) == 4
        assert "surrogate-key" not in headers

    def test_get_no_tags_and_may_not_keep_when_there_are_too_many(self) -> None:
        context = Context("a" * 64, cache=1)

        @client(context=context)
        def x(a: int, b: int, c: int, d: int, e: int) -> int:
            return 1

        answer = harness([x]).get(f"/ctx/{'a' * 64}?a=1&b=2&c=3&d=4&e=5")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert "surrogate-key" not in answer.headers
        assert "etag" not in answer.headers

    def test_ask_again_with_the_entity_tag_and_hear_304(self, app: Harness) -> None:
        first = app.get("/ctx/catalog")
        tag = first.headers["etag"]
        runs.clear()
        again = app.get("/ctx/catalog", {"if-none-match": tag})
        assert (again.status, again.text) == (304, "")
        for name in ("etag", "cache-control", "x-mizan-revision", "surrogate-key"):
            assert again.headers[name] == first.headers[name]
        assert "content-type" not in again.headers
        assert len(runs) == 1
        assert app.get("/ctx/catalog", {"if-none-match": '"a"'}).status == 200

    def test_see_another_tag_for_another_body_instance_or_secret(self) -> None:
        context = Context("one")
        name = "Ada"

        @client(context=context)
        def one(n: int) -> str:
            return name

        @client(affects=context)
        def touch(n: int) -> None:
            return None

        functions = [one, touch]
        made = harness(functions)
        first = made.get("/ctx/one?n=1").headers
        assert made.get("/ctx/one?n=2").headers["etag"] != first["etag"]
        made.call("touch", {"n": 1})
        later = made.get("/ctx/one?n=1").headers
        assert later["x-mizan-revision"] != first["x-mizan-revision"]
        assert later["etag"] == first["etag"]
        name = "Bob"
        assert made.get("/ctx/one?n=1").headers["etag"] != first["etag"]
        name = "Ada"
        assert made.get("/ctx/one?n=1").headers["etag"] == first["etag"]
        other = harness(functions, secret=f"{SECRET}!")
        assert other.get("/ctx/one?n=1").headers["etag"] != first["etag"]

    def test_remember_a_bounded_number_of_tags(self) -> None:
        context = Context("many")

        @client(context=context)
        def many(n: int) -> str:
            return "x" * 9000 if n < 0 else str(n)

        made = harness([many])
        for n in range(600):
            made.get(f"/ctx/many?n={n}")
        made.get("/ctx/many?n=-1")
        assert len(made.app.entity_tags) == 512
        assert "many?n=599" in made.app.entity_tags
        assert "many?n=-1" not in made.app.entity_tags

    def test_are_passed_by_with_min(self, app: Harness) -> None:
        answer = app.get("/ctx/catalog?$min=e.900,x.7")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert answer.headers["x-mizan-revision"] == "e.1000"
        assert "etag" not in answer.headers
        assert app.get("/ctx/catalog?$min=*").status == 200

    def test_learn_the_number_that_the_store_lost_once_it_is_below_the_clock(self) -> None:
        now = 1000.0
        made = harness([stamp], clock=lambda: now)
        made.get("/ctx/catalog")
        assert made.get("/ctx/catalog?$min=e.1500").headers["x-mizan-revision"] == "e.1000"
        now = 2000.0
        assert made.get("/ctx/catalog?$min=e.1500").headers["x-mizan-revision"] == "e.1500"
        assert made.get("/ctx/catalog?$min=other.1500").headers["x-mizan-revision"] == "e.1000"

    def test_hear_the_same_of_head_and_the_adapter_leaves_the_body_out(self, app: Harness) -> None:
        head = app.send(Sent("HEAD", "/ctx/catalog"))
        assert (head.status, head.headers["etag"]) == (200, app.get("/ctx/catalog").headers["etag"])


class Recording:
    """A store that notes when it is asked."""

    def __init__(self, seen: list[str]) -> None:
        self.seen = seen

    def last(self, context: str) -> Revision:
        self.seen.append("last")
        return Revision("e", 1)

    def take(self, context: str, scopes: Any, instances: Any) -> Taken:
        raise AssertionError("a read takes no number")


class Down:
    """A store that fails."""

    async def last(self, context: str) -> Revision:
        raise OSError("store gone")

    def take(self, context: str, scopes: Any, instances: Any) -> Taken:
        raise OSError("store gone")


class TestRevisions:
    def test_are_read_before_anything_of_the_request_touches_data(self) -> None:
        context = Context("order")
        seen: list[str] = []

        @client(context=context)
        def x() -> int:
            seen.append("member")
            return 1

        made = harness([x], store=Recording(seen), identify=lambda request: seen.append("identify"))
        assert made.get("/ctx/order").headers["x-mizan-revision"] == "e.1"
        assert seen == ["last", "identify", "member"]

    def test_are_left_out_when_the_store_fails_and_nothing_is_kept(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        now = 1000.0
        made = harness([stamp], store=Down(), clock=lambda: now)
        answer = made.get("/ctx/catalog")
        assert answer.status == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert "x-mizan-revision" not in answer.headers
        assert "etag" not in answer.headers
        now += 9_999
        made.get("/ctx/catalog")
        assert events(caplog) == ["store"]
        now += 1
        made.get("/ctx/catalog")
        assert events(caplog) == ["store", "store"]


class TestEntityTags:
    tag = f'"{"0" * 32}"'

    @pytest.mark.parametrize(
        ("field", "matches"),
        [
            ("{}", True),
            ("W/{}", True),
            ("*", True),
            (' "a", {} , "b" ', True),
            ('"a",, W/{}', True),
            ('"a"', False),
            ("", False),
            ("{} x", False),
            ('"a" {}', False),
            ("w/{}", False),
            ('{}"', False),
            ('"a", ' * 1000 + "{}", False),
        ],
    )
    def test_are_compared_weakly_and_what_is_not_well_formed_does_not_match(
        self, field: str, matches: bool
    ) -> None:
        assert matches_tag(field.format(self.tag), self.tag) is matches

    def test_without_quotes_do_not_match(self) -> None:
        assert not matches_tag(self.tag.strip('"'), self.tag)

    @given(st.text(st.characters(max_codepoint=255)))
    def test_take_any_field(self, field: str) -> None:
        assert isinstance(matches_tag(field, self.tag), bool)


def test_performed_says_by_itself_that_it_committed() -> None:
    assert Performed(1).committed
