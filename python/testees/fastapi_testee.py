"""The fixture on FastAPI and SQLAlchemy, served by uvicorn."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Depends, FastAPI, Header
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from mizan import Identity
from mizan.core.mistake import RegistrationError
from mizan.fastapi import router

from .fixture.clients import MODULES
from .fixture.world import world
from .handshake import BASE, HEADER, Handshake, caller_of, read_handshake, say, snake_case
from .mistakes import clients as mistakes
from .serve_asgi import serve_asgi
from .sqlalchemy_rows import SqlAlchemyRows, current_session, open_database


def identify(caller: Annotated[str | None, Header(alias=HEADER)] = None) -> Identity | None:
    """Who a request's header says it is."""
    return caller_of(caller)


def create_app(asked: Handshake, engine: Engine | None = None) -> FastAPI:
    """The application that the handshake asks for; to export its contract it needs no database."""

    async def transaction() -> AsyncIterator[None]:
        # Async, so that functions see the session that it sets.
        with Session(engine) as session:
            before = current_session.set(session)
            try:
                yield
                if session.in_transaction():
                    await run_in_threadpool(session.commit)
            finally:
                current_session.reset(before)

    mistakes.declare(asked.mistakes)
    epoch = asked.epoch
    atomic = asked.transaction == "atomic"
    mizan = router(
        *MODULES,
        mistakes,
        identify=identify,
        transaction=transaction if atomic else (),
        secret=asked.secret,
        development=asked.development,
        contracts=asked.contracts,
        limits={snake_case(name): value for name, value in asked.limits.items()},
        clock=lambda: world.now,
        epoch=None if epoch is None else lambda _context: epoch,
    )
    app = FastAPI()
    app.include_router(mizan, prefix=BASE, dependencies=[Depends(transaction)] if atomic else [])
    return app


def main() -> int:
    """Reads the handshake and serves."""
    asked = read_handshake()
    with TemporaryDirectory(prefix="mizan-testee-") as folder:
        engine = open_database(str(Path(folder) / "rows.sqlite"))
        world.bind(SqlAlchemyRows(engine), run_in_threadpool)
        world.rows.reset()
        try:
            app = create_app(asked, engine)
        except RegistrationError as error:
            say(error=str(error))
            return 1
        serve_asgi(app)
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
