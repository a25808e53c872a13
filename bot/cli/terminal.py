"""What all commands share: the settings, the words of the terminal's language, an open database, and how to refuse."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import IO, Any, TypeVar

import click
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import backups, database, markup, settings
from bot.cli.texts import bots as bot_texts
from bot.cli.texts import commands
from bot.database import Database, Fit, moves, outage
from bot.database.moves import MoveMark, MoveStanding
from bot.features.health import texts as health_texts
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.hosting import places, registry
from bot.hosting.derived import settings_of
from bot.hosting.keys import KeyLost, Keys
from bot.hosting.places import NoPlace, NotThere
from bot.hosting.registry import NoSuchBot, Registered
from bot.i18n import Translator, translator
from bot.settings import BadSetting, Settings

Result = TypeVar("Result")
CHOSEN = "chosen"  # the value of --bot, before any command

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


def first_settings(**overrides: str) -> Settings:
    """The settings as the host has them, which are the first bot's, but for what a command says otherwise; refuses with every fault."""
    try:
        return settings.load(settings.ENV, **overrides)
    except BadSetting as error:
        raise CommandFailed(str(error)) from None


def load_settings() -> Settings:
    """The settings of the bot that is meant: of the first, or of one that --bot names."""
    first, name = first_settings(), chosen_bot()
    if name is None:
        return first
    try:
        return settings_of(first, _registered(first, name), Keys(first.bot_keys))
    except KeyLost:
        raise CommandFailed(bot_texts.key_lost(words(), name)) from None
    except NoPlace:
        raise CommandFailed(bot_texts.no_place(words())) from None


def chosen_bot() -> str | None:
    """The name of the bot that --bot means; None for the first."""
    context = click.get_current_context(silent=True)
    name: str | None = context.find_root().params.get(CHOSEN) if context is not None else None
    return name


def _registered(first: Settings, name: str) -> Registered:
    """What is registered of a bot, read once for a command."""
    known: dict[str, Any] = click.get_current_context().meta
    if CHOSEN not in known:
        known[CHOSEN] = asyncio.run(read_registry(first, lambda session: registry.find(session, name)))
    found: Registered = known[CHOSEN]
    return found


async def read_registry(first: Settings, read: Callable[[AsyncSession], Awaitable[Result]]) -> Result:
    """What the first bot's database says of the others; refuses where there is none, or none of this version, and a name that isn't there."""
    refuse_missing(first.database_url)
    async with opened(first.database_url, as_it_is=True) as found:
        with _telling():
            _refuse_held(await moves.mark_of(found))
            async with found.readers() as session:
                match await database.fit(session):
                    case Fit.BEHIND:
                        raise remedied(Matter.DATABASE_BEHIND)
                    case Fit.BEYOND:
                        raise remedied(Matter.DATABASE_BEYOND)
                try:
                    return await read(session)
                except NoSuchBot as error:
                    raise CommandFailed(bot_texts.no_such_bot(words(), error.name)) from None


def refuse_missing(url: str) -> None:
    """Refuse where there is no SQLite file, which is most likely another folder than the bot's."""
    file = backups.sqlite_file(url)
    if file is not None and not os.path.exists(file):  # noqa: PTH110 - Path's raises where one may not look
        raise remedied(Matter.DATABASE_MISSING, str(file.absolute()))


def with_database(
    work: Callable[[Database], Awaitable[Result]], *, makes_it: bool = False, as_it_is: bool = False
) -> Result:
    """Run a piece of work on the database of the settings, brought up to date first unless it is wanted `as_it_is`.

    Refuses where there is none; only a command that `makes_it` begins one.
    """
    url = load_settings().database_url
    if not makes_it:
        refuse_missing(url)

    async def open_and_work() -> Result:
        async with opened(url, as_it_is=as_it_is, makes_it=makes_it) as database:
            with _telling():
                return await work(database)

    return asyncio.run(open_and_work())


@asynccontextmanager
async def opened(url: str, *, as_it_is: bool = False, makes_it: bool = True) -> AsyncIterator[Database]:
    """The database at a URL, brought up to date unless it is wanted `as_it_is`; refuses where it can't be opened, or was moved."""
    try:
        found = database.connect(url)
    except OSError as error:  # the folder can't be made
        raise remedied(Matter.DATABASE_AWAY, str(error)) from None
    try:
        with _telling():
            await _enter(found, url, makes_it=makes_it)
        if not as_it_is:
            with _telling():
                _refuse_held(await moves.mark_of(found))
                await database.upgrade(found)
        yield found
    finally:
        await found.close()


async def _enter(found: Database, url: str, *, makes_it: bool) -> None:
    """Make the schema of a bot, or refuse where it is missing, or may not be made."""
    try:
        await places.enter(found, url, makes_it=makes_it)
    except NotThere as error:
        raise remedied(Matter.DATABASE_MISSING, error.place) from None
    except ProgrammingError as error:
        raise remedied(Matter.DATABASE_AWAY, outage.reason(error)) from None


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
