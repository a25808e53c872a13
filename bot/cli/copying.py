"""vdialogue db copy: all that is remembered goes to another database, from SQLite to PostgreSQL or back, while the bot runs."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot import backups
from bot.backups import erasures
from bot.cli.terminal import CommandFailed, chosen_bot, load_settings, opened, with_database, words
from bot.cli.texts import commands, moving, upkeep
from bot.database import Database, outage
from bot.database.migrations import DanglingReferences
from bot.database.moves import mark_of
from bot.features.replies import jobs as reply_jobs
from bot.features.replies.actions.words import any_unsearchable
from bot.hosting.places import NoPlace, database_of
from bot.moving import Round, journey, refusals
from bot.settings import with_driver

ABOUT_ONE = {
    refusals.Behind: commands.database_is_behind,
    refusals.NewerDatabase: moving.newer,
    refusals.Occupied: moving.occupied,
    refusals.AlreadyMoved: moving.already_moved,
}
"""What is said of the one of two databases that stands in the way."""


@click.command()
@click.option("--to", "url", required=True, envvar="COPY_TO", metavar="URL", help="The other database. [env: COPY_TO]")
@click.option("--switch", "last", is_flag=True, help="The bot is stopped: copy the rest, and have it begin there.")
@click.option("--undo", is_flag=True, help="Take back a switch that was broken off.")
def copy(url: str, *, last: bool, undo: bool) -> None:
    """Copy the database to another, also while the bot runs; may be broken off, and goes on when it is begun again."""
    if last and undo:
        raise click.UsageError("Give --switch or --undo, not both.")
    target = _target(url)
    with _refusing():
        if undo:
            _take_back(target)
        elif last:
            _switch(target)
        else:
            _copy(target)


def _target(url: str) -> str:
    """Where the bot that is meant goes, in the database that is named: each bot has its own part of it."""
    try:
        whole = with_driver(url)
        return whole if (name := chosen_bot()) is None else database_of(whole, name)
    except (ValueError, NoPlace):
        raise CommandFailed(moving.not_a_database(words())) from None


def _copy(url: str) -> None:
    async def work(source: Database) -> None:
        async with _other(url) as target:
            await journey.copy(source, target, tell=_tell, gather=_gather)

    with_database(work, as_it_is=True)
    click.echo(moving.copied(words(), _shown(url)))


def _switch(url: str) -> None:
    async def work(source: Database) -> None:
        async with _other(url) as target:
            await journey.switch(source, target, tell=_tell)

    begun = time.monotonic()
    with_database(work, as_it_is=True)
    settings = load_settings()
    old, new = (erasures.of(each, settings.erasures_dir) for each in (settings.database_url, url))
    new.take_over(old)
    click.echo(moving.switched(words(), _shown(url), time.monotonic() - begun))


def _take_back(url: str) -> None:
    async def work(source: Database) -> None:
        async with _other(url) as target:
            await journey.take_back(source, target)

    with_database(work, as_it_is=True)
    click.echo(moving.taken_back(words()))


@asynccontextmanager
async def _other(url: str) -> AsyncIterator[Database]:
    """The other database, as it is; refuses where it can't be used."""
    async with opened(url, as_it_is=True) as database:
        try:
            await mark_of(database)
        except SQLAlchemyError as error:
            raise CommandFailed(moving.cannot_reach(words(), _shown(url), outage.reason(error))) from None
        yield database


async def _gather(database: Database) -> None:
    """Have all replies found by their words, rather than some more with each of the bot's first ticks."""
    while True:
        async with database.readers() as session:
            if not await any_unsearchable(session):
                return
        await reply_jobs.gather_words(database)


def _tell(found: Round) -> None:
    click.echo(moving.compared(words(), found.rows, found.changed))


def _shown(url: str) -> str:
    """A URL for others to see."""
    file = backups.sqlite_file(url)
    return str(file) if file is not None else make_url(url)._replace(password=None).render_as_string()


@contextmanager
def _refusing() -> Iterator[None]:
    t = words()
    try:
        yield
    except refusals.SameDatabase:
        raise CommandFailed(moving.same(t)) from None
    except (refusals.Behind, refusals.NewerDatabase, refusals.Occupied, refusals.AlreadyMoved) as error:
        raise CommandFailed(ABOUT_ONE[type(error)](t, error.address)) from None
    except refusals.NotMoved:
        raise CommandFailed(moving.not_moved(t)) from None
    except refusals.UnfitRow as error:
        raise CommandFailed(moving.unfit(t, error.table, ", ".join(map(str, error.key)), error.reason)) from None
    except refusals.Differs as error:
        raise CommandFailed(moving.differs(t, error.tables)) from None
    except DanglingReferences as error:
        raise CommandFailed(moving.differs(t, [str(error)])) from None
    except backups.InUse:
        raise CommandFailed(upkeep.in_use(t)) from None
