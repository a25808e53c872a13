"""Health and metrics: how the bot is, for whoever watches over it; without its token, and without a word about people."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot import database as databases
from bot.database import Database
from bot.features.health.actions import queues
from bot.features.health.actions.queues import Queues
from bot.web.gauges import Counting
from bot.web.others import Others
from bot.web.vitals import Vitals

SILENT_SECONDS = {"polling": 180.0, "webhook": 900.0}  # a poll takes 50; the webhook is looked at every 300
STALE_TICK_SECONDS = 120.0  # a tick begins every 15
STUCK_INBOX_SECONDS = 300.0  # an update that fails is parked within seconds
DATABASE_SECONDS = 5.0


class Pages:
    """The pages of a bot that receives by polling or by webhook; `next_runs` says in how many seconds each job runs next.

    Of several processes the one of which `receives` says so hears of Telegram. `others` are further bots of the same process.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        vitals: Vitals,
        next_runs: Callable[[], Mapping[str, float]],
        *,
        receives_by: Literal["polling", "webhook"],
        receives: Callable[[], bool] = lambda: True,
        others: Others | None = None,
    ) -> None:
        self._database, self._clock, self._vitals, self._receives_by = database, clock, vitals, receives_by
        self._next_runs, self._receives = next_runs, receives
        self._counting = Counting(database, clock, vitals)
        self._others = others or Others()
        if others is not None:
            vitals.registry.register(others)

    def routes(self) -> list[web.RouteDef]:
        """Where they are found."""
        return [
            web.get("/health/live", self.live),
            web.get("/health/ready", self.ready),
            web.get("/metrics", self.metrics),
        ]

    async def live(self, _request: web.Request) -> web.Response:
        """200 as long as the event loop comes round."""
        return web.json_response({"live": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """200 if all works, else 503; `faults` names what doesn't: database, migrations, telegram, tick, inbox.

        `jobs` says of each when it was last done, and when it comes next.
        `troubles` are pieces of the work that failed the last time, by the class of the error, while the rest went on.
        `bots` are the others, each with its `state` and the same; how they are doesn't count here.
        """
        told = await self.told()
        if others := await self._others.told():
            told["bots"] = others
        return web.json_response(told, status=200 if told["ready"] else 503)

    async def told(self) -> dict[str, Any]:
        """What `ready` says of this bot."""
        heard, ticked = self._vitals.heard_seconds, self._vitals.ticked_seconds
        database, current, queues = await self._look()
        faults = {
            "database": not database,
            "migrations": database and not current,
            "telegram": self._receives() and (heard is None or heard > SILENT_SECONDS[self._receives_by]),
            "tick": ticked is None or ticked > STALE_TICK_SECONDS,
            "inbox": queues.inbox > STUCK_INBOX_SECONDS,
        }
        return {
            "ready": not any(faults.values()),
            "faults": [fault for fault, present in faults.items() if present],
            "receives_by": self._receives_by,
            "seconds_since_telegram": _rounded(heard),
            "seconds_since_tick": _rounded(ticked),
            "jobs": {
                name: {
                    "seconds_since": _rounded(self._vitals.seconds_since(name)),
                    "seconds_until": round(max(0.0, until), 1),
                }
                for name, until in self._next_runs().items()
            },
            "troubles": {
                work: {"error": trouble.error, "seconds": round(trouble.seconds)}
                for work, trouble in self._vitals.troubles.items()
            },
            "oldest_update_seconds": _rounded(queues.inbox) if database else None,
            "oldest_due_seconds": _rounded(queues.due) if database else None,
        }

    async def _look(self) -> tuple[bool, bool, Queues]:
        """Whether the database answers and this program can run on it, and how the queues stand."""
        try:
            async with asyncio.timeout(DATABASE_SECONDS), self._database.readers() as session:
                if not (await databases.fit(session)).is_enough:
                    return True, False, Queues(0, 0)
                return True, True, await queues.queues(session, now=self._clock())
        except (SQLAlchemyError, OSError, TimeoutError):
            return False, False, Queues(0, 0)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Everything that is counted, as Prometheus reads it."""
        await asyncio.gather(self.refresh(), self._others.refresh())
        counted = generate_latest(self._others.together(self.registry))
        return web.Response(body=counted, headers={"Content-Type": CONTENT_TYPE_LATEST})

    @property
    def registry(self) -> CollectorRegistry:
        """What is counted."""
        return self._vitals.registry

    async def refresh(self) -> None:
        """Count anew what the database holds."""
        await self._counting.refresh()


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 1)
