"""The ledger goes out: what is due is claimed, written in each person's language, sent at the pace Telegram takes, recorded, and retried."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from telegram import Bot

from bot import tracing
from bot.database import Database
from bot.database.lease import Lease, NotHeld
from bot.database.outage import is_outage
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
        self._claim_limit = max(1, self._pace.whole // CLAIM_SHARE)
        self._most_on_their_way = max(MOST_AT_LEAST, self._pace.whole // MOST_SHARE)
        self._on_their_way: set[int] = set()
        self._landed = asyncio.Event()
        self._outcomes: list[tuple[Letter, Outcome]] = []
        self._unrecorded: list[tuple[Letter, Outcome]] = []
        self._recording = asyncio.Lock()
        self._fault: Exception | None = None
        self._more_owed = False

    async def deliver_due(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Send all that is due now, or as much of it as can be until `until` is true.

        At its end it raises the last fault there was in claiming, whatever that kept from going out.
        """
        await self._record_rest()
        self._more_owed = True
        while self._more_owed and not until():
            self._more_owed = False
            await self._deliver(until)

    async def _deliver(self, until: Callable[[], bool]) -> None:
        fault = None
        async with asyncio.TaskGroup() as sends:
            try:
                more = await self._seems_due()
                while more and self._lease.held and not until():
                    letters, frames, slots = await self._claim()
                    claimed = time.monotonic()
                    for letter, slot in zip(letters, slots, strict=True):
                        sends.create_task(self._deliver_one(letter, frames.get(letter.delivery_id), claimed, slot))
                    if not letters:
                        more = await self._wait_for_more()
            except NotHeld:
                pass  # the next tick finds the rest, of whoever holds the lease
            except Exception as error:  # noqa: BLE001 - what is on its way comes to its end all the same
                fault = error
        if fault := fault or self._take_fault():
            raise fault

    def _take_fault(self) -> Exception | None:
        fault, self._fault = self._fault, None
        return fault

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
            letters, frames = await self._take(len(slots))
        finally:
            for slot in slots[len(letters) :]:
                self._pace.give_back(slot)
        self._on_their_way |= {letter.chat_id for letter in letters}
        return letters, frames, slots[: len(letters)]

    async def _take(self, limit: int) -> tuple[Sequence[Letter], Mapping[int, Frame]]:
        """Claim what is due; if that fails, the first alone, and set it aside if it is that one that can't be claimed."""
        try:
            return await self._take_some(limit)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one row must not stop the others
            self._note(error)
        try:
            return await self._take_some(1)
        except Exception as error:
            self._note(error)
            async with self._lease.begin() as session:
                first = await claims.set_first_aside(session, until=self._later(), reason=repr(error), **self._what())
            log.exception("a delivery can't be claimed: it is set aside", delivery_id=first)
            return (), {}

    def _note(self, error: Exception) -> None:
        """Remember a fault of ours, to be told at the end; what isn't ours is raised again."""
        if isinstance(error, NotHeld) or is_outage(error):
            raise error
        self._fault = error

    async def _take_some(self, limit: int) -> tuple[Sequence[Letter], Mapping[int, Frame]]:
        with tracing.part("claim") as piece:
            async with self._lease.begin() as session:
                claimed = await claims.claim_due(session, limit=limit, put_off_until=self._later(), **self._what())
                frames = await self._letters.frames(session, claimed.letters)
            piece.tell(letters=len(claimed.letters))
        for delivery_id, error in claimed.faulty:
            self._fault = error
            log.error("a delivery can't be looked at: it is set aside", delivery_id=delivery_id, exc_info=error)
        return claimed.letters, frames

    def _what(self) -> dict[str, Any]:
        passed_over = self._gate.quiet() | self._on_their_way
        return {"now": self._clock(), "except_for": passed_over, "paid": self._paid}

    def _later(self) -> datetime:
        return self._clock() + timedelta(seconds=REWRITE_SECONDS)

    async def _wait_for_more(self) -> bool:
        """Whether more is due, if only for chats that must not be written to yet; then after a little while."""
        due = await self._is_due()
        if due:
            await asyncio.sleep(REST_SECONDS)
        return due

    async def _seems_due(self) -> bool:
        try:
            return await self._is_due()
        except Exception:  # noqa: BLE001 - what can't be looked at may be claimed all the same
            return True

    async def _is_due(self) -> bool:
        async with self._database.readers() as session:
            return await claims.is_due(session, now=self._clock(), paid=self._paid)

    async def _deliver_one(self, letter: Letter, frame: Frame | None, claimed: float, slot: Slot) -> None:
        """Send one, and write down what became of it; whatever fails, the chat and the slot are free again."""
        asking.set(Asking(Priority.UNASKED, letter.chat_id, slot))
        about: dict[str, tracing.Fact] = {"delivery_id": letter.delivery_id, "kind": letter.kind.value}
        try:
            with tracing.apart("delivery", f"delivery {letter.delivery_id}", **about) as piece:
                outcome = await self._attempt(letter, frame, claimed)
                piece.tell(outcome=type(outcome).__name__)
                self._pace.give_back(slot)
                if not isinstance(outcome, Sent):
                    log.warning("not sent", **about, outcome=str(outcome))
                await self._record(letter, outcome)
        except Exception:
            log.exception("a delivery failed", **about)
        finally:
            self._pace.give_back(slot)  # again is harmless
            self._on_their_way.discard(letter.chat_id)
            self._landed.set()

    async def _attempt(self, letter: Letter, frame: Frame | None, claimed: float) -> Outcome:
        try:
            return await self._send(letter, frame, claimed)
        except SQLAlchemyError as error:
            if not self._database.outage.noticed(error):
                log.exception(
                    "a delivery could not be written, or is no longer ours to send",
                    delivery_id=letter.delivery_id,
                    kind=letter.kind,
                )
            return Later(RETRY_SECONDS)  # nothing has left yet
        except Exception as error:
            # A fault of ours in one letter must not stop the others.
            log.exception("a delivery failed", delivery_id=letter.delivery_id, kind=letter.kind)
            return Uncertain(repr(error))

    async def _send(self, letter: Letter, frame: Frame | None, claimed: float) -> Outcome:
        try:
            written = await self._letters.write(letter, frame)
        except Exception as error:
            if is_outage(error):
                raise
            # A fault of ours in one letter must not stop the others; it goes out once that is mended.
            log.exception("a letter can't be written", delivery_id=letter.delivery_id, kind=letter.kind)
            return Unwritten(REWRITE_SECONDS, repr(error))
        if isinstance(written, NothingToTell):
            return written
        await self._lease.affirm(claimed)
        parts, keyboard = written
        place = {"thread_id": letter.thread_id, "reply_to": letter.reply_to}
        outcome = await send(self._bot, letter.chat_id, parts, keyboard, **place, paid=letter.paid)
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
                    await self._write_down(outcomes)
                except Exception as error:  # noqa: BLE001 - one that can't be written down must not stop the others
                    if self._database.outage.noticed(error):
                        await asyncio.sleep(RETRY_SECONDS)
                        continue
                    await self._write_down_each(outcomes)
                else:
                    self._database.outage.over()
                del self._outcomes[: len(outcomes)]

    async def _write_down(self, outcomes: Sequence[tuple[Letter, Outcome]]) -> None:
        async with self._database.units.begin() as session:
            owed = await settlement.record(session, outcomes, now=self._clock())
        self._more_owed |= owed > 0

    async def _write_down_each(self, outcomes: Sequence[tuple[Letter, Outcome]]) -> None:
        for one in outcomes:
            try:
                await self._write_down([one])
            except Exception:
                log.exception("what became of a delivery can't be written down yet", delivery_id=one[0].delivery_id)
                self._unrecorded.append(one)

    async def _record_rest(self) -> None:
        """Try once more to write down what could not be written down before."""
        rest = [*self._outcomes, *self._unrecorded]
        self._outcomes, self._unrecorded = [], []
        await self._write_down_each(rest)
