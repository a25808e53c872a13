"""Who does what, of several processes that serve one bot on PostgreSQL: the chats and the pace are shared among those that are there."""

import asyncio
import math
import random
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.database import newest
from bot.database.lease import BEAT_SECONDS, Lease
from bot.database.locks import Locks, programs_of
from bot.database.outage import of_silence
from bot.inbound.worker import Worker
from bot.outbound.actions import settlement
from bot.settings import ProcessRole
from bot.telegram.context import House
from bot.telegram.gate import Pace

PARTS = 32  # into which the chats, and a pace, are parted at most
KEPT_FOR_SENDING = 3  # of so many parts of the pace one stays with who sends, whatever the others lack
GIVEN_AT_ONCE = 8  # of so many parts the sender gives one to those that lack some

log = structlog.get_logger()


def sender_of(bot_id: int) -> str:
    """The name of the lease of who sends for a bot."""
    return f"sender of {bot_id}"


class Partitions:
    """The chats that are worked on here: an equal share, as many parts of them as there are for each process that works.

    A part is given up once nothing is in hand that belongs to it, and so a chat is never with two. All are given up while a
    process sends that knows of no parts: an older version, which works off all chats itself.
    """

    def __init__(self, locks: Locks, bot_id: int) -> None:
        self._locks, self._workers, self._sender = locks, f"workers of {bot_id}", sender_of(bot_id)
        self._names = [f"chats of {bot_id}, {part}" for part in range(PARTS)]
        self._leaving: set[int] = set()
        self._waits = False

    def owns(self, lane: int) -> bool:
        """Whether what this chat sends is to be worked off here."""
        part = lane % PARTS
        return part not in self._leaving and self._locks.holds(self._names[part])

    async def beat(self, worker: Worker) -> bool:
        """Take what is free of the share, and begin to give up what is more; whether something was taken."""
        share = await self._share()
        held = [part for part in range(PARTS) if self._locks.holds(self._names[part])]
        self._leaving = set(held[share:])
        for part in held[share:]:
            if worker.leave(lambda lane, part=part: lane % PARTS == part):  # type: ignore[misc]  # bound at once
                await self._locks.let_go(self._names[part])
        missing = [name for part, name in enumerate(self._names) if part not in held]
        random.shuffle(missing)
        return bool(await self._locks.take(missing, share - len(held)))

    async def _share(self) -> int:
        waited, self._waits = self._waits, await self._locks.is_held_alone(self._sender)
        if self._waits:
            if not waited:
                log.warning("an older version works off all chats: this process waits until that has ended")
            await self._locks.leave(self._workers)
            return 0
        await self._locks.join(self._workers)
        return math.ceil(PARTS / max(1, await self._locks.joined(self._workers)))


class Quota:
    """The part of a pace that this process may spend: who sends has what the others leave, and these what people ask of them."""

    def __init__(self, locks: Locks, bot_id: int, pace: Pace) -> None:
        self._locks, self._pace, self._lacking = locks, pace, f"lacking pace of {bot_id}"
        self._names = [f"pace of {bot_id}, {part}" for part in range(min(PARTS, pace.whole))]
        self._leaving: set[str] = set()
        pace.resize(0)

    async def beat(self, *, sends: bool) -> None:
        """Take what is free and wanted, and give up what others lack, or what isn't wanted here any more."""
        await self._hand_over()
        held = [name for name in self._names if self._locks.holds(name) and name not in self._leaving]
        lacking = await self._locks.joined(self._lacking)
        if sends:
            surplus = self._to_give(held, lacking)
            wanted = len(self._names) if not lacking else 0
        else:
            needed = max(1, math.ceil(self._pace.wanted * len(self._names) / self._pace.whole))
            surplus, wanted = held[needed + 1 :], needed
        self._leaving.update(surplus)
        if wanted > len(held):
            held += await self._take(wanted - len(held))
        await (self._locks.join if not sends and wanted > len(held) else self._locks.leave)(self._lacking)
        self._resize()

    def lose(self) -> None:
        """What was held is others'."""
        self._leaving.clear()
        self._resize()

    async def _take(self, most: int) -> list[str]:
        free = [name for name in self._names if not self._locks.holds(name)]
        random.shuffle(free)
        return await self._locks.take(free, most)

    def _to_give(self, held: list[str], lacking: int) -> list[str]:
        given = lacking * math.ceil(len(self._names) / GIVEN_AT_ONCE)
        kept = math.ceil(len(self._names) / KEPT_FOR_SENDING)
        return held[max(kept, len(held) - given) :] if lacking else []

    async def _hand_over(self) -> None:
        """What was given up goes to the others once nothing can be spent of it here."""
        if self._leaving and self._pace.is_resized:
            for name in self._leaving:
                await self._locks.let_go(name)
            self._leaving.clear()

    def _resize(self) -> None:
        whole, parts = self._pace.whole, len(self._names)
        rate = sum(
            whole * (part + 1) // parts - whole * part // parts
            for part, name in enumerate(self._names)
            if self._locks.holds(name) and name not in self._leaving
        )
        if rate != self._pace.rate:
            self._pace.resize(rate)


