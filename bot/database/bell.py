"""A bell (LISTEN and NOTIFY): what one of several processes on PostgreSQL has written down, the others look at at once."""

import asyncio
import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.database.engine import Database

if TYPE_CHECKING:  # ten megabytes, which a host with SQLite would have for nothing
    import psycopg

AT_ONCE = 300  # numbers in one call: PostgreSQL takes 8,000 bytes
RETRY_SECONDS = 1.0

log = structlog.get_logger()

Heard = Callable[[Sequence[int]], None]
"""Hears of these numbers: what they are depends on what the bell rings for."""


class Bell:
    """Rings for the other processes of a bot; who doesn't hear it finds the same a little later, by looking. On SQLite nobody else is there.

    `heard` says, by what the bell rings for, who is to hear of it.
    """

    def __init__(self, database: Database, channel: str, heard: dict[str, Heard]) -> None:
        self._database, self._channel, self._heard = database, channel, heard
        self._me = secrets.token_hex(4)
        self._rung: dict[str, set[int]] = {}
        self._some = asyncio.Event()

    @property
    def _is_alone(self) -> bool:
        return self._database.engine.dialect.name != "postgresql"

    def ring(self, what: str, numbers: Iterable[int] = ()) -> None:
        """Tell the others, soon; many rings may become one."""
        if not self._is_alone:
            self._rung.setdefault(what, set()).update(numbers)
            self._some.set()

    async def run(self) -> None:
        """Ring and listen until cancelled."""
        if not self._is_alone:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._go_on(self._tell))
                tasks.create_task(self._go_on(self._listen))

    async def _go_on(self, work: Callable[[AsyncConnection], Any]) -> None:
        while True:
            try:
                async with self._database.engine.connect() as connection:
                    await connection.execution_options(isolation_level="AUTOCOMMIT")
                    await work(connection)
            except (SQLAlchemyError, self._database.engine.dialect.loaded_dbapi.Error, OSError) as error:
                if not self._database.outage.noticed(error):
                    log.warning("other processes may be heard late", error=type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def _tell(self, connection: AsyncConnection) -> None:
        notify = text("SELECT pg_notify(:channel, :message)")
        while True:
            await self._some.wait()
            self._some.clear()
            rung, self._rung = self._rung, {}
            for what, numbers in rung.items():
                ordered = sorted(numbers)
                for start in range(0, max(1, len(ordered)), AT_ONCE):
                    message = json.dumps([self._me, what, ordered[start : start + AT_ONCE]])
                    await connection.execute(notify, {"channel": self._channel, "message": message})

    async def _listen(self, connection: AsyncConnection) -> None:
        driver = cast("psycopg.AsyncConnection", (await connection.get_raw_connection()).driver_connection)
        await driver.execute(f'LISTEN "{self._channel}"')
        try:
            async for notice in driver.notifies():
                sender, what, numbers = json.loads(notice.payload)
                if sender != self._me and what in self._heard:
                    self._heard[what](numbers)
        finally:
            await connection.invalidate()  # one that listens must not go back to the pool
