from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Annotated, Any

import pytest
from fastapi import (
    BackgroundTasks,
    Body,
    Cookie,
    Depends,
    FastAPI,
    Header,
    HTTPException,
    Query,
    Request,
    Response,
)
from fastapi import Security as FromScheme
from fastapi.security import HTTPBearer, SecurityScopes
from starlette.requests import HTTPConnection
from starlette.testclient import TestClient

from mizan import ReactContext, client
from mizan.core.mistake import RegistrationError
from mizan.fastapi import Identity, MizanError, router

from .apps import BASE, SECRET, call, code_of, make_app, read, served

log: list[str] = []


@pytest.fixture(autouse=True)
def _empty_log() -> None:
    log.clear()


async def connection() -> AsyncIterator[str]:
    log.append("open")
    try:
        yield "connection"
    except Exception as error:
        log.append(f"rolled back by {type(error).__name__}")
        raise
    else:
        log.append("committed")
    finally:
        log.append("closed")


Connection = Annotated[str, Depends(connection)]


def settings() -> dict[str, str]:
    log.append("settings")
    return {"name": "real"}


def test_annotated_and_default_form() -> None:
    @client
    async def both(
        number: int,
        one: Annotated[dict[str, str], Depends(settings)],
        two: Any = Depends(connection),  # noqa: B008
    ) -> str:
        return f"{number} {one['name']} {two}"

    with served(both) as http:
        assert call(http, "both", number=1).json()["result"] == "1 real connection"
        assert log == ["settings", "open", "committed", "closed"]
        # They are no arguments: whoever sends one is refused before anything is opened.
        assert code_of(call(http, "both", number=1, one={})) == (422, "VALIDATION_FAILED")
    assert log == ["settings", "open", "committed", "closed"]


def test_it_is_closed_before_the_answer_leaves() -> None:
    @client
    async def run(db: Connection) -> None: ...

    app = make_app(run)

    @app.middleware("http")
    async def note(request: Request, call_next: Any) -> Any:
        response = await call_next(request)
        log.append("answered")
        return response

    with TestClient(app) as http:
        call(http, "run")
    assert log == ["open", "committed", "closed", "answered"]


def test_scope_function_and_request_end_alike() -> None:
    async def inner() -> AsyncIterator[int]:
        yield 1
        log.append("inner")

    async def outer(one: Annotated[int, Depends(inner)]) -> AsyncIterator[int]:
        yield one + 1
        log.append("outer")

    @client
    async def run(two: Annotated[int, Depends(outer, scope="function")]) -> int:
        return two

    with served(run) as http:
        assert call(http, "run").json()["result"] == 2
    assert log == ["outer", "inner"]


def test_an_exception_is_thrown_into_them() -> None:
    @client
    async def fail(db: Connection) -> None:
        raise MizanError.conflict("No")

    with served(fail) as http:
        assert code_of(call(http, "fail")) == (409, "CONFLICT")
    assert log == ["open", "rolled back by MizanError", "closed"]


def test_they_may_raise_another_exception_or_swallow_it() -> None:
    async def translating() -> AsyncIterator[None]:
        try:
            yield
        except KeyError as error:
            raise HTTPException(404, "No such key") from error

    async def swallowing() -> AsyncIterator[None]:
        with suppress(KeyError):
            yield

    @client
    async def translated(_one: Annotated[None, Depends(translating)]) -> None:
        raise KeyError("a")

    @client
    async def swallowed(_one: Annotated[None, Depends(swallowing)]) -> None:
        raise KeyError("a")

    with served(translated, swallowed) as http:
        answer = call(http, "translated")
        assert (code_of(answer), answer.json()["error"]["message"]) == ((404, "NOT_FOUND"), "No such key")
        assert code_of(call(http, "swallowed")) == (500, "INTERNAL")


