"""What all commands share: the settings, the words of the terminal's language, an open database, and how to refuse."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import IO, Any, TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError

from bot import backups, database, markup, settings
from bot.cli.texts import commands
from bot.database import Database, moves, outage
from bot.database.moves import MoveMark, MoveStanding
from bot.features.health import texts as health_texts
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.i18n import Translator, translator
from bot.settings import BadSetting, Settings

Result = TypeVar("Result")

HELD = {MoveStanding.GONE: Matter.DATABASE_GONE, MoveStanding.ARRIVING: Matter.DATABASE_ARRIVING}
"""What is wrong with a database on which nobody may work, by how far it is in a move."""


class CommandFailed(click.ClickException):
    """A command is refused or failed: the reason goes to standard error, the exit status is 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the reason as it is."""
        click.echo(self.message, file=file, err=file is None)


def remedied(matter: Matter, detail: str = "") -> CommandFailed:
    """A refusal in the doctor's words: what is wrong, and what helps."""
    found = Finding(matter, Level.FAULT, detail=detail)
    return CommandFailed(f"{health_texts.finding(words(), found, 'UTC')} {health_texts.remedy(words(), found)}")


def words() -> Translator:
    """The translator for the terminal's language."""
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return translator(next((value.split(".")[0] for value in variables if value), None))


def plain(html: str) -> str:
    """What a message would say, for a terminal."""
    return markup.visible(html).replace(markup.FIRST_STRONG_ISOLATE, "").replace(markup.POP_DIRECTIONAL_ISOLATE, "")


def load_settings(**overrides: str) -> Settings:
    """The settings, but for what a command says otherwise; refuses with every fault."""
    try:
        return settings.load(settings.ENV, **overrides)
    except BadSetting as error:
        raise CommandFailed(str(error)) from None


def with_database(
    work: Callable[[Database], Awaitable[Result]], *, makes_it: bool = False, as_it_is: bool = False
) -> Result:
    """Run a piece of work on the database of the settings, brought up to date first unless it is wanted `as_it_is`.

    Refuses where there is none, which is most likely another folder than the bot's; only a command that `makes_it` begins one.
    """
    url = load_settings().database_url
    file = backups.sqlite_file(url)
    if file is not None and not makes_it and not os.path.exists(file):  # noqa: PTH110 - Path's raises where one may not look
        raise remedied(Matter.DATABASE_MISSING, str(file.absolute()))

    async def open_and_work() -> Result:
        async with opened(url, as_it_is=as_it_is) as database:
            with _telling():
                return await work(database)

    return asyncio.run(open_and_work())


@asynccontextmanager
async def opened(url: str, *, as_it_is: bool = False) -> AsyncIterator[Database]:
    """The database at a URL, brought up to date unless it is wanted `as_it_is`; refuses where it can't be opened, or was moved."""
    try:
        found = database.connect(url)
    except OSError as error:  # the folder can't be made
        raise remedied(Matter.DATABASE_AWAY, str(error)) from None
    try:
        if not as_it_is:
            with _telling():
                _refuse_held(await moves.mark_of(found))
                await database.upgrade(found)
        yield found
    finally:
        await found.close()


def _refuse_held(mark: MoveMark | None) -> None:
    """Refuse a database that was moved, or is a copy that isn't whole yet: else two would be written."""
    if mark is not None and (matter := HELD.get(mark.standing)):
        raise remedied(matter, mark.elsewhere)


@contextmanager
def _telling() -> Iterator[None]:
    """Within the block a database that is away, locked, or none at all is told in a sentence; a fault of ours isn't."""
    try:
        yield
    except SQLAlchemyError as error:
        if not outage.is_unusable(error):
            raise
        raise remedied(Matter.DATABASE_AWAY, outage.reason(error)) from None
    except database.UnknownRevision:
        raise remedied(Matter.DATABASE_BEYOND) from None
    except database.OlderProgramsRun:
        raise CommandFailed(commands.older_programs_run(words())) from None
