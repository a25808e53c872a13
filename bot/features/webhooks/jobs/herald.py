"""Tells each endpoint what changed in its dialogue, in order, and none waits for another that is slow."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.database import Database
from bot.features.webhooks.actions import changes, endpoints, ledger
from bot.features.webhooks.actions.endpoints import NoSuchEndpoint
from bot.features.webhooks.actions.ledger import Try
from bot.features.webhooks.jobs import posting
from bot.models import HookState, Setback
from bot.settings import Settings

REST_SECONDS = 5.0  # between looks
SHARE = 50  # a look that took a second is made again after fifty
AT_ONCE = 8  # endpoints that are told side by side
IN_A_ROW = 100  # events for one before the next look
SENT = "sent"

log = structlog.get_logger()


class Herald:
    """Looks and tells, while this is its process's to do (`is_ours`); `on_told` hears the outcome of each try."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Callable[[], datetime],
        *,
        is_ours: Callable[[], bool],
        on_told: Callable[[str], None],
    ) -> None:
        self._database, self._clock, self._is_ours, self._on_told = database, clock, is_ours, on_told
        self._web_url, self._to_private = settings.web_url, settings.webhooks_to_private
        self._busy: set[int] = set()
        self._look_from: dict[int, float] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Look and tell until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                await asyncio.sleep(REST_SECONDS)  # first of all, so that nothing waits for it at the start
                for endpoint_id in await self._idle():
                    tasks.create_task(self._tell(endpoint_id))

    async def tell_all(self) -> None:
        """Look and tell once, whatever rest a look would be given."""
        self._look_from.clear()
        await asyncio.gather(*(self._tell(endpoint_id) for endpoint_id in await self._idle()))

    async def _idle(self) -> Sequence[int]:
        if not self._is_ours():
            return ()
        try:
            async with self._database.readers() as session:
                active = await endpoints.active(session, now=self._clock())
        except SQLAlchemyError as error:
            if not self._database.outage.noticed(error):
                log.exception("it isn't known which endpoints there are")
            return ()
        return [each for each in active if each not in self._busy]

    async def _tell(self, endpoint_id: int) -> None:
        self._busy.add(endpoint_id)
        try:
            async with self._slots:
                await self._note(endpoint_id)
                await self._send(endpoint_id)
        except NoSuchEndpoint:
            return  # it was taken away meanwhile
        except Exception as error:  # whatever it is, the other endpoints go on
            if not self._database.outage.noticed(error):
                log.exception("an endpoint could not be told", endpoint=endpoint_id)
            self._look_from[endpoint_id] = time.monotonic() + REST_SECONDS
        finally:
            self._busy.discard(endpoint_id)

    async def _note(self, endpoint_id: int) -> None:
        """Write down what changed, unless the last look took long and isn't long ago."""
        begun = time.monotonic()
        if begun < self._look_from.get(endpoint_id, 0.0):
            return
        await note(self._database, endpoint_id, self._clock)
        self._look_from[endpoint_id] = time.monotonic() + SHARE * (time.monotonic() - begun)

    async def _send(self, endpoint_id: int) -> None:
        for _ in range(IN_A_ROW):
            if not self._is_ours():
                return
            async with self._database.sessions.begin() as session:
                tried = await ledger.take(session, endpoint_id, web_url=self._web_url, now=self._clock())
            if tried is None or not await self._try(tried):
                return

    async def _try(self, tried: Try) -> bool:
        """Send an event; returns whether more may go there at once."""
        exchange = await posting.post(
            tried.url, tried.uid, tried.message, tried.secrets, to_private=self._to_private, now=self._clock()
        )
        setback, chance = exchange.reception.setback, random.random()  # noqa: S311 - spreads tries, hides nothing
        async with self._database.sessions.begin() as session:
            state = await ledger.settle(session, tried, exchange.reception, chance=chance, now=self._clock())
        self._on_told(setback or SENT)
        if state is HookState.DISABLED:
            log.warning(
                "a webhook goes nowhere any more",
                endpoint=tried.endpoint_id,
                host=endpoints.host_of(tried.url),
                setback=setback,
                remedy=f"once it works again: vdialogue webhook resend {tried.endpoint_id}",
            )
        return setback is None or setback is Setback.REFUSED


async def note(database: Database, endpoint_id: int, clock: Callable[[], datetime]) -> None:
    """Write down all that an endpoint doesn't know yet, some of it at a time; of a new one, what there was before it."""
    after: int | None = 0
    while after is not None:
        after = await _note_some(database, endpoint_id, after, clock)
    async with database.readers() as session:
        is_new = await endpoints.is_new(session, endpoint_id)
    if is_new:
        async with database.sessions.begin() as session:
            await endpoints.begin(session, endpoint_id)


async def _note_some(database: Database, endpoint_id: int, after: int, clock: Callable[[], datetime]) -> int | None:
    async with database.readers() as session:
        if await ledger.is_full(session, endpoint_id):
            return None
        found = await changes.look(session, endpoint_id, after=after, now=clock())
    if found.divergences:
        async with database.sessions.begin() as session:
            await ledger.write_down(session, endpoint_id, found.divergences, now=clock())
    return found.resume


async def forget(database: Database, clock: Callable[[], datetime]) -> None:
    """Forget the events that were settled long enough ago, some of them at a time, so that others can write in between."""
    forgotten = -1
    while forgotten:
        begun = time.monotonic()
        async with database.sessions.begin() as session:
            forgotten = await ledger.prune(session, now=clock())
        await asyncio.sleep(time.monotonic() - begun)
