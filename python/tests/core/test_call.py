import logging
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, Field

from mizan.core.define import Context, client
from mizan.core.errors import MizanError
from mizan.core.identity import Identity
from mizan.core.request import RequestState
from mizan.core.settings import Limits, SettingsError
from mizan.core.wire import BodyTaken

from .harness import SECRET, Harness, Sent, by_header, call, events, get, harness, post, said


class OutOfStock(MizanError, status=410):
    """Not enough."""

    left: int


class Reserved(MizanError):
    pass


class Hidden(MizanError):
    left: int


class Profile(BaseModel):
    id: int
    name: str


UserContext = Context("user")
ran: list[str] = []


def even(n: int) -> int:
    if n % 2:
        raise ValueError("must be even")
    return n


@client
def add(a: Annotated[int, Field(ge=0)], b: int = 2) -> int:
    return a + b


@client
async def later(a: str) -> str:
    return f"{a}!"


@client
def nothing() -> None:
    return None


@client
def strict(even_number: Annotated[int, AfterValidator(even)], name: str) -> int:
    ran.append("strict")
    return even_number


@client
def keep(value: Any) -> Any:
    return value


@client(context=UserContext)
def profile(user_id: int) -> Profile:
    return Profile(id=user_id, name="Ada")


@client
def wrong() -> Profile:
    return {"id": 1, "name": 7}  # type: ignore[return-value]


@client
def crash() -> None:
    raise RuntimeError("connection to db-internal refused") from ValueError("secret-7f3a")


@client(errors=[OutOfStock, Reserved])
def buy(how: str) -> int:
    if how == "declared":
        raise OutOfStock(left=2)
    if how == "bare":
        raise Reserved()
    if how == "wrong":
        raise OutOfStock(left="two")  # type: ignore[arg-type]
    if how == "hidden":
        raise Hidden(left=1)
    if how == "standard":
        raise MizanError.conflict("changed meanwhile")
    if how == "field":
        raise MizanError.invalid(email="is taken")
    if how == "internal":
        raise MizanError.internal("my secret")
    if how == "made":
        raise MizanError("Teapot", "short and stout")
    if how == "surrogate":
        raise MizanError.conflict("\ud800")
    if how == "object":
        raise MizanError("CONFLICT", "odd", details=object())
    if how == "empty":
        raise MizanError.conflict("")
    return 1


@client(private=True)
def hook() -> None:
    ran.append("hook")


@client(auth=True)
def mine(n: int) -> None:
    ran.append("mine")


@client(auth="staff")
def staff(n: int) -> None:
    ran.append("staff")


@client(auth="superuser")
def superuser() -> None:
    ran.append("superuser")


@client(auth=lambda who, args: who.has_id(args.owner_id))
def owner(owner_id: int) -> None:
    ran.append("owner")


async def owns_later(who: Identity, args: Any) -> bool:
    return who.has_id(args.owner_id)


@client(auth=owns_later)
def owner_later(owner_id: int) -> None:
    ran.append("owner_later")


def picky(who: Identity, args: Any) -> bool:
    raise MizanError.not_found("Not for you")


@client(auth=picky)
def picky_guard() -> None:
    ran.append("picky")


@client
def whoami(who: Identity | None) -> str | None:
    return None if who is None else who.id


FUNCTIONS = (
    add, later, nothing, strict, keep, profile, wrong, crash, buy, hook, mine, staff, superuser, owner,
    owner_later, picky_guard, whoami,
)  # fmt: skip


def identify(request: RequestState) -> Identity | None:
    if request.header("x-user") == "bad":
        raise MizanError.unauthenticated("Bad token")
    return by_header(request)


@pytest.fixture(params=[False, True], ids=["blocking", "awaiting"])
def app(request: pytest.FixtureRequest) -> Harness:
    ran.clear()
    return harness(FUNCTIONS, awaiting=request.param, identify=identify)


