"""vdialogue inbox: updates that were set aside because handling them failed, and how they get another chance."""

import click

from bot.cli.terminal import CommandFailed, load_settings, with_database, words
from bot.cli.texts import upkeep as texts
from bot.database import Database
from bot.inbox import retries


@click.group()
def inbox() -> None:
    """See updates that could not be handled, and have them tried again."""


@inbox.command(name="list")
def list_() -> None:
    """List the updates that were set aside, each with the last line of its error."""

    async def collect(database: Database) -> list[retries.Parked]:
        async with database.readers() as session:
            return await retries.parked(session)

    zone = load_settings().default_timezone
    parked = with_database(collect)
    for one in parked:
        click.echo(texts.parked(words(), one, zone))
    if not parked:
        click.echo(texts.none_parked(words()))


@inbox.command()
@click.argument("inbox_ids", metavar="[ID]...", nargs=-1, type=int)
@click.option("--all", "everything", is_flag=True, help="All of them.")
def retry(inbox_ids: tuple[int, ...], *, everything: bool) -> None:
    """Have updates that were set aside tried again, once the cause is mended."""
    if everything == bool(inbox_ids):
        raise click.UsageError("Name the updates by their ids, or give --all.")

    async def try_again(database: Database) -> int:
        async with database.sessions.begin() as session:
            return await retries.retry(session, inbox_ids or None)

    try:
        click.echo(texts.retried(words(), with_database(try_again)))
    except retries.NotParked as error:
        raise CommandFailed(texts.not_parked(words(), error.inbox_id)) from None
