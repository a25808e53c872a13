"""Bots besides the first in one process (multi-tenancy): each with a database, a pace and faults of its own, as its host registered it."""

import asyncio
import time
from asyncio import sleep
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot import database as databases
from bot import tracing
from bot.app.application import Bot
from bot.app.receiving import SharedServer
from bot.database import Database, OlderProgramsRun, UnknownRevision, moves, outage
from bot.hosting import places
from bot.hosting.places import NotThere
from bot.hosting.states import HostedState
from bot.inbound.application import TokenRefused
from bot.settings import Settings
from bot.web.others import OtherBot

FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 600.0  # before a bot that could not be served is tried again
WELL_SECONDS = 60.0  # what was served for so long had recovered

log = structlog.get_logger()


class Moved(Exception):
    """All that was in the database is elsewhere, or it is a copy that isn't whole yet."""


class Tenant:
    """One of them: served as its host wants it, from one change to the next, and whatever goes wrong is its own affair."""

    def __init__(self, name: str, shared: SharedServer, *, clock: Callable[[], datetime], tick_seconds: float) -> None:
        self._name, self._shared, self._clock, self._tick_seconds = name, shared, clock, tick_seconds
        self._wanted: Settings | None = None
        self._why: HostedState | None = None
        self._changed = asyncio.Event()
        self._state: HostedState | None = None
        self.bot: Bot | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether it is to be served."""
        return self._wanted is not None

    @property
    def state(self) -> HostedState | None:
        """How it stands; None before it was first looked at."""
        return self._state

    def want(self, settings: Settings) -> None:
        """Have it served with these settings from now on; nothing changes if it is already."""
        if settings != self._wanted:
            self._wanted = settings
            self._changed.set()

    def rest(self, why: HostedState) -> bool:
        """Have it served no more; whether that is news."""
        if self._wanted is None and why is self._why:
            return False
        self._wanted, self._why = None, why
        self._changed.set()
        return True

    async def run(self) -> None:
        """Serve it until cancelled; each line of the log that is about it says so."""
        with structlog.contextvars.bound_contextvars(tenant=self._name), tracing.rows_of(self._name):
            while True:
                self._changed.clear()
                serving = asyncio.ensure_future(self._keep_serving(self._wanted))
                try:
                    await self._changed.wait()
                finally:
                    serving.cancel()
                    await asyncio.wait({serving})  # it ends in order before another begins

    async def _keep_serving(self, settings: Settings | None) -> None:
        if settings is None:
            if self._why is not None:
                self._stand(self._why)
            return
        self._stand(HostedState.STARTING)
        pause = FIRST_PAUSE_SECONDS
        while True:
            begun = time.monotonic()
            try:
                await self._serve(settings)
            except Exception as error:  # noqa: BLE001 - whatever it is, the other bots go on
                self._fail(_innermost(error))
            if time.monotonic() - begun > WELL_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)

    async def _serve(self, settings: Settings) -> None:
        async with _opened(settings.database_url) as database:
            bot = Bot(settings, database, clock=self._clock, tick_seconds=self._tick_seconds, shared=self._shared)
            try:
                async with bot.running():
                    await self._stay(bot)
            finally:
                # Where it was broken off before it ran.
                await bot.lease.give_up()
                await bot.sharing.give_up()

    async def _stay(self, bot: Bot) -> None:
        """Have it be known until it is broken off; it tells nothing of itself while it ends."""
        self.bot = bot
        try:
            self._stand(HostedState.RUNNING)
            await asyncio.Event().wait()
        finally:
            self.bot = None
            self._shared.others.hush(self._name)

    def _fail(self, error: BaseException) -> None:
        state = _state_after(error)
        if state is not self._state:
            remedy = f"vdialogue doctor --bot {self._name}"
            told = error if state is HostedState.FAILED else None
            log.error("a bot can't be served; the others go on", reason=state.value, remedy=remedy, exc_info=told)
        self._stand(state)

    def _stand(self, state: HostedState) -> None:
        self._state = state
        pages = self.bot.pages if self.bot is not None else None
        self._shared.others.note(self._name, OtherBot(state, pages))


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[Database]:
    """A bot's database, up to date; raises NotThere, Moved, UnknownRevision, OlderProgramsRun, and SQLAlchemyError where it can't be used."""
    async with places.connected(url) as database:
        mark = await moves.mark_of(database)
        if mark is not None and mark.standing in moves.HELD:
            raise Moved(mark.elsewhere)
        await databases.upgrade(database)
        moves.heed(database)
        yield database


def _innermost(error: BaseException) -> BaseException:
    """What a group of tasks failed with first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def _state_after(error: BaseException) -> HostedState:
    match error:
        case TokenRefused():
            return HostedState.TOKEN_REFUSED
        case NotThere():
            return HostedState.DATABASE_MISSING
        case Moved():
            return HostedState.DATABASE_MOVED
        case UnknownRevision() | OlderProgramsRun():
            return HostedState.DATABASE_BEYOND
        case SQLAlchemyError() | OSError() if outage.is_unusable(error) or isinstance(error, OSError):
            return HostedState.DATABASE_AWAY
        case _:
            return HostedState.FAILED
