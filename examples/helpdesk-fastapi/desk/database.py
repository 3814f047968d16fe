"""The database file, and the sessions that functions depend on."""

import os
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends
from sqlalchemy import Connection, event, insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from desk.models import Base, Comment, Event, Person, Ticket
from helpdesk.seed import read_seed

file = os.environ.get("HELPDESK_DATABASE", "data/helpdesk.sqlite")
engine = create_async_engine(f"sqlite+aiosqlite:///{file}", connect_args={"timeout": 20})
readers = async_sessionmaker(engine, expire_on_commit=False)
# A transaction that reads first and writes later would be refused when another wrote in between.
writers = async_sessionmaker(engine.execution_options(immediate=True), expire_on_commit=False)


@event.listens_for(engine.sync_engine, "connect")
def on_connect(connection: Any, _record: object) -> None:
    """Readers go on beside a writer; where transactions begin is said by `on_begin`."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(engine.sync_engine, "begin")
def on_begin(connection: Connection) -> None:
    """One writer at a time, the others wait."""
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


async def reader() -> AsyncIterator[AsyncSession]:
    """A session that only reads."""
    async with readers() as session:
        yield session


async def writer() -> AsyncIterator[AsyncSession]:
    """A session whose changes are committed when the function returns, and rolled back when it raises."""
    async with writers.begin() as session:
        yield session


Reader = Annotated[AsyncSession, Depends(reader)]
Writer = Annotated[AsyncSession, Depends(writer)]


async def open_database() -> None:
    """Creates the tables where they are missing, and fills an empty database: all of the seed or nothing."""
    async with engine.execution_options(immediate=True).begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        if await connection.scalar(select(Person.id).limit(1)) is not None:
            return
        seed = read_seed() or {}
        tables = {"people": Person, "tickets": Ticket, "comments": Comment, "events": Event}
        for name, table in tables.items():
            if seed.get(name):
                await connection.execute(insert(table), seed[name])
