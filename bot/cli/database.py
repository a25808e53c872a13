"""vdialogue db: bring the database up to date, and check it."""

import asyncio

import click

from bot import database
from bot.cli.terminal import Refusal, load_settings, with_database, words
from bot.texts import commands as texts


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
def upgrade() -> None:
    """Bring the database to this version of the program."""

    async def nothing_more(_database: database.Database) -> None:
        return None

    with_database(nothing_more)
    click.echo(texts.database_is_current(words()))


@db.command()
def check() -> None:
    """Say whether the database fits this version of the program."""

    async def differences() -> str | None:
        opened = database.connect(load_settings().database_url)
        try:
            return await database.differences(opened)
        finally:
            await opened.close()

    found = asyncio.run(differences())
    if found:
        raise Refusal(texts.database_is_behind(words(), found))
    click.echo(texts.database_is_current(words()))
