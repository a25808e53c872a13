"""The sending loop: all that goes out unasked, at a tick. Rooms made ready, the ledger at both paces, corrections, questions put again."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Bot
from telegram.error import TelegramError

from bot.database.lease import Lease
from bot.features.groups.jobs import Furnisher
from bot.features.intake.jobs import Asker
from bot.ledger import uncertain
from bot.outbound.actions import settlement
from bot.outbound.corrector import Corrector
from bot.outbound.dispatcher import Dispatcher
from bot.outbound.letters import Letters
from bot.telegram.absence import Absence
from bot.telegram.context import House
from bot.telegram.gate import unasked

RECONNECT_SECONDS = 2.0  # between two looks at whether there is a way to Telegram again

Guarded = Callable[[str, Callable[[], Awaitable[object]]], Coroutine[Any, Any, None]]
"""Does a piece of work of this name, and lets no fault of it out."""

log = structlog.get_logger()


class Sending:
    """Sends what is due while the lease is held and there is a way to Telegram."""

    def __init__(self, bot: Bot, house: House, lease: Lease, absence: Absence) -> None:
        database, language, clock = house.database, house.settings.default_language, house.clock
        self._bot, self._lease, self._absence, self._clock, self._wake = bot, lease, absence, clock, house.wake
        self._database, self._gate = database, house.gate
        self._ending = False
        letters = Letters(database, language, clock)
        self._corrector = Corrector(bot, database, letters=letters)
        self._free = Dispatcher(bot, database, lease, letters=letters, gate=house.gate, clock=clock)
        self._paid = Dispatcher(bot, database, lease, letters=letters, gate=house.gate, clock=clock, paid=True)
        self._furnisher = Furnisher(bot, database, clock, language)
        self._asker = Asker(bot, database, clock, language)

    async def send_due(self, guarded: Guarded) -> None:
        """Send in all ways, each `guarded`; without a way to Telegram nothing is tried in vain, and soon it is looked again."""
        if not self._lease.held:
            return
        with unasked():
            await self._send_in_all_ways(guarded)

    async def _send_in_all_ways(self, guarded: Guarded) -> None:
        ways: dict[str, Callable[[], Awaitable[object]]] = {
            "rooms": self._furnisher.furnish,
            "sending": lambda: self._deliver_due(guarded),
            "corrections": partial(self._corrector.correct_stale, until=self._is_to_stop),
            "asking again": self._asker.ask_again,
        }
        for name, send in ways.items():
            if not await self._reaches_telegram():
                asyncio.get_running_loop().call_later(RECONNECT_SECONDS, self._wake)
                return
            await guarded(name, send)

    async def _reaches_telegram(self) -> bool:
        if self._absence.cut_off:
            with contextlib.suppress(TelegramError):
                await self._bot.get_me()
        return not self._absence.cut_off

    async def _deliver_due(self, guarded: Guarded) -> None:
        async with asyncio.TaskGroup() as lanes:
            for name, dispatcher in (("free letters", self._free), ("paid letters", self._paid)):
                lanes.create_task(guarded(name, partial(dispatcher.deliver_due, until=self._is_to_stop)))

    def _is_to_stop(self) -> bool:
        return self._ending or self._absence.cut_off

    def end(self) -> None:
        """Begin to send nothing more."""
        self._ending = True

    async def take_over(self, session: AsyncSession) -> None:
        """What whoever sent before was just sending may have arrived; what Telegram asked of them holds for this process."""
        await self.settle_interrupted(session)
        until = await settlement.halted_until(session, bot_id=self._bot.id)
        if until is not None:
            self._gate.halt((until - self._clock()).total_seconds())

    async def remember_halts(self) -> None:
        """Write down, until cancelled, what Telegram asks of all sending: a restart must not forget it."""
        while True:
            await self._gate.halted.wait()
            self._gate.halted.clear()
            until = self._clock() + timedelta(seconds=self._gate.halted_seconds)
            try:
                async with self._database.sessions.begin() as session:
                    await settlement.halt(session, bot_id=self._bot.id, until=until)
            except SQLAlchemyError as error:
                if not self._database.outage.noticed(error):
                    log.warning("a restart will not know of this halt", error=type(error).__name__)

    async def settle_interrupted(self, session: AsyncSession) -> None:
        """What is still being sent, although nobody sends, may have arrived."""
        interrupted = await uncertain.settle_interrupted(session, now=self._clock())
        if interrupted:
            log.warning("sends were interrupted: held as uncertain", count=interrupted)