class TestACall:
    def test_answers_the_result_an_empty_list_and_the_contract(self, app: Harness) -> None:
        answer = app.call("add", {"a": 1})
        assert answer.status == 200
        assert answer.text == '{"result":3,"invalidate":[]}'
        assert answer.headers == {
            "content-type": "application/json",
            "x-content-type-options": "nosniff",
            "cache-control": "private, no-store",
            "x-mizan-contract": app.app.export().hash[:16],
        }

    def test_waits_for_handlers_and_answers_null_where_nothing_is_returned(self, app: Harness) -> None:
        assert app.call("later", {"a": "hi"}).body["result"] == "hi!"
        assert app.call("nothing").body == {"result": None, "invalidate": []}

    def test_may_call_a_query_which_makes_nothing_stale(self, app: Harness) -> None:
        answer = app.call("profile", {"userId": 5})
        assert answer.body == {"result": {"id": 5, "name": "Ada"}, "invalidate": []}
        assert app.host.ended_reads == 1

    def test_of_a_query_whose_end_fails_is_internal(self, app: Harness) -> None:
        app.host.end_error = RuntimeError("the session would not close")
        assert app.call("profile", {"userId": 5}).code == "INTERNAL"

    @pytest.mark.parametrize(
        "value", [{"a": [1, "x", None, {"b": True}], "": 0.5}, "ünï \u2028 ✓ \U0001f600", 0.1, -1e22, [[[]]]]
    )
    def test_keeps_any_json_as_it_is(self, app: Harness, value: Any) -> None:
        assert app.call("keep", {"value": value}).body["result"] == value


class TestArguments:
    def test_are_checked_by_the_contract_first_completely_and_in_order(self, app: Harness) -> None:
        answer = app.call("add", {"b": "1", "c": 1, "a": -1})
        assert (answer.status, answer.code) == (422, "VALIDATION_FAILED")
        found = [(finding["path"], finding["code"]) for finding in answer.body["error"]["details"]]
        assert found == [("/a", "min"), ("/b", "type"), ("/c", "unknown")]
        assert answer.body["error"]["message"].startswith("/a ")

    def test_are_then_seen_by_the_hosts_validator(self, app: Harness) -> None:
        refused = app.call("strict", {"evenNumber": 3, "name": "x"}).body["error"]["details"]
        assert [(one["path"], one["code"]) for one in refused] == [("/evenNumber", "invalid")]
        assert "must be even" in refused[0]["message"]
        missing = app.call("strict", {"evenNumber": 3}).body["error"]["details"]
        assert [one["code"] for one in missing] == ["required"]
        assert ran == []
        assert app.call("strict", {"evenNumber": 4, "name": "x"}).body["result"] == 4

    @pytest.mark.parametrize(
        ("text", "status"),
        [
            ("1.0", 200),
            ("1e2", 200),
            ("-0", 200),
            ("9007199254740991", 200),
            ("9007199254740992", 422),
            ("1.5", 422),
            ('"1"', 422),
            ("true", 422),
            ("null", 422),
            ("1E400", 400),
            ("NaN", 400),
        ],
    )
    def test_take_whole_numbers_by_value(self, app: Harness, text: str, status: int) -> None:
        assert app.send(post(f'{{"fn":"add","args":{{"a":{text},"b":0}}}}')).status == status


