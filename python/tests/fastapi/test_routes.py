import asyncio
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Path, Request, WebSocket
from starlette.testclient import TestClient

from mizan import ReactContext, client
from mizan.fastapi import router

from .apps import BASE, SECRET, call, code_of, make_app, read, served

UserContext = ReactContext("user")


@client(context=UserContext)
async def user_name(user_id: int) -> str:
    """The name of one user."""
    return f"User {user_id}"


@client
async def double(number: int) -> int:
    return number * 2


@client
async def shout(text: str) -> str:
    return text.upper()


def test_calls_and_reads() -> None:
    with served(user_name, double) as http:
        answer = call(http, "double", number=4)
        assert (answer.status_code, answer.json()) == (200, {"result": 8, "invalidate": []})
        assert answer.headers["cache-control"] == "private, no-store"
        bundle = read(http, "user?userId=5")
        assert (bundle.status_code, bundle.json()) == (200, {"userName": "User 5"})
        assert read(http, "user/userName?userId=5").json() == {"userName": "User 5"}
        assert code_of(read(http, "nobody")) == (404, "NOT_FOUND")
        assert code_of(call(http, "nothing")) == (404, "NOT_FOUND")
        assert code_of(call(http, "double", number="x")) == (422, "VALIDATION_FAILED")


@pytest.mark.parametrize("path", ["/call", "/call/"])
def test_slash_or_none(path: str) -> None:
    with served(double) as http:
        body = {"fn": "double", "args": {"number": 1}}
        assert http.post(BASE + path, json=body, follow_redirects=False).json()["result"] == 2


def test_session_and_trailing_slashes() -> None:
    with served(user_name) as http:
        for path in ("/session", "/session/", "/ctx/user?userId=1", "/ctx/user/?userId=1"):
            assert http.get(BASE + path, follow_redirects=False).status_code == 200
        assert http.get(f"{BASE}/session/").json()["csrf"] is None


def test_head_has_headers_and_no_body() -> None:
    with served(user_name) as http:
        full = read(http, "user?userId=5")
        head = http.head(f"{BASE}/ctx/user?userId=5")
        assert (head.status_code, head.content) == (200, b"")
        same = ("content-length", "etag", "content-type", "cache-control")
        assert [head.headers[name] for name in same] == [full.headers[name] for name in same]


def test_refuses_in_our_words_below_the_prefix() -> None:
    with served(user_name, double) as http:
        assert code_of(http.get(f"{BASE}/nowhere")) == (404, "NOT_FOUND")
        assert code_of(http.get(BASE)) == (404, "NOT_FOUND")
        wrong = http.get(f"{BASE}/call/")
        assert code_of(wrong) == (405, "METHOD_NOT_ALLOWED")
        assert wrong.headers["allow"] == "POST"
        assert code_of(http.post(f"{BASE}/ctx/user")) == (405, "METHOD_NOT_ALLOWED")
        assert code_of(http.options(f"{BASE}/call/")) == (405, "METHOD_NOT_ALLOWED")
        elsewhere = http.get("/api/mizanine/session/")
        assert elsewhere.json() == {"detail": "Not Found"}


def test_an_escaped_name_is_no_route() -> None:
    with served(user_name) as http:
        assert http.get(f"{BASE}/%73ession/").status_code == 404
        assert http.get(f"{BASE}/ctx/use%72?userId=5").status_code == 404


def test_other_routes_below_the_prefix_go_on() -> None:
    app = make_app(user_name)

    @app.get(f"{BASE}/health")
    def health() -> str:
        return "well"

    @app.post(f"{BASE}/session")
    def sign_in() -> str:
        return "in"

    @app.get(f"{BASE}/call")
    def explain() -> str:
        return "post it"

    with TestClient(app) as http:
        assert http.get(f"{BASE}/call").json() == "post it"
        assert http.get(f"{BASE}/health").json() == "well"
        assert http.post(f"{BASE}/session").json() == "in"
        assert http.get(f"{BASE}/session").json()["csrf"] is None


def test_without_a_prefix_it_takes_only_its_own() -> None:
    app = FastAPI()
    app.include_router(router(user_name, double, secret=SECRET))

    @app.get("/users")
    def users() -> str:
        return "users"

    with TestClient(app) as http:
        assert http.get("/users").json() == "users"
        assert call(http, "double", base="", number=2).json()["result"] == 4
        assert http.get("/nowhere").json() == {"detail": "Not Found"}


def test_several_applications_and_prefixes() -> None:
    first, second = FastAPI(), FastAPI()
    shared = router(double, secret=SECRET)
    first.include_router(shared, prefix="/a")
    first.include_router(shared, prefix="/b")
    first.include_router(router(shout, secret=SECRET), prefix="/c")
    second.include_router(router(double, shout, secret=SECRET), prefix="/a")
    with TestClient(first) as one, TestClient(second) as two:
        assert call(one, "double", base="/a", number=1).json()["result"] == 2
        assert call(one, "double", base="/b", number=2).json()["result"] == 4
        assert code_of(call(one, "shout", base="/a", text="a")) == (404, "NOT_FOUND")
        assert call(one, "shout", base="/c", text="a").json()["result"] == "A"
        assert call(two, "shout", base="/a", text="b").json()["result"] == "B"


def test_inside_of_another_router() -> None:
    seen: list[str] = []
    outer = APIRouter(prefix="/v1", dependencies=[Depends(lambda: seen.append("outer"))])
    outer.include_router(
        router(double, secret=SECRET), prefix="/m", dependencies=[Depends(lambda: seen.append("inner"))]
    )
    app = FastAPI(dependencies=[Depends(lambda: seen.append("app"))])
    app.include_router(outer, prefix="/api")
    with TestClient(app) as http:
        assert call(http, "double", base="/api/v1/m", number=3).json()["result"] == 6
    assert seen == ["app", "outer", "inner"]


