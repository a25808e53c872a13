"""All bots of one process: the first, by the settings, and those that its database registers, as it registers them now."""

import asyncio
from asyncio import sleep
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.app.application import TICK_SECONDS, Bot, wall_clock
from bot.app.tenants import Tenant
from bot.database import Database
from bot.hosting import registry
from bot.hosting.derived import settings_of
from bot.hosting.keys import KeyLost, Keys
from bot.hosting.places import NoPlace
from bot.hosting.registry import Registered, host_of
from bot.hosting.states import HostedState
from bot.settings import Settings

LOOK_SECONDS = 3.0

log = structlog.get_logger()


class Installation:
    """The first bot, and the others by their names."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        *,
        clock: Callable[[], datetime] = wall_clock,
        tick_seconds: float = TICK_SECONDS,
    ) -> None:
        self._settings, self._database = settings, database
        self._clock, self._tick_seconds = clock, tick_seconds
        self._keys = Keys(settings.bot_keys)
        self.first = Bot(settings, database, clock=clock, tick_seconds=tick_seconds)
        self._bot_id = int(self.first.application.bot.token.partition(":")[0])
        self._tenants: dict[str, Tenant] = {}
        self._serving: dict[str, asyncio.Task[None]] = {}

    @property
    def tenants(self) -> Mapping[str, Tenant]:
        """The others, as this process runs them."""
        return self._tenants

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run all of them until the block is left; they end side by side."""
        looking: asyncio.Future[None] | None = None
        self._expect(await self._registered())  # before anything is served: else the first would answer for another
        try:
            async with self.first.running():
                looking = asyncio.ensure_future(self._keep_looking())
                try:
                    yield
                finally:
                    looking.cancel()
        finally:
            if looking is not None:
                await asyncio.wait({looking})

    async def _keep_looking(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            while True:
                try:
                    self._take_up(await self._registered(), tasks)
                except (SQLAlchemyError, OSError) as error:  # all goes on as it is
                    if not self._database.outage.noticed(error):
                        log.warning("it isn't known which other bots are registered", error=type(error).__name__)
                except Exception:
                    log.exception("what is registered could not be taken up")
                await sleep(LOOK_SECONDS)

    async def _registered(self) -> list[Registered]:
        async with self._database.readers() as session:
            return await registry.listed(session)

    def _expect(self, found: Iterable[Registered]) -> None:
        self.first.shared.hosts.expect(host for each in found if (host := host_of(each.web_url)) is not None)

    def _take_up(self, found: list[Registered], tasks: asyncio.TaskGroup) -> None:
        self._expect(found)
        for name in self._tenants.keys() - {each.name for each in found}:
            self._let_go(name)
        for each in found:
            self._heed(each, tasks)

    def _let_go(self, name: str) -> None:
        """End a bot that is registered no more."""
        self._serving[name].cancel()
        del self._tenants[name]
        self.first.shared.others.forget(name)

    def _heed(self, bot: Registered, tasks: asyncio.TaskGroup) -> None:
        if bot.name not in self._tenants:
            if bot.name in self._serving and not self._serving[bot.name].done():
                return  # another of that name is about to end
            tenant = Tenant(bot.name, self.first.shared, clock=self._clock, tick_seconds=self._tick_seconds)
            self._tenants[bot.name] = tenant
            self._serving[bot.name] = tasks.create_task(tenant.run())
        tenant = self._tenants[bot.name]
        if bot.paused:
            tenant.rest(HostedState.PAUSED)
        elif bot.bot_id == self._bot_id:
            tenant.rest(HostedState.TWICE)
        else:
            self._serve(tenant, bot)

    def _serve(self, tenant: Tenant, bot: Registered) -> None:
        try:
            tenant.want(settings_of(self._settings, bot, self._keys))
        except KeyLost:
            # What is served goes on by the token that was opened before.
            if not tenant.is_wanted:
                self._lack(tenant, HostedState.KEY_LOST, bot.name, "set BOT_KEYS, or give its token again")
        except NoPlace:
            self._lack(tenant, HostedState.DATABASE_MISSING, bot.name, "set DATABASE_URL to a database that is kept")

    def _lack(self, tenant: Tenant, why: HostedState, name: str, remedy: str) -> None:
        if tenant.rest(why):
            log.error("a bot can't be served; the others go on", tenant=name, reason=why.value, remedy=remedy)
