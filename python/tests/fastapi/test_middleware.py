"""Plain routes that call mutations."""

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Annotated, Any

import httpx2
from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException
from starlette.testclient import TestClient

from mizan import ReactContext, client, invalidate
from mizan.core.store import MemoryStore
from mizan.fastapi import MizanMiddleware, router

from .apps import BASE, SECRET, make_app

log: list[str] = []


class Orders:
    """Functions of one test: announcements go to every application that has them."""

    def __init__(self) -> None:
        self.context = orders = ReactContext("order")

        @client(context=orders)
        async def order(order_id: int) -> int:
            return order_id

        @client(affects=orders, private=True)
        def order_paid(order_id: int) -> None:
            log.append("paid")

        @client(affects=orders)
        async def pay(order_id: int) -> None:
            order_paid(order_id)
            log.append("ending")

        self.paid = order_paid
        self.all = (order, order_paid, pay)


class Noting(MemoryStore):
    """Says when a number is taken."""

    def take(self, context: str, scopes: Any, instances: Any) -> Any:
        log.append(f"announced {' '.join(scopes)}")
        return super().take(context, scopes, instances)


class NotingLate(Noting):
    """A store that must be waited for."""

    def take(self, context: str, scopes: Any, instances: Any) -> Any:
        async def later() -> Any:
            await asyncio.sleep(0)
            return super(NotingLate, self).take(context, scopes, instances)

        return later()


async def session() -> AsyncIterator[None]:
    yield
    log.append("committed")


Session = Annotated[None, Depends(session)]


def plain_routes(store: MemoryStore) -> FastAPI:
    orders = Orders()
    app = make_app(*orders.all, store=store)

    @app.post("/hook")
    def hook(_db: Session) -> None:
        orders.paid(7)

    @app.post("/late-hook")
    async def late_hook(_db: Session, tasks: BackgroundTasks) -> None:
        orders.paid(7)
        tasks.add_task(invalidate, orders.context, order_id=8)

    @app.post("/failing")
    def failing(_db: Session) -> None:
        orders.paid(7)
        raise HTTPException(409, "No")

    return app


def logged(app: FastAPI, path: str) -> list[str]:
    log.clear()
    with TestClient(app) as http:
        http.post(path)
    return log.copy()


def test_with_it_when_the_dependencies_have_closed() -> None:
    app = plain_routes(Noting())
    app.add_middleware(MizanMiddleware)
    one = "announced order?orderId=7"
    assert logged(app, "/hook") == ["paid", "committed", one]
    assert logged(app, "/late-hook") == ["paid", "committed", one, "announced order?orderId=8"]
    assert logged(app, "/failing") == ["paid", one]


def test_without_it_at_once() -> None:
    app = plain_routes(Noting())
    assert logged(app, "/hook") == ["paid", "announced order?orderId=7", "committed"]


def test_a_store_that_must_be_waited_for() -> None:
    app = plain_routes(NotingLate())
    assert logged(app, "/hook") == ["paid", "announced order?orderId=7", "committed"]
    app = plain_routes(NotingLate())
    app.add_middleware(MizanMiddleware)
    assert sorted(logged(app, "/hook")) == ["announced order?orderId=7", "committed", "paid"]


def test_every_application_that_has_it_is_told() -> None:
    orders = Orders()
    held = [router(*orders.all, secret=SECRET, store=Noting()) for _ in range(2)]
    log.clear()
    orders.paid(3)
    assert log.count("announced order?orderId=3") == len(held)
    held[0].invalidate(orders.context, order_id=4)
    assert log.count("announced order?orderId=4") == 1


def test_from_a_job() -> None:
    orders = Orders()
    held = router(*orders.all, secret=SECRET, store=NotingLate())
    log.clear()
    job = threading.Thread(target=orders.paid, args=(5,))
    job.start()
    job.join()
    assert log == ["paid", "announced order?orderId=5"]
    assert held.routes


def test_what_outlives_the_request_does_not_wait() -> None:
    orders = Orders()
    app = make_app(*orders.all, store=Noting())
    app.add_middleware(MizanMiddleware)
    late: list[Any] = []

    @app.post("/spawn")
    async def spawn() -> None:
        async def outlive() -> None:
            await ended.wait()
            orders.paid(9)

        late.append(asyncio.ensure_future(outlive()))

    async def run() -> None:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as http:
            await http.post("/spawn")
        ended.set()
        await late[0]

    log.clear()
    ended = asyncio.Event()
    asyncio.run(run())
    assert log == ["paid", "announced order?orderId=9"]


def test_calls_of_ours_do_not_wait_for_it() -> None:
    app = make_app(*Orders().all, store=Noting())
    app.add_middleware(MizanMiddleware)
    log.clear()
    with TestClient(app) as http:
        answer = http.post(f"{BASE}/call/", json={"fn": "pay", "args": {"orderId": 2}})
    assert [entry.partition("@")[0] for entry in answer.json()["invalidate"]] == ["order?orderId=2"]
    assert log == ["paid", "ending", "announced order?orderId=2"]