def test_one_prefix_below_another() -> None:
    app = FastAPI()
    app.include_router(router(double, secret=SECRET), prefix="/api")
    app.include_router(router(shout, secret=SECRET), prefix="/api/v2")
    with TestClient(app) as http:
        assert call(http, "double", base="/api", number=1).json()["result"] == 2
        assert call(http, "shout", base="/api/v2", text="a").json()["result"] == "A"
        # Nobody's route is the first one's to refuse, by the path as it sees it.
        assert code_of(http.post("/api/v2/session")) == (404, "NOT_FOUND")


def test_mounted_as_an_application_and_in_one() -> None:
    app, inner = FastAPI(), make_app(double)
    app.mount("/inner", inner)
    app.mount("/alone", router(double, secret=SECRET))
    with TestClient(app) as http:
        assert call(http, "double", base=f"/inner{BASE}", number=3).json()["result"] == 6
        assert call(http, "double", base="/alone", number=4).json()["result"] == 8
        assert http.get(f"/inner{BASE}/%73ession/").status_code == 404
        assert code_of(http.get("/alone/nowhere")) == (404, "NOT_FOUND")


def test_behind_a_root_path() -> None:
    with TestClient(make_app(double), root_path="/proxied") as http:
        assert call(http, "double", number=3).json()["result"] == 6
        assert http.get("/openapi.json").json()["servers"] == [{"url": "/proxied"}]


def test_a_prefix_with_parameters() -> None:
    def tenant_of(tenant: Annotated[str, Path()]) -> str:
        return tenant

    @client
    async def who(name: Annotated[str, Depends(tenant_of)]) -> str:
        return name

    app = FastAPI()
    app.include_router(router(who, secret=SECRET), prefix="/{tenant}/mizan")
    with TestClient(app) as http:
        assert call(http, "who", base="/acme/mizan").json()["result"] == "acme"
        assert call(http, "who", base="/a%20b/mizan").json()["result"] == "a b"
        assert http.get("/acme/other").json() == {"detail": "Not Found"}


def test_sockets_are_left_to_others() -> None:
    app = make_app(double)

    @app.websocket(f"{BASE}/ws/")
    async def greet(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("hello")
        await websocket.close()

    with TestClient(app) as http, http.websocket_connect(f"{BASE}/ws/") as socket:
        assert socket.receive_text() == "hello"


def test_routes_are_visible_from_outside() -> None:
    app = make_app(user_name, double)
    seen: list[Any] = []

    @app.middleware("http")
    async def note(request: Request, call_next: Any) -> Any:
        response = await call_next(request)
        seen.append(request.scope["route"].path)
        return response

    with TestClient(app) as http:
        call(http, "double", number=1)
        read(http, "user?userId=1")
        read(http, "user/userName?userId=1")
        http.get(f"{BASE}/session")
        assert seen == ["/call/", "/ctx/{context}", "/ctx/{context}/{member}", "/session/"]
        assert str(app.url_path_for("mizan_call")) == f"{BASE}/call/"


def test_openapi() -> None:
    app = FastAPI(generate_unique_id_function=lambda route: f"op-{route.name}")
    app = make_app(user_name, app=app)
    with TestClient(app) as http:
        paths = http.get("/openapi.json").json()["paths"]
    assert list(paths) == [
        f"{BASE}/call/",
        f"{BASE}/ctx/{{context}}",
        f"{BASE}/ctx/{{context}}/{{member}}",
        f"{BASE}/session/",
    ]
    post = paths[f"{BASE}/call/"]["post"]
    assert post["operationId"] == "op-mizan_call"
    assert post["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/MizanCall")
    assert list(paths[f"{BASE}/ctx/{{context}}"]) == ["get"]


def test_openapi_of_one_router_under_two_prefixes() -> None:
    app = FastAPI()
    shared = router(double, secret=SECRET)
    app.include_router(shared, prefix="/a")
    app.include_router(shared, prefix="/b", include_in_schema=False)
    app.include_router(router(double, secret=SECRET, include_in_schema=False), prefix="/c")
    with TestClient(app) as http:
        assert {path[:2] for path in http.get("/openapi.json").json()["paths"]} == {"/a"}
        assert call(http, "double", base="/c", number=1).status_code == 200


def test_the_contract_in_development() -> None:
    def refuse() -> None:
        raise HTTPException(403, "Not for you")

    with served(double) as http:
        assert code_of(http.get(f"{BASE}/contract/")) == (404, "NOT_FOUND")
    with served(double, development=True) as http:
        shown = http.get(f"{BASE}/contract/")
        assert shown.headers["content-type"] == "text/plain; charset=utf-8"
        assert "double" in shown.text
        assert f"{BASE}/contract/" in http.get("/openapi.json").json()["paths"]
    app = FastAPI()
    app.include_router(
        router(double, secret=SECRET, contract=True), prefix=BASE, dependencies=[Depends(refuse)]
    )
    with TestClient(app) as http:
        assert code_of(http.get(f"{BASE}/contract/")) == (403, "FORBIDDEN")


def test_with_a_transport_in_the_same_loop() -> None:
    async def ask() -> Any:
        transport = httpx2.ASGITransport(app=make_app(double))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            return await http.post(f"{BASE}/call/", json={"fn": "double", "args": {"number": 21}})

    assert asyncio.run(ask()).json()["result"] == 42
