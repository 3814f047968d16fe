import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import BaseModel

from mizan.core.define import Context, client
from mizan.core.identity import Identity
from mizan.core.request import invalidate
from mizan.core.revision import Revision
from mizan.core.store import Taken

from .harness import Harness, by_header, harness


class Profile(BaseModel):
    id: int
    name: str


UserContext = Context("user")
TeamContext = Context("team")


@client(context=UserContext)
def user_profile(user_id: int) -> Profile:
    return Profile(id=user_id, name="read")


@client(context=UserContext)
def user_alias(user_id: int) -> Profile:
    return Profile(id=user_id, name="alias")


@client(context=UserContext)
def user_count(user_id: int, page: int = 1) -> int:
    return 1


@client(context=TeamContext)
def team_size() -> int:
    return 2


@client(merge=user_profile)
def rename(user_id: int, name: str) -> Profile:
    return Profile(id=user_id, name=name)


QUERIES = (user_profile, user_alias, user_count, team_size)


@pytest.fixture(params=[False, True], ids=["blocking", "awaiting"])
def app(request: pytest.FixtureRequest) -> Harness:
    return harness([*QUERIES, rename], awaiting=request.param)


class TestAMerge:
    def test_says_into_which_member_of_which_instance_between_which_numbers(self, app: Harness) -> None:
        first = app.call("rename", {"userId": 5, "name": "Bob"})
        assert first.text == (
            '{"result":{"id":5,"name":"Bob"},"invalidate":["user/userProfile?userId=5@e.1001"],'
            '"merge":[{"into":"user/userProfile?page=1&userId=5","base":"e.1000","revision":"e.1001"}]}'
        )
        second = app.call("rename", {"userId": 5, "name": "Cy"})
        assert second.body["merge"] == [
            {"into": "user/userProfile?page=1&userId=5", "base": "e.1001", "revision": "e.1002"}
        ]
        assert app.call("rename", {"userId": 6, "name": "Di"}).body["merge"][0]["base"] == "e.1000"

    def test_says_whose_it_is_where_it_goes_into_a_bundle_of_class_user_and_only_there(self) -> None:
        desk = Context("desk")

        @client(context=desk, auth=True)
        def desk_owner(who: Identity) -> str:
            return who.id

        @client(merge=desk_owner, auth=True)
        def claim(who: Identity) -> str:
            return who.id

        made = harness([*QUERIES, rename, desk_owner, claim], identify=by_header)
        ada, header = {"x-user": "5"}, "x-mizan-identity"
        claimed = made.call("claim", {}, headers=ada)
        assert claimed.body["merge"] == [{"into": "desk/deskOwner", "base": "e.1000", "revision": "e.1001"}]
        assert claimed.headers[header] == made.get("/ctx/desk", ada).headers[header]
        named = made.call("rename", {"userId": 5, "name": "Bob"}, headers=ada)
        assert header not in named.headers

    def test_takes_the_instance_from_the_result_in_several_members_sorted(self) -> None:
        @client(merge=[user_profile.scope(user_id="id"), user_alias.scope(user_id="id")])
        def create(name: str) -> Profile:
            return Profile(id=9, name=name)

        body = harness([*QUERIES, create]).call("create", {"name": "Eve"}).body
        assert [entry["into"] for entry in body["merge"]] == [
            "user/userAlias?page=1&userId=9",
            "user/userProfile?page=1&userId=9",
        ]
        assert body["invalidate"] == ["user/userAlias?userId=9@e.1001", "user/userProfile?userId=9@e.1001"]

    def test_is_no_entry_when_anything_else_says_that_the_instance_changed(self) -> None:
        @client(merge=user_profile, affects=[UserContext, TeamContext])
        def both(user_id: int, name: str) -> Profile:
            return Profile(id=user_id, name=name)

        @client(merge=user_profile)
        def told(user_id: int, name: str) -> Profile:
            invalidate(UserContext, user_id=user_id)
            return Profile(id=user_id, name=name)

        @client(merge=user_profile, affects=TeamContext)
        def elsewhere(user_id: int, name: str) -> Profile:
            return Profile(id=user_id, name=name)

        made = harness([*QUERIES, both, told, elsewhere])
        args = {"userId": 5, "name": "x"}
        assert "merge" not in made.call("both", args).body
        assert "merge" not in made.call("told", args).body
        assert len(made.call("elsewhere", args).body["merge"]) == 1

    def test_is_no_entry_when_another_change_came_between_the_first_look_and_the_number(self) -> None:
        async def schedule() -> Any:
            started, go_on = asyncio.Event(), asyncio.Event()

            @client(merge=user_profile)
            async def slow(user_id: int, name: str) -> Profile:
                started.set()
                await go_on.wait()
                return Profile(id=user_id, name=name)

            made = harness([*QUERIES, slow], awaiting=True)
            late = asyncio.ensure_future(made.acall("slow", {"userId": 5, "name": "late"}))
            await started.wait()
            invalidate(UserContext, user_id=5)
            go_on.set()
            return (await late).body

        body = asyncio.run(schedule())
        assert "merge" not in body
        assert body["invalidate"] == ["user/userProfile?userId=5@e.1002"]

    def test_stands_when_the_change_that_came_between_was_another_instances(self) -> None:
        @client(merge=user_profile)
        def busy(user_id: int, name: str) -> Profile:
            made.app.store.take("user", ["user?userId=6"], [])
            return Profile(id=user_id, name=name)

        made = harness([*QUERIES, busy])
        assert made.call("busy", {"userId": 5, "name": "x"}).body["merge"] == [
            {"into": "user/userProfile?page=1&userId=5", "base": "e.1000", "revision": "e.1002"}
        ]

    def test_is_no_entry_when_the_call_failed(self) -> None:
        @client(merge=user_profile)
        def failing(user_id: int) -> Profile:
            return {"id": "x"}  # type: ignore[return-value]

        assert list(harness([*QUERIES, failing]).call("failing", {"userId": 5}).body) == [
            "error",
            "invalidate",
        ]


