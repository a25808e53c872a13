"""The gauges of what the database holds, counted anew only when the last count is old."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from prometheus_client import Gauge
from sqlalchemy.exc import SQLAlchemyError

from bot.database import Database
from bot.features.health.actions import queues as health_queues
from bot.web.vitals import Vitals

FRESH_SECONDS = 15.0
SHARE = 100  # a count that took a second is good for a hundred: at most a hundredth of the time goes into counting
PATIENCE_SECONDS = 60.0
WAIT_SECONDS = 5.0  # of whoever asks: Prometheus gives up after ten, and would take the bot for dead

log = structlog.get_logger()


class Counting:
    """Brings the gauges in the registry of `vitals` up to date."""

    def __init__(self, database: Database, clock: Callable[[], datetime], vitals: Vitals) -> None:
        self._database, self._clock = database, clock
        self._counts: health_queues.Counts | None = None
        self._good_until = 0.0
        self._under_way: asyncio.Future[None] | None = None
        registry = vitals.registry
        self._up = Gauge("vdialogue_database_up", "Whether the database answers", registry=registry)
        self._inbox = Gauge("vdialogue_inbox_updates", "Kept updates that aren't done", ["state"], registry=registry)
        self._parked_chats = Gauge(
            "vdialogue_inbox_parked_chats", "Chats of which updates are parked", registry=registry
        )
        self._deliveries = Gauge("vdialogue_deliveries", "Deliveries", ["state"], registry=registry)
        self._oldest = Gauge(
            "vdialogue_oldest_seconds", "How long the first waits: inbox, or due delivery", ["queue"], registry=registry
        )

    async def refresh(self) -> None:
        """Count, and tell the gauges; what takes long goes on meanwhile, and they are as they were."""
        if self._under_way is None or self._under_way.done():
            self._under_way = asyncio.ensure_future(self._count())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(WAIT_SECONDS):
                await asyncio.shield(self._under_way)

    async def _count(self) -> None:
        """Where the database doesn't answer, the gauges are empty."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._refresh()
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            if not self._database.outage.noticed(error):
                log.warning("the queues could not be counted", error=type(error).__name__)
            self._up.set(0)
            for gauge in (self._inbox, self._deliveries, self._oldest):
                gauge.clear()
        else:
            self._up.set(1)

    async def _refresh(self) -> None:
        async with self._database.readers() as session:
            queues = await health_queues.queues(session, now=self._clock())
            begun = time.monotonic()
            if self._counts is None or begun >= self._good_until:
                self._counts = await health_queues.counts(session)
                took = time.monotonic() - begun
                self._good_until = begun + max(FRESH_SECONDS, SHARE * took)
        for gauge, counted in ((self._inbox, self._counts.inbox), (self._deliveries, self._counts.deliveries)):
            for state, count in counted.items():
                gauge.labels(state.value).set(count)
        self._parked_chats.set(self._counts.parked_chats)
        self._oldest.labels("inbox").set(queues.inbox)
        self._oldest.labels("due").set(queues.due)
