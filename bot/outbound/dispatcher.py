"""The ledger goes out: what is due is claimed, written in each person's language, sent at the pace Telegram takes, recorded, and retried."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot

from bot.database import Database
from bot.database.lease import Lease, NotHeld
from bot.features.discussion.actions.frames import Frame
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Later, NothingToTell, Outcome, Refused, Sent, Uncertain, Unpaid, Unwritten
from bot.outbound.actions import claims, settlement
from bot.outbound.letters import Letters
from bot.telegram.gate import Asking, Gate, Priority, Slot, asking
from bot.telegram.sender import send

CLAIM_SHARE = 10  # a claim takes at most a tenth of a second's sends: few are on their way when a crash comes
# What is on its way when a crash comes is uncertain: no more than a quarter of a second's sends, whatever holds up
# their answers or the database.
MOST_SHARE, MOST_AT_LEAST = 4, 4
REST_SECONDS = 0.05  # between looks at chats that may not be written to yet
RETRY_SECONDS = 1.0
REWRITE_SECONDS = 900.0  # what mends a letter is a new version of the program, or a package

log = structlog.get_logger()


class Dispatcher:
    """Sends what the ledger owes, as fast as the gate lets it: what is `paid` for, or the rest."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        lease: Lease,
        *,
        letters: Letters,
        gate: Gate,
        clock: Callable[[], datetime],
        paid: bool = False,
    ) -> None:
        self._bot, self._database, self._letters, self._gate, self._clock = bot, database, letters, gate, clock
        self._lease, self._paid, self._pace = lease, paid, gate.paid if paid else gate.free
        self._claim_limit = max(1, self._pace.rate // CLAIM_SHARE)
        self._most_on_their_way = max(MOST_AT_LEAST, self._pace.rate // MOST_SHARE)
        self._on_their_way: set[int] = set()
        self._landed = asyncio.Event()
        self._sent = 0
        self._outcomes: list[tuple[Letter, Outcome]] = []
        self._recording = asyncio.Lock()

    async def deliver_due(self, *, until: Callable[[], bool] = lambda: False) -> int:
        """Send all that is due now, or as much of it as can be until `until` is true; returns how many were sent."""
        before = self._sent
        async with asyncio.TaskGroup() as sends:
            try:
                while self._lease.held and not until():
                    letters, frames, slots = await self._claim()
                    claimed = time.monotonic()
                    for letter, slot in zip(letters, slots, strict=True):
                        sends.create_task(self._deliver(letter, frames.get(letter.delivery_id), claimed, slot))
                    if not letters and not await self._wait_for_more():
                        break
            except SQLAlchemyError as error:
                # What is on its way comes to its end all the same; the next tick finds the rest, of whoever holds the lease.
                if not isinstance(error, NotHeld) and not self._database.outage.noticed(error):
                    log.exception("the ledger could not be read")
        return self._sent - before

    async def _claim(self) -> tuple[Sequence[Letter], Mapping[int, Frame], Sequence[Slot]]:
        """Take slots, and claim no more than there are slots for; one that isn't needed goes back.

        With what stands around the questions among the letters, by delivery, and a slot for each letter.
        """
        while len(self._on_their_way) >= self._most_on_their_way:
            self._landed.clear()
            await self._landed.wait()
        slots = await self._pace.take(self._claim_limit)
        letters: Sequence[Letter] = ()
        try:
            async with self._lease.begin() as session:
                passed_over = self._gate.quiet() | self._on_their_way
                claimed = await claims.claim_due(
                    session, now=self._clock(), limit=len(slots), except_for=passed_over, paid=self._paid
                )
                frames = await self._letters.frames(session, claimed.letters)
            letters = claimed.letters
        finally:
            for slot in slots[len(letters) :]:
                self._pace.give_back(slot)
        self._on_their_way |= {letter.chat_id for letter in letters}
        return letters, frames, slots[: len(letters)]

    async def _wait_for_more(self) -> bool:
        """Whether more is due, if only for chats that must not be written to yet; then after a little while."""
        async with self._database.readers() as session:
            due = await claims.is_due(session, now=self._clock(), paid=self._paid)
        if due:
            await asyncio.sleep(REST_SECONDS)
        return due

    async def _deliver(self, letter: Letter, frame: Frame | None, claimed: float, slot: Slot) -> None:
        asking.set(Asking(Priority.UNASKED, letter.chat_id, slot))
        try:
            outcome = await self._send(letter, frame, claimed)
        except SQLAlchemyError as error:
            if not self._database.outage.noticed(error):
                log.exception(
                    "a delivery could not be written, or is no longer ours to send",
                    delivery_id=letter.delivery_id,
                    kind=letter.kind,
                )
            outcome = Later(RETRY_SECONDS, refused=False)  # nothing has left yet
        except Exception as error:
            # A fault of ours in one letter must not stop the others.
            log.exception("a delivery failed", delivery_id=letter.delivery_id, kind=letter.kind)
            outcome = Uncertain(repr(error))
        self._pace.give_back(slot)
        if not isinstance(outcome, Sent):
            log.warning("not sent", delivery_id=letter.delivery_id, kind=letter.kind, outcome=str(outcome))
        await self._record(letter, outcome)
        self._on_their_way.discard(letter.chat_id)
        self._landed.set()
        self._sent += isinstance(outcome, Sent)

    async def _send(self, letter: Letter, frame: Frame | None, claimed: float) -> Outcome:
        try:
            written = await self._letters.write(letter, frame)
        except SQLAlchemyError:
            raise
        except Exception as error:
            # A fault of ours in one letter must not stop the others; it goes out once that is mended.
            log.exception("a letter can't be written", delivery_id=letter.delivery_id, kind=letter.kind)
            return Unwritten(REWRITE_SECONDS, repr(error))
        if isinstance(written, NothingToTell):
            return written
        await self._lease.affirm(claimed)
        parts, keyboard = written
        outcome = await send(self._bot, letter.chat_id, parts, keyboard, thread_id=letter.thread_id, paid=letter.paid)
        if letter.paid and isinstance(outcome, Refused):
            return Unpaid(outcome.reason)  # if it is the text that is refused, that will show
        return outcome

    async def _record(self, letter: Letter, outcome: Outcome) -> None:
        """Write the outcome down, however long that takes; what ended meanwhile goes into the same commit."""
        self._outcomes.append((letter, outcome))
        async with self._recording:
            while self._outcomes:
                outcomes = list(self._outcomes)
                try:
                    async with self._database.units.begin() as session:
                        await settlement.record(session, outcomes, now=self._clock())
                except SQLAlchemyError as error:
                    if not self._database.outage.noticed(error):
                        log.exception("what became of deliveries could not be written down yet", count=len(outcomes))
                    await asyncio.sleep(RETRY_SECONDS)
                else:
                    self._database.outage.over()
                    del self._outcomes[: len(outcomes)]