class Epochs:
    """A store whose record has these epochs: when first read, before and after the number."""

    def __init__(self, first: str, before: str, after: str, seen: list[str] | None = None) -> None:
        self.first, self.before, self.after = first, before, after
        self.seen = seen

    def last(self, context: str) -> Revision:
        if self.seen is not None:
            self.seen.append(f"last {context}")
        return Revision(self.first, 5)

    def take(self, context: str, scopes: Sequence[str], instances: Sequence[str]) -> Taken:
        return Taken(Revision(self.after, 9), tuple(Revision(self.before, 1) for _ in instances))


class Down:
    """A store that fails."""

    async def last(self, context: str) -> Revision:
        raise OSError("down")

    async def take(self, context: str, scopes: Sequence[str], instances: Sequence[str]) -> Taken:
        raise OSError("down")


class TestAStore:
    @pytest.mark.parametrize(("epochs", "entries"), [("aaa", 1), ("abb", 0), ("aab", 0), ("baa", 0)])
    def test_that_lost_its_record_makes_no_entry(self, epochs: str, entries: int) -> None:
        made = harness([*QUERIES, rename], store=Epochs(*epochs))
        body = made.call("rename", {"userId": 5, "name": ""}).body
        assert len(body.get("merge", [])) == entries

    def test_that_fails_makes_no_entry(self) -> None:
        made = harness([*QUERIES, rename], store=Down())
        assert made.call("rename", {"userId": 5, "name": ""}).body == {
            "result": {"id": 5, "name": ""},
            "invalidate": ["user/userProfile?userId=5"],
        }

    def test_is_asked_before_identity_and_guards(self) -> None:
        seen: list[str] = []
        made = harness(
            [*QUERIES, rename],
            store=Epochs("e", "e", "e", seen),
            identify=lambda request: seen.append("identify"),
        )
        made.call("rename", {"userId": 5, "name": ""})
        assert seen == ["last user", "identify"]