class TestTheEnvelope:
    @pytest.mark.parametrize(
        ("body", "word"),
        [
            ("", "empty"),
            ("{", "not JSON"),
            ('{"fn":"add"}x', "not JSON"),
            ('\ufeff{"fn":"nothing"}', "not JSON"),
            ("[]", "not an object"),
            ("null", "not an object"),
            ("{}", '"fn"'),
            ('{"fn":1}', '"fn"'),
            ('{"fn":"nothing","args":null}', '"args"'),
            ('{"fn":"nothing","args":[]}', '"args"'),
            ('{"fn":"nothing","shows":{}}', '"shows"'),
            ('{"fn":"nothing","shows":null}', '"shows"'),
            ('{"fn":"nothing","shows":[1]}', '"shows"'),
            ('{"fn":"nothing","id":"1"}', "UUID"),
            ('{"fn":"nothing","id":null}', "UUID"),
            ('{"fn":"nothing","id":"0b4fb2a2-2b1a-4f0c-9d5b-3f0a6c9b1e77x"}', "UUID"),
            ('{"fn":"nothing","extra":1}', "key besides"),
            ('{"fn":"nothing","__proto__":{}}', "key besides"),
            (f'{{"fn":"nothing","args":{"[" * 64}{"]" * 64}}}', "nested deeper"),
            ('{"fn":"nothing","args":{"a":"\\ud800"}}', "Unicode"),
            ('{"fn":"nothing","args":{"a":1e999}}', "finite"),
            (b'"\xff"', "not UTF-8"),
        ],
    )
    def test_refuses(self, app: Harness, body: str | bytes, word: str) -> None:
        answer = app.send(post(body))
        assert (answer.status, answer.code) == (400, "BAD_REQUEST")
        assert word in answer.body["error"]["message"]
        assert "x-mizan-contract" in answer.headers

    def test_takes_the_last_of_equal_keys_and_an_id(self, app: Harness) -> None:
        twice = '{"fn":"crash","fn":"add","args":{"a":1},"args":{"a":2}}'
        assert app.send(post(twice)).body["result"] == 4
        assert app.call("nothing", id="0b4fb2a2-2b1a-4f0c-9d5b-3f0a6c9b1e77").status == 200

    @pytest.mark.parametrize(
        "type",
        [
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=latin1",
            "application/jsonl",
            "application/json+x",
            "",
            None,
        ],
    )
    def test_refuses_the_content_type(self, app: Harness, type: str | None) -> None:
        app.host.read_error = AssertionError("the body was read")
        answer = app.send(post('{"fn":"nothing"}', type))
        assert (answer.status, answer.code) == (415, "UNSUPPORTED_MEDIA_TYPE")

    @pytest.mark.parametrize(
        "type",
        [
            "application/json",
            "Application/JSON",
            "application/json; charset=UTF-8",
            'application/json;charset="utf-8"',
        ],
    )
    def test_takes_the_content_type(self, app: Harness, type: str) -> None:
        assert app.send(post('{"fn":"nothing"}', type)).status == 200

    @pytest.mark.parametrize(("encoding", "status"), [("gzip", 415), ("identity", 200), ("Identity", 200)])
    def test_takes_no_content_encoding_but_identity(self, app: Harness, encoding: str, status: int) -> None:
        assert app.send(post('{"fn":"nothing"}', headers={"content-encoding": encoding})).status == status

    def test_refuses_a_body_over_the_limit(self, app: Harness) -> None:
        answer = app.send(post(b'{"fn":"nothing","args":{"a":"' + b"x" * (1 << 20) + b'"}}'))
        assert (answer.status, answer.code) == (413, "PAYLOAD_TOO_LARGE")
        assert "x-mizan-contract" in answer.headers

    def test_refuses_a_body_that_ends_early_and_names_one_that_was_taken(
        self, app: Harness, caplog: pytest.LogCaptureFixture
    ) -> None:
        app.host.read_error = OSError("connection reset")
        cut = app.call("nothing")
        assert (cut.status, cut.body["error"]["message"]) == (400, "The body ended too early")
        assert events(caplog) == []
        app.host.read_error = BodyTaken("mount it before what reads bodies")
        taken = app.call("nothing")
        assert (taken.status, taken.body["error"]["message"]) == (500, "mount it before what reads bodies")
        app.host.read_error = MizanError("PAYLOAD_TOO_LARGE", "the host's own limit")
        assert app.call("nothing").status == 413