def test_one_that_cannot_be_closed_fails_the_answer() -> None:
    async def breaking() -> AsyncIterator[None]:
        yield
        raise RuntimeError("secret: the disk is full")

    stones = ReactContext("stone")

    @client
    async def write(_one: Annotated[None, Depends(breaking)]) -> int:
        return 1

    @client(context=stones)
    async def stone(_one: Annotated[None, Depends(breaking)]) -> int:
        return 1

    async def nobody(_one: Annotated[None, Depends(breaking)]) -> None: ...

    with served(write, stone) as http:
        for answer in (call(http, "write"), read(http, "stone"), call(http, "stone")):
            assert code_of(answer) == (500, "INTERNAL")
            assert "secret" not in answer.text
    with served(stone, identify=nobody) as http:
        assert code_of(http.get(f"{BASE}/session/")) == (500, "INTERNAL")


def test_one_request_solves_each_once() -> None:
    async def identity(db: Connection) -> Identity:
        return Identity(f"who by {db}")

    @client(auth=True)
    async def run(db: Connection, again: Connection, who: Identity) -> str:
        return f"{db} {again} {who.id}"

    with served(run, identify=identity) as http:
        assert call(http, "run").json()["result"] == "connection connection who by connection"
        assert log == ["open", "committed", "closed"]
        call(http, "run")
    assert log == ["open", "committed", "closed"] * 2


def test_use_cache_is_respected() -> None:
    @client
    async def run(
        one: Annotated[dict[str, str], Depends(settings)],
        two: Annotated[dict[str, str], Depends(settings, use_cache=False)],
    ) -> None: ...

    with served(run) as http:
        call(http, "run")
    assert log == ["settings", "settings"]


ShelfContext = ReactContext("shelf")


@client(context=ShelfContext)
async def a_books(db: Connection) -> str:
    log.append("a")
    return db


@client(context=ShelfContext)
async def b_fails(db: Connection) -> str:
    log.append("b")
    raise MizanError.not_found()


@client(context=ShelfContext)
def c_papers(db: Connection) -> str:
    log.append("c")
    return db


def test_members_share_until_one_raises() -> None:
    with served(a_books, c_papers) as http:
        assert read(http, "shelf").json() == {"aBooks": "connection", "cPapers": "connection"}
        assert log == ["open", "a", "c", "committed", "closed"]
    log.clear()
    with served(a_books, b_fails, c_papers) as http:
        answer = read(http, "shelf").json()
        assert answer["$errors"]["bFails"]["code"] == "NOT_FOUND"
        assert (answer["aBooks"], answer["cPapers"]) == ("connection", "connection")
    afresh = ["open", "c", "committed", "closed"]
    assert log == ["open", "a", "b", "rolled back by MizanError", "closed", *afresh]


def test_overrides() -> None:
    @client
    async def name(one: Annotated[dict[str, str], Depends(settings)]) -> str:
        return one["name"]

    app = make_app(name)
    with TestClient(app) as http:
        app.dependency_overrides[settings] = lambda: {"name": "other"}
        assert call(http, "name").json()["result"] == "other"
        app.dependency_overrides.clear()
        assert call(http, "name").json()["result"] == "real"
    outer = FastAPI()
    outer.mount("/alone", router(name, secret=SECRET))
    outer.dependency_overrides[settings] = lambda: {"name": "mounted"}
    with TestClient(outer) as http:
        assert call(http, "name", base="/alone").json()["result"] == "mounted"


def test_identify_can_be_overridden() -> None:
    def nobody() -> None: ...

    @client(auth=True)
    async def me(who: Identity) -> str:
        return who.id

    app = make_app(me, identify=nobody)
    with TestClient(app) as http:
        assert code_of(call(http, "me")) == (401, "UNAUTHENTICATED")
        app.dependency_overrides[nobody] = lambda: Identity(7)
        assert call(http, "me").json()["result"] == "7"


