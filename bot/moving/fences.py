"""Before the switch: the database that is left must be nobody else's, and from then on nobody may come to it."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from sqlalchemy import text

from bot import backups
from bot.backups import InUse
from bot.backups.postgresql import OTHERS
from bot.backups.sqlite import have_alone
from bot.database import Database
from bot.database.moves import MoveMark, MoveStanding, put_mark

LOOKS, LOOK_SECONDS = 20, 0.1  # PostgreSQL still knows for a moment of connections that were just closed
_GONE = "UPDATE moving SET standing = 'gone'"


async def leave(database: Database, mark: MoveMark) -> None:
    """Have nobody work on a database any more that is marked as being left; raises InUse where someone has it open."""
    await database.engine.dispose()
    await database.reading_engine.dispose()
    file = backups.sqlite_file(str(database.engine.url))
    if file is not None:
        await asyncio.to_thread(_leave_file, file)
        return
    # First the mark, then the look: who comes in between finds the mark.
    await stand(database, replace(mark, standing=MoveStanding.GONE))
    if await _others(database):
        await stand(database, mark)
        raise InUse


async def stand(database: Database, mark: MoveMark) -> None:
    """Put a mark down for good."""
    async with database.engine.begin() as connection:
        await put_mark(connection, mark)


def _leave_file(file: Path) -> None:
    with closing(sqlite3.connect(file, timeout=0, isolation_level=None)) as connection:
        have_alone(connection)
        connection.execute(_GONE)


async def _others(database: Database) -> bool:
    others = text(OTHERS.format(own=0))
    for _ in range(LOOKS):
        async with database.engine.connect() as connection:
            if (await connection.execute(others)).first() is None:
                return False
        await asyncio.sleep(LOOK_SECONDS)
    return True