class TestRoutes:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("POST", "/call", 415),
            ("GET", "/call/", 405),
            ("PUT", "/call/", 405),
            ("OPTIONS", "/call/", 405),
            ("POST", "/session/", 405),
            ("POST", "/ctx/user", 405),
            ("DELETE", "/ctx/nowhere", 405),
            ("GET", "/ctx/nowhere", 404),
            ("GET", "/ctx/", 404),
            ("GET", "/ctx", 404),
            ("GET", "/ctx/user/profile/more", 404),
            ("GET", "/ctx/user//", 404),
            ("GET", "/contract/", 404),
            ("GET", "/", 404),
            ("GET", "", 404),
            ("GET", "/CALL/", 404),
            ("GET", "/c%61ll/", 404),
            ("GET", "/call//", 404),
            ("GET", "/constructor", 404),
        ],
    )
    def test_refuse(self, app: Harness, method: str, path: str, status: int) -> None:
        answer = app.send(Sent(method, path))
        assert answer.status == status
        assert answer.body["error"]["message"] != ""
        if status == 405:
            assert answer.headers["allow"] == ("POST" if path.startswith("/call") else "GET, HEAD")
        assert ("x-mizan-contract" in answer.headers) is (path in ("/call", "/call/", "/session/"))

    def test_are_equal_with_and_without_their_trailing_slash(self, app: Harness) -> None:
        sent = call("nothing")
        sent.path = "/call"
        assert app.send(sent).body == app.call("nothing").body
        assert app.get("/session").body == app.get("/session/").body
        assert app.get("/ctx/user/?userId=5").body == app.get("/ctx/user?userId=5").body


