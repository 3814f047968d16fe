"""The application. It asks nobody who they are: it is a demo on your own machine."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from mizan.fastapi import router

from desk import summary, team, ticket_list, tickets
from desk.database import engine, open_database, writer
from desk.page import Page


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """The database is there before the first request."""
    await open_database()
    yield
    await engine.dispose()


app = FastAPI(title="Helpdesk", lifespan=lifespan)
# A slow machine shall show what a fast one does: fresh data in the answer of each write.
limits = {"flight_milliseconds": 2000}
app.include_router(
    router(ticket_list, tickets, summary, team, transaction=writer, limits=limits),
    prefix="/api/mizan",
)
if web := os.environ.get("HELPDESK_WEB"):
    app.mount("/", Page(directory=web, html=True))