def test_identify_has_dependencies_of_its_own() -> None:
    bearer = HTTPBearer(auto_error=False)

    async def identity(
        given: Annotated[Any, Depends(bearer)], x_staff: Annotated[bool, Header()] = False
    ) -> Any:
        if given is None:
            return None
        if given.credentials == "bad":
            raise HTTPException(401, "The token has expired")
        return Identity(given.credentials, staff=x_staff)

    @client(auth="staff")
    def rule(who: Identity) -> str:
        return who.id

    with served(rule, identify=identity) as http:
        ada = {"authorization": "Bearer ada"}
        assert code_of(call(http, "rule")) == (401, "UNAUTHENTICATED")
        assert code_of(call(http, "rule", headers=ada)) == (403, "FORBIDDEN")
        assert call(http, "rule", headers={**ada, "x-staff": "true"}).json()["result"] == "ada"
        expired = call(http, "rule", headers={"authorization": "Bearer bad"})
        assert (code_of(expired), expired.json()["error"]["message"]) == (
            (401, "UNAUTHENTICATED"),
            "The token has expired",
        )
        assert code_of(http.get(f"{BASE}/session/", headers={"authorization": "Bearer bad"}))[0] == 401


def test_a_refused_credential_rolls_back_what_identify_opened() -> None:
    async def identity(db: Connection) -> Identity:
        raise HTTPException(401, "Who?")

    @client
    async def run() -> None: ...

    with served(run, identify=identity) as http:
        assert code_of(call(http, "run")) == (401, "UNAUTHENTICATED")
    assert log == ["open", "rolled back by HTTPException", "closed"]


def test_identify_must_give_an_identity(caplog: pytest.LogCaptureFixture) -> None:
    @client
    async def run() -> None: ...

    with served(run, identify=lambda: "ada") as http:
        assert code_of(call(http, "run")) == (500, "INTERNAL")
    assert "identify returns an Identity or None, and this is str" in caplog.text


def test_dependencies_of_include_router() -> None:
    def allow(x_key: Annotated[str | None, Header()] = None) -> None:
        log.append("asked")
        if x_key != "open":
            raise HTTPException(403, "Closed")

    app = FastAPI()
    app.include_router(router(a_books, secret=SECRET), prefix=BASE, dependencies=[Depends(allow)])
    with TestClient(app) as http:
        closed = read(http, "shelf")
        assert (code_of(closed), closed.json()["error"]["message"]) == ((403, "FORBIDDEN"), "Closed")
        assert log == ["asked"]
        assert read(http, "shelf", headers={"x-key": "open"}).status_code == 200


def test_request_and_connection() -> None:
    @client
    def about(request: Request, connection: HTTPConnection, word: str) -> str:
        return f"{request.method} {request.headers['x-a']} {connection.url.path} {word}"

    with served(about) as http:
        answer = call(http, "about", headers={"x-a": "b"}, word="w")
        assert answer.json()["result"] == f"POST b {BASE}/call/ w"


def test_the_body_can_be_read_again() -> None:
    async def signature(request: Request) -> int:
        return len(await request.body())

    @client
    async def size(length: Annotated[int, Depends(signature)]) -> int:
        return length

    with served(size) as http:
        answer = http.post(f"{BASE}/call/", json={"fn": "size"})
        assert answer.json()["result"] == len(answer.request.content)


def test_a_state_that_the_lifespan_left() -> None:
    @client
    async def pool(request: Request) -> str:
        return str(request.state.pool)

    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, str]]:
        log.append("up")
        yield {"pool": "a pool"}
        log.append("down")

    with TestClient(make_app(pool, app=FastAPI(lifespan=asynccontextmanager(lifespan)))) as http:
        assert call(http, "pool").json()["result"] == "a pool"
    assert log == ["up", "down"]


