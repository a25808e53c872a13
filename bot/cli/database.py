"""vdialogue db: bring the database up to date, check it, back it up, put a backup back, and copy it to another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot import backups, database
from bot.app import application
from bot.backups import erasures
from bot.cli.copying import copy
from bot.cli.terminal import CommandFailed, load_settings, with_database, words
from bot.cli.texts import commands as texts
from bot.cli.texts import upkeep
from bot.database import Fit
from bot.features.privacy import jobs as privacy_jobs
from bot.tallies import reconciliation

FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group()
def db() -> None:
    """Look after the database."""


db.add_command(copy)


@db.command()
def upgrade() -> None:
    """Bring the database to this version of the program."""
    click.echo(_told(with_database(_fit, makes_it=True)))


@db.command()
def check() -> None:
    """Say whether the database fits this version of the program."""
    click.echo(_told(with_database(_compare, as_it_is=True)))


async def _fit(opened: database.Database) -> Fit:
    async with opened.readers() as session:
        return await database.fit(session)


async def _compare(opened: database.Database) -> Fit:
    found = await _fit(opened)
    if found is Fit.BEYOND:
        raise database.UnknownRevision
    if found is not Fit.AHEAD and (what := await database.differences(opened)):
        raise CommandFailed(texts.database_is_behind(words(), what))
    return found


def _told(found: Fit) -> str:
    return texts.database_is_newer(words()) if found is Fit.AHEAD else texts.database_is_current(words())


@db.command()
def recount() -> None:
    """Count anew what digests are made from, and put right what differs, also while the bot runs; may be broken off."""
    count = with_database(_recount)
    click.echo(upkeep.recounted(words(), count))


async def _recount(opened: database.Database) -> int:
    """Part by part, each in a transaction of its own; participation first, for a part counts it too."""
    differences = 0
    after: int | None = 0
    while after is not None:
        async with opened.sessions.begin() as session:
            found, after = await reconciliation.put_participation_right(session, after=after)
        differences += found
    async with opened.readers() as session:
        parts = await reconciliation.parts(session)
    for part in parts:
        async with opened.sessions.begin() as session:
            differences += await reconciliation.put_right(session, part)
    return differences


@db.command()
@FILE
def backup(file: Path) -> None:
    """Write all that is remembered to FILE, also while the bot runs."""
    try:
        with _refusing(file):
            backups.back_up(load_settings().database_url, file)
    except OSError as error:
        raise CommandFailed(upkeep.cannot_write(words(), str(file), error.strerror or str(error))) from None
    click.echo(upkeep.backed_up(words(), str(file)))


@db.command()
@FILE
@click.option("--replace", is_flag=True, help="Throw away what is in the database now.")
def restore(file: Path, *, replace: bool) -> None:
    """Check the backup FILE, and put it back; the bot must not be running."""
    try:
        with _refusing(file):
            backups.restore(load_settings().database_url, file, replace=replace, suits=_suits)
    except OSError as error:
        raise CommandFailed(texts.cannot_read(words(), str(file), error.strerror or str(error))) from None
    click.echo(upkeep.restored(words(), str(file)))
    if again := with_database(_erase_again, makes_it=True):
        click.echo(upkeep.erased_again(words(), again))
    click.echo(upkeep.what_to_look_at(words()))


async def _erase_again(opened: database.Database) -> int:
    """At once, since other commands read the database too; the bot looks once more at its start."""
    settings = load_settings()
    listed = erasures.of(settings.database_url, settings.erasures_dir)
    return await privacy_jobs.erase_again(opened, listed, now=application.wall_clock())


def _suits(revision: str, needed: str | None) -> bool:
    return database.judge([revision], needed) is not Fit.BEYOND


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    t = words()
    try:
        yield
    except backups.FileInTheWay:
        raise CommandFailed(upkeep.file_in_the_way(t, str(file))) from None
    except backups.NothingToBackUp:
        raise CommandFailed(upkeep.nothing_to_back_up(t)) from None
    except backups.NotABackup as error:
        raise CommandFailed(upkeep.not_a_backup(t, str(file), error.reason)) from None
    except backups.NewerBackup:
        raise CommandFailed(upkeep.newer_backup(t, str(file))) from None
    except backups.NotEmpty:
        raise CommandFailed(upkeep.not_empty(t)) from None
    except backups.InUse:
        raise CommandFailed(upkeep.in_use(t)) from None
    except backups.DatabaseFailed as error:
        raise CommandFailed(upkeep.database_failed(t, error.reason)) from None
    except backups.ToolMissing as error:
        raise CommandFailed(upkeep.tool_missing(t, error.tool)) from None
    except backups.ToolFailed as error:
        raise CommandFailed(upkeep.tool_failed(t, error.tool, error.reason)) from None