class Sharing:
    """Keeps to what is this process's, and takes more when another one ends; on SQLite one process has it all."""

    def __init__(self, house: House, lease: Lease, bot_id: int) -> None:
        database, gate, settings = house.database, house.gate, house.settings
        self._database, self._gate, self._lease, self._bot_id = database, gate, lease, bot_id
        self._receipts = house.receipts
        self._locks: Locks | None = None
        if database.engine.dialect.name == "postgresql":
            self._locks = Locks(database)
            self._partitions = Partitions(self._locks, bot_id)
            self._quota = Quota(self._locks, bot_id, gate.free)
        self._roles = settings.roles
        self._polls = settings.webhook_url is None
        self._ticks, self._receiver = f"ticks of {bot_id}", f"receiver of {bot_id}"

    def owns(self, lane: int) -> bool:
        """Whether what this chat sends is to be worked off here."""
        return self._locks is None or self._partitions.owns(lane)

    @property
    def ticks(self) -> bool:
        """Whether what falls due by the clock is written down by this process."""
        return self._lease.held if self._locks is None else self._locks.holds(self._ticks)

    @property
    def polls(self) -> bool:
        """Whether this process is the one that asks Telegram for updates: Telegram answers one alone."""
        return self._locks is None or self._locks.holds(self._receiver)

    @property
    def is_certain(self) -> bool:
        """Whether the database has been heard of, and what is held is held."""
        return self._locks is None or self._locks.is_certain

    async def arrive(self) -> None:
        """Let newer versions know which one is here: from now on they take nothing away from the database that this one needs."""
        if self._locks is not None:
            await self._locks.join(programs_of(newest()))

    async def keep(self, beat: Callable[[], Awaitable[None]]) -> None:
        """Beat for ever."""
        while self._locks is not None:
            await asyncio.sleep(BEAT_SECONDS)
            await beat()

    async def beat(self, worker: Worker, *, now: datetime) -> None:
        """Look who else is there, and what is whose."""
        if self._locks is None:
            return
        try:
            await self._beat(self._locks, worker)
            await self._heed_halts(now)
        except (SQLAlchemyError, OSError) as error:
            self._quota.lose()
            worker.abandon()
            if of_silence(error):
                log.warning("this process stood still, and others may have taken its part")
            elif not self._database.outage.noticed(error):
                log.warning("it isn't known what other processes do", error=type(error).__name__)

    async def _beat(self, locks: Locks, worker: Worker) -> None:
        await locks.join(programs_of(newest()))
        if ProcessRole.WORK in self._roles:
            if await self._partitions.beat(worker):
                self._receipts.forget()  # another process has said something else below them, perhaps
            worker.look_again()  # another process may have received something
        await self._quota.beat(sends=self._lease.held)
        if ProcessRole.TICK in self._roles:
            await locks.take([self._ticks], 1)
        if ProcessRole.WEB in self._roles and self._polls:
            await locks.take([self._receiver], 1)

    async def _heed_halts(self, now: datetime) -> None:
        """What Telegram asks of one process holds for all."""
        async with self._database.readers() as session:
            until = await settlement.halted_until(session, bot_id=self._bot_id)
        seconds = (until - now).total_seconds() if until is not None else 0.0
        if seconds > self._gate.halted_seconds:
            self._gate.halt(seconds)

    async def give_up(self) -> None:
        """Let others have all of it."""
        if self._locks is not None:
            await self._locks.give_up()