def test_tasks_run_after_the_answer() -> None:
    @client
    async def order(tasks: BackgroundTasks, fails: bool = False) -> None:
        tasks.add_task(log.append, "task")
        if fails:
            raise MizanError.conflict()

    app = make_app(order)

    async def watching(scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            log.append(message["type"])
            await send(message)

        await app(scope, receive, sending)

    http = TestClient(watching)
    call(http, "order")
    assert log == ["http.response.start", "http.response.body", "task"]
    log.clear()
    call(http, "order", fails=True)
    assert log == ["http.response.start", "http.response.body"]


def test_headers_and_cookies_through_a_response() -> None:
    crumbs = ReactContext("crumb", cache=60)

    @client
    async def sign_in(response: Response, fails: bool = False) -> None:
        response.set_cookie("session", "abc")
        response.headers["x-extra"] = "yes"
        response.headers["cache-control"] = "public"
        response.status_code = 201
        if fails:
            raise MizanError.conflict()

    @client(context=crumbs)
    async def crumb(response: Response, sets: bool = False) -> str:
        if sets:
            response.set_cookie("seen", "1")
        return "crumb"

    with served(sign_in, crumb) as http:
        answer = call(http, "signIn")
        assert answer.status_code == 200
        assert answer.headers["set-cookie"].startswith("session=abc")
        assert (answer.headers["x-extra"], answer.headers["cache-control"]) == ("yes", "private, no-store")
        assert "set-cookie" not in call(http, "signIn", fails=True).headers
        assert "s-maxage" in read(http, "crumb").headers["cache-control"]
        with_cookie = read(http, "crumb?sets=true")
        assert with_cookie.headers["set-cookie"].startswith("seen=1")
        assert "s-maxage" not in with_cookie.headers["cache-control"]


def test_security_scopes() -> None:
    def scopes(security_scopes: SecurityScopes) -> str:
        return security_scopes.scope_str

    @client
    async def granted(text: Annotated[str, FromScheme(scopes, scopes=["read", "write"])]) -> str:
        return text

    with served(granted) as http:
        assert call(http, "granted").json()["result"] == "read write"


def test_headers_cookies_and_queries_through_dependencies() -> None:
    def gathered(
        x_page: Annotated[int, Header()],
        seen: Annotated[str, Cookie()] = "-",
        q: Annotated[str, Query()] = "-",
    ) -> str:
        return f"{x_page} {seen} {q}"

    @client
    async def show(text: Annotated[str, Depends(gathered)]) -> str:
        return text

    with served(show) as http:
        http.cookies.set("seen", "yes")
        body = {"fn": "show"}
        answer = http.post(f"{BASE}/call/?q=1", json=body, headers={"x-page": "3"})
        assert answer.json()["result"] == "3 yes 1"
        refused = call(http, "show", headers={"x-page": "three"})
        assert code_of(refused) == (422, "VALIDATION_FAILED")
        (finding,) = refused.json()["error"]["details"]
        assert (finding["path"], finding["code"]) == ("", "invalid")
        assert finding["message"].startswith("header x-page: ")


def test_what_cannot_be_solved_is_refused_at_start() -> None:
    def uploaded(text: Annotated[str, Body()]) -> str:
        return text

    @client
    async def reads_header(x_page: Annotated[int, Header()]) -> None: ...

    @client
    async def reads_body(text: Annotated[str, Depends(uploaded)]) -> None: ...

    @client
    async def reads_query(q: str = Query()) -> None: ...

    with pytest.raises(RegistrationError) as refused:
        router(reads_header, reads_body, reads_query, secret=SECRET)
    words = str(refused.value)
    assert "reads_header: x_page is Header(…)" in words
    assert "reads_body: a dependency of text reads text from the body" in words
    assert "reads_query: q is Query(…)" in words
    assert words.count("test_dependencies.py:") == 3


def test_guards_come_before_dependencies() -> None:
    @client(auth=lambda who, args: who.has_id(args.owner_id))
    async def own(owner_id: int, db: Connection) -> str:
        return db

    async def late(who: Identity, args: Any) -> bool:
        return who.has_id(args.owner_id)

    @client(auth=late)
    def own_late(owner_id: int, db: Connection) -> str:
        return db

    with served(own, own_late, identify=lambda: Identity(5)) as http:
        for name in ("own", "ownLate"):
            log.clear()
            assert code_of(call(http, name, ownerId=6)) == (403, "FORBIDDEN")
            assert log == []
            assert call(http, name, ownerId=5).json()["result"] == "connection"


def test_sync_generators_end_too() -> None:
    def opened() -> Iterator[str]:
        log.append("open")
        yield "value"
        log.append("closed")

    @client
    def run(one: Annotated[str, Depends(opened)]) -> str:
        return one

    with served(run) as http:
        assert call(http, "run").json()["result"] == "value"
    assert log == ["open", "closed"]