class TestErrors:
    @pytest.mark.parametrize("name", ["nope", "constructor", "__proto__", "__class__", "", "Add"])
    def test_of_unknown_names(self, app: Harness, name: str) -> None:
        answer = app.call(name)
        assert (answer.status, answer.code) == (404, "NOT_FOUND")

    def test_of_the_code_leak_nothing_and_their_id_is_in_the_log(
        self, app: Harness, caplog: pytest.LogCaptureFixture
    ) -> None:
        answer = app.call("crash")
        assert answer.status == 500
        [record] = said(caplog)
        id = answer.body["error"]["id"]
        assert answer.body["error"] == {"code": "INTERNAL", "message": "Internal error", "id": id}
        assert not any(word in answer.text for word in ("db-internal", "7f3a", "RuntimeError"))
        assert (record.levelno, vars(record)["function"], vars(record)["error_id"]) == (
            logging.ERROR,
            "crash",
            id,
        )
        assert record.exc_info is not None
        assert "db-internal" in str(record.exc_info[1])
        assert "db-internal" not in record.getMessage()

    def test_of_the_output_are_the_servers_and_the_log_names_function_and_field(
        self, app: Harness, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert app.call("wrong").code == "INTERNAL"
        [record] = said(caplog)
        assert vars(record)["event"] == "wrong-output"
        assert "wrong" in record.getMessage()
        assert "/name" in record.getMessage()

    def test_that_are_declared_arrive_with_code_status_and_details(self, app: Harness) -> None:
        declared = app.call("buy", {"how": "declared"})
        assert declared.status == 410
        assert declared.body == {
            "error": {"code": "OutOfStock", "message": "Not enough.", "details": {"left": 2}}
        }
        bare = app.call("buy", {"how": "bare"})
        assert (bare.status, bare.body["error"]) == (409, {"code": "Reserved", "message": "Reserved"})

    def test_that_are_not_what_they_declare_or_not_declared_are_internal_with_a_hint(
        self, app: Harness, caplog: pytest.LogCaptureFixture
    ) -> None:
        for how in ("wrong", "hidden", "internal", "made", "surrogate", "object"):
            answer = app.call("buy", {"how": how})
            assert (how, answer.status, answer.code) == (how, 500, "INTERNAL")
            assert not any(word in answer.text for word in ("secret", "two", "stout"))
        assert events(caplog) == [
            "wrong-output",
            "undeclared-error",
            "failure",
            "failure",
            "failure",
            "failure",
        ]
        wrong, hidden, *_ = said(caplog)
        assert "OutOfStock" in wrong.getMessage()
        assert "/left" in wrong.getMessage()
        assert "add errors=[Hidden]" in hidden.getMessage()

    def test_that_are_standard_need_no_declaration(self, app: Harness) -> None:
        conflict = app.call("buy", {"how": "standard"})
        assert (conflict.status, conflict.body["error"]) == (
            409,
            {"code": "CONFLICT", "message": "changed meanwhile"},
        )
        field = app.call("buy", {"how": "field"})
        assert field.status == 422
        assert field.body["error"]["details"] == [
            {"path": "/email", "code": "invalid", "message": "is taken"}
        ]
        assert app.call("buy", {"how": "empty"}).body["error"]["message"] == "CONFLICT"

    def test_of_the_host_are_mapped(self, app: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
        def error_of(error: BaseException) -> BaseException:
            return MizanError.not_found("by the host") if isinstance(error, RuntimeError) else error

        monkeypatch.setattr(app.host, "error_of", error_of)
        assert app.call("crash").body["error"] == {"code": "NOT_FOUND", "message": "by the host"}

    @pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
    def test_that_end_the_process_are_not_swallowed(self, error: type[BaseException]) -> None:
        @client
        def stop() -> None:
            raise error

        with pytest.raises(error):
            harness([stop]).call("stop")


class TestGuards:
    def test_refuse_private_functions_whoever_asks(self, app: Harness) -> None:
        answer = app.call("hook", {"nonsense": 1}, {"x-user": "5+"})
        assert (answer.status, answer.code) == (403, "FORBIDDEN")
        assert ran == []

    def test_that_look_at_the_caller_come_before_the_arguments(self, app: Harness) -> None:
        assert app.call("mine", {"n": "x"}).status == 401
        assert app.call("mine", {"n": "x"}, {"x-user": "5"}).status == 422
        assert app.call("staff", {"n": "x"}).status == 401
        assert app.call("staff", {"n": "x"}, {"x-user": "5"}).status == 403
        assert app.call("superuser", {}, {"x-user": "5+"}).status == 403
        assert ran == []
        assert app.call("staff", {"n": 1}, {"x-user": "5+"}).status == 200
        assert ran == ["staff"]

    def test_that_are_functions_imply_signed_in_and_see_checked_arguments(self, app: Harness) -> None:
        assert app.call("owner", {"ownerId": "x"}).status == 401
        assert app.call("owner", {"ownerId": "x"}, {"x-user": "5"}).status == 422
        assert app.call("owner", {"ownerId": 6}, {"x-user": "5"}).status == 403
        assert app.call("ownerLater", {"ownerId": 6}, {"x-user": "5"}).status == 403
        assert ran == []
        assert app.call("owner", {"ownerId": 5}, {"x-user": "5"}).status == 200
        assert app.call("ownerLater", {"ownerId": 5}, {"x-user": "5"}).status == 200
        assert ran == ["owner", "owner_later"]
        refused = app.call("pickyGuard", {}, {"x-user": "5"})
        assert refused.body["error"] == {"code": "NOT_FOUND", "message": "Not for you"}
        assert "picky" not in ran

    def test_refuse_a_bad_credential_before_anything_is_read_on_every_route(self, app: Harness) -> None:
        bad = {"x-user": "bad"}
        for body in ("{", '{"fn":"nope"}', '{"fn":"nothing"}'):
            refused = app.send(post(body, headers=bad))
            assert refused.body["error"] == {"code": "UNAUTHENTICATED", "message": "Bad token"}
        assert app.get("/ctx/nowhere", bad).status == 401
        assert app.get("/session/", bad).status == 401
        assert app.call("whoami", {}, {"x-user": "7"}).body["result"] == "7"
        assert app.call("whoami").body["result"] is None

    def test_fail_as_internal_when_the_caller_cannot_be_found_out(self, app: Harness) -> None:
        def crashing(request: RequestState) -> None:
            raise RuntimeError("db down")

        app.host.identify_with = crashing
        answer = app.call("nothing")
        assert answer.code == "INTERNAL"
        assert "db down" not in answer.text

    def test_hand_on_what_a_forgery_check_says(self, app: Harness) -> None:
        def forged(request: RequestState) -> None:
            raise MizanError("FORBIDDEN", "Not from here", details=[{"code": "csrf"}])

        app.host.identify_with = forged
        answer = app.call("nothing")
        assert (answer.status, answer.body["error"]["details"]) == (403, [{"code": "csrf"}])


class TestTheSession:
    def test_says_contract_and_identity_of_nobody_too(self, app: Harness) -> None:
        nobody = app.get("/session/")
        identity = nobody.body["identity"]
        contract = app.app.export().hash[:16]
        assert nobody.body == {"csrf": None, "contract": contract, "identity": identity}
        assert len(identity) == 16
        assert nobody.headers["x-mizan-contract"] == contract
        assert nobody.headers["x-mizan-identity"] == identity
        assert nobody.headers["cache-control"] == "private, no-store"
        ada = app.get("/session/", {"x-user": "5"})
        assert ada.body["identity"] != identity
        assert app.get("/session/", {"x-user": "5+"}).body["identity"] == ada.body["identity"]

    def test_hands_out_the_token_of_the_host(self, monkeypatch: pytest.MonkeyPatch) -> None:
        made = harness([nothing])
        monkeypatch.setattr(made.host, "csrf_token", lambda request: "t0ken")
        assert made.get("/session/").body["csrf"] == "t0ken"
        assert made.send(Sent("HEAD", "/session/")).status == 200


class TestTheContract:
    def test_is_open_in_development_and_where_it_is_enabled(self) -> None:
        made = harness([nothing, hook], development=True)
        answer = made.get("/contract/")
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.headers["cache-control"] == "private, no-store"
        assert 'function "nothing"' in answer.text
        assert "hook" not in answer.text
        assert 'function "hook"' in made.app.export().contract
        assert made.send(Sent("POST", "/contract/")).status == 405
        assert harness([nothing], contract=True).get("/contract").status == 200
        assert harness([nothing], development=True, contract=False).get("/contract").status == 404


class TestSettings:
    def test_are_refused_all_at_once_with_help(self) -> None:
        with pytest.raises(SettingsError) as refused:
            harness(
                [nothing],
                secret=["short", SECRET],
                limits=Limits(shows=-1, contexts=True),
                contracts="/nowhere/contracts.json",
                tag_header="X",
            )
        assert [fault.name for fault in refused.value.faults] == [
            "secret",
            "contracts",
            "limits.shows",
            "limits.contexts",
            "tag_header",
        ]
        assert "a secret has 5 bytes, it needs 32" in str(refused.value)

    def test_may_hold_several_secrets_of_which_the_first_signs(self) -> None:
        other = "another secret of at least 32 bytes!"
        first = harness([nothing], secret=SECRET).get("/session/").body["identity"]
        assert harness([nothing], secret=[SECRET, other]).get("/session/").body["identity"] == first
        assert harness([nothing], secret=[other, SECRET]).get("/session/").body["identity"] != first

    def test_without_a_secret_are_warned_of_where_answers_are_for_users(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        desk = Context("desk")

        @client(context=desk, auth=True)
        def desk_owner() -> str:
            return "Ada"

        harness([nothing], secret=None)
        harness([desk_owner], secret=None, development=True)
        harness([desk_owner])
        assert events(caplog) == []
        harness([desk_owner], secret=None)
        assert events(caplog) == ["secret"]


def test_head_of_a_call_is_refused_like_get() -> None:
    made = harness([nothing])
    assert made.send(Sent("HEAD", "/call/")).status == made.send(get("/call/")).status == 405


def test_decimals_travel_as_text() -> None:
    @client
    def rate() -> Decimal:
        return Decimal("1.50")

    assert isinstance(harness([rate]).call("rate").body["result"], str)
