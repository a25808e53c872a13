"""Databases to measure on: empty at first, and gone at the end."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import text

from bot import database
from bot.database import Database
from bot.models import Base


@asynccontextmanager
async def empty(url: str) -> AsyncIterator[Database]:
    """An empty database at a URL, emptied again at the end."""
    found = database.connect(url)
    await database.upgrade(found)
    yield found
    if found.engine.dialect.name == "postgresql":
        async with found.engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
            await connection.execute(text("DROP TABLE alembic_version"))
    await found.close()
    # SQLite would look up each row's references before it drops a table: many minutes at a million.
    if file := found.engine.url.database if found.engine.dialect.name == "sqlite" else None:
        for path in Path(file).parent.glob(f"{Path(file).name}*"):
            path.unlink()


async def settle(found: Database) -> None:
    """Have the database learn what it holds, as it does by itself in the course of time."""
    async with found.engine.begin() as connection:
        await connection.execute(text("ANALYZE"))
