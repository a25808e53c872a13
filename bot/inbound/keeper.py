"""Updates become safe, by group commit: what arrives while one commit is under way goes into the next, all of it at once."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot import tracing
from bot.database import Database
from bot.inbound.parsing import fits
from bot.inbox import updates as inbox_updates
from bot.inbox.updates import RawUpdate

COMMIT_SECONDS = 20.0  # Telegram waits a minute for the 200; SQLite ten seconds for a lock

log = structlog.get_logger()


class NotKept(Exception):
    """The updates aren't in the inbox: Telegram must send them again."""


@dataclass(frozen=True)
class Bundle:
    """Updates that arrived together at a moment (time.monotonic), and who waits for them to be safe."""

    updates: Sequence[RawUpdate]
    safe: asyncio.Future[None]
    arrived: float


class Keeper:
    """The one writer of the inbox; `on_kept` is told the lane of each update that a commit made safe."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], on_kept: Callable[[Sequence[int]], None]
    ) -> None:
        self._database, self._clock, self._on_kept = database, clock, on_kept
        self._waiting: list[Bundle] = []
        self._arrived = asyncio.Event()
        self._failing = False

    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        """Return once the updates are safe; raises NotKept if they aren't."""
        safe = asyncio.get_running_loop().create_future()
        self._waiting.append(Bundle(updates, safe, time.monotonic()))
        self._arrived.set()
        await safe

    async def run(self) -> None:
        """Commit until cancelled; who waits when it ends, however that is, is refused."""
        bundles: list[Bundle] = []
        try:
            while True:
                await self._arrived.wait()
                self._arrived.clear()
                bundles, self._waiting = self._waiting, []
                await self._commit(bundles)
        finally:
            bundles, self._waiting = [*bundles, *self._waiting], []
            _refuse(bundles)

    async def _commit(self, bundles: Sequence[Bundle]) -> None:
        try:
            await self._write([update for bundle in bundles for update in bundle.updates])
        except Exception as error:  # noqa: BLE001 - whatever it is, Telegram must send again
            if self._is_away(error):
                _refuse(bundles, error)
            else:
                await self._keep_each(bundles)
            return
        for bundle in bundles:
            _affirm(bundle)

    async def _keep_each(self, bundles: Sequence[Bundle]) -> None:
        """One update that the database refuses must not have all others refused: it is kept by itself, and parked."""
        for number, bundle in enumerate(bundles):
            try:
                for update in bundle.updates:
                    await self._keep_alone(update)
            except Exception as error:  # noqa: BLE001 - as above
                self._report(error)
                _refuse(bundles[number:], error)
                return
            _affirm(bundle)

    async def _keep_alone(self, update: RawUpdate) -> None:
        try:
            await self._write([update])
        except Exception as error:
            if self._is_away(error):
                raise
            await self._write([_inert(update, error)])
            log.exception("an update that the database refused is parked", update_id=update.update_id)

    async def _write(self, updates: Sequence[RawUpdate]) -> None:
        async with asyncio.timeout(COMMIT_SECONDS), self._database.units.begin(ahead=True) as session:
            await inbox_updates.keep(session, updates, now=self._clock())
        self._database.outage.over()
        if self._failing:
            log.info("updates are kept again")
        self._failing = False
        self._on_kept([update.lane for update in updates if update.error is None])

    def _is_away(self, error: Exception) -> bool:
        return self._database.outage.noticed(error, certain=isinstance(error, TimeoutError))

    def _report(self, error: Exception) -> None:
        """What isn't the database's fault is ours, and traced; once, not for each attempt."""
        if self._is_away(error):
            return
        if not self._failing:
            log.error("updates can't be kept: Telegram is asked to send them again", exc_info=error)
        self._failing = True


def _inert(update: RawUpdate, error: Exception) -> RawUpdate:
    """What of an update any database takes: its JSON in ASCII, of no chat."""
    update_id = update.update_id if fits(update.update_id) else 0
    return replace(update, update_id=update_id, lane=0, raw=json.dumps(json.loads(update.raw)), error=repr(error))


def _affirm(bundle: Bundle) -> None:
    for update in bundle.updates:
        tracing.first("update kept", update.raw, seconds=time.monotonic() - bundle.arrived)
    if not bundle.safe.done():
        bundle.safe.set_result(None)


def _refuse(bundles: Sequence[Bundle], error: Exception | None = None) -> None:
    for bundle in bundles:
        if not bundle.safe.done():
            refusal = NotKept("the inbox could not be written")
            refusal.__cause__ = error
            bundle.safe.set_exception(refusal)
