"""Where the data of a bot lie: a file beside the first one's, or a schema of its database; so no query shows one bot's words to another."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import exists, select, text
from sqlalchemy.engine import make_url

from bot import backups, database
from bot.backups import schemas
from bot.database import Database
from bot.models import Dialogue, Person

_HERE = text("SELECT current_schema()")


class NoPlace(Exception):
    """The first bot's database is in memory, beside which there is nothing."""


class NotThere(Exception):
    """There is no database at a place, which is told as `shown` has it."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def database_of(url: str, name: str) -> str:
    """The URL of a bot's database, by that of the first one's; raises NoPlace."""
    file = backups.sqlite_file(url)
    if file is None:
        # A name has hyphens and no underscores, a schema's the other way round.
        within = schemas.within(make_url(url), schemas.OF_BOTS + name.replace("-", "_"))
        return within.render_as_string(hide_password=False)
    if not file.name or file.name == ":memory:":
        raise NoPlace
    beside = file.with_name(f"{file.stem}-{name}{file.suffix}")
    return make_url(url).set(database=str(beside)).render_as_string(hide_password=False)


def shown(url: str) -> str:
    """A place for people to see, without a password."""
    file = backups.sqlite_file(url)
    if file is not None:
        return str(file.absolute())
    address = make_url(url)
    plain = address.difference_update_query(["options"]).set(drivername="postgresql")._replace(password=None)
    return " ".join([plain.render_as_string(), *([schema] if (schema := schemas.schema_of(address)) else [])])


async def is_there(opened: Database, url: str) -> bool:
    """Whether there is a place to work in; where the file of SQLite is missing, whoever opens it makes it.

    A pooler between may pass over in which schema a connection is to be, and would lead to the first bot's tables.
    """
    file = backups.sqlite_file(url)
    if file is not None:
        return _exists(file)
    schema = schemas.schema_of(make_url(url))
    if schema is None:
        return True
    async with opened.readers() as session:
        here: str | None = await session.scalar(_HERE)
        return here == schema


def _exists(file: Path) -> bool:
    return os.path.exists(file)  # noqa: PTH110 - Path's raises where one may not look


async def enter(opened: Database, url: str, *, makes_it: bool) -> None:
    """Make the place of a database if that is wanted; raises NotThere where it is still missing. A file comes about by itself."""
    address, file = make_url(url), backups.sqlite_file(url)
    if makes_it and (schema := schemas.schema_of(address)) is not None:
        async with opened.engine.begin() as connection:
            await connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
    if not (makes_it and file) and not await is_there(opened, url):
        raise NotThere(shown(url))


@asynccontextmanager
async def connected(url: str, *, makes_it: bool = False) -> AsyncIterator[Database]:
    """The database at a place, as it is; raises NotThere, unless it is to be made, and OSError where its folder can't be."""
    opened = database.connect(url)
    try:
        await enter(opened, url, makes_it=makes_it)
        yield opened
    finally:
        await opened.close()


async def holds_something(opened: Database) -> bool:
    """Whether anybody ever used a database, which is up to date."""
    async with opened.readers() as session:
        return bool(await session.scalar(select(exists(select(Person.id)) | exists(select(Dialogue.id)))))
