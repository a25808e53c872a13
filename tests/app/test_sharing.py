"""Processes that share one bot's chats and pace; each is what `Sharing` is to it, on one PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest
from planting import MONDAY
from structlog.testing import capture_logs

from bot import database as databases
from bot.app.sharing import PARTS, Sharing
from bot.database import lease as leasing
from bot.database import locks
from bot.database.lease import lease
from bot.outbound.actions import settlement
from bot.settings import load
from bot.telegram.context import House
from bot.telegram.gate import Gate, Priority
from bot.telegram.gate.slots import WINDOW_SECONDS

pytestmark = pytest.mark.postgresql

BOT, RATE = 42, 30
BEATS = 6  # after which all is shared: one gives up, another takes


@dataclass
class Hands:
    """What a worker is asked, and that it has nothing in hand unless it is `busy`."""

    busy: bool = False
    abandoned: int = 0
    asked: list[object] = field(default_factory=list)

    def leave(self, concerned: object) -> bool:
        self.asked.append(concerned)
        return not self.busy

    def look_again(self) -> None:
        pass

    def abandon(self) -> None:
        self.abandoned += 1


@dataclass
class Process:
    sharing: Sharing
    gate: Gate
    hands: Hands

    async def beat(self) -> None:
        await self.sharing.beat(self.hands, now=MONDAY)  # type: ignore[arg-type]  # as much of a worker as is asked

    @property
    def chats(self) -> set[int]:
        return {lane for lane in range(PARTS) if self.sharing.owns(lane)}


@asynccontextmanager
async def processes(url: str, *roles: str) -> AsyncIterator[list[Process]]:
    """A process for each, the first of those that send as the sender; all have beaten often enough."""
    async with AsyncExitStack() as ending:
        found: list[Process] = []
        for each in roles:
            opened = databases.connect(url)
            ending.push_async_callback(opened.close)
            if not found:
                await databases.upgrade(opened)
            settings = load(None, telegram_bot_token="42:x", database_url=url, roles=each)
            held = lease(opened, f"sender of {BOT}", _settle_nothing)
            ending.push_async_callback(held.give_up)
            if "send" in each:
                await held.take()
            gate = Gate(RATE)
            house = House(opened, settings, lambda: MONDAY, gate, lambda: None, _welcome_nobody)
            sharing = Sharing(house, held, BOT)
            ending.push_async_callback(sharing.give_up)
            found.append(Process(sharing, gate, Hands()))
        await beat(found)
        yield found


async def _welcome_nobody(*_: object, **__: object) -> None:
    pass


async def _settle_nothing(_session: object) -> None:
    pass


async def beat(found: list[Process]) -> None:
    for _ in range(BEATS):
        for each in found:
            await each.beat()


async def test_one_alone_has_all_of_it(postgresql_url: str) -> None:
    async with processes(postgresql_url, "web,work,send,tick") as (one,):
        assert one.chats == set(range(PARTS))
        assert one.gate.free.rate == RATE
        assert (one.sharing.ticks, one.sharing.polls) == (True, True)


async def test_workers_have_equal_shares_of_the_chats_and_each_chat_is_with_one(postgresql_url: str) -> None:
    async with processes(postgresql_url, "send", "work", "work", "work") as (sender, *workers):
        shares = [each.chats for each in workers]

        assert sender.chats == set()
        assert set.union(*shares) == set(range(PARTS))
        assert sum(len(share) for share in shares) == PARTS
        assert max(len(share) for share in shares) <= 11


async def test_a_chat_stays_with_whom_it_is_while_something_of_it_is_in_hand(postgresql_url: str) -> None:
    async with processes(postgresql_url, "work") as (one,), processes(postgresql_url, "work") as (other,):
        one.hands.busy = True
        await beat([one, other])
        meanwhile = len(one.chats), len(other.chats)

        one.hands.busy = False
        await beat([one, other])

        assert meanwhile == (PARTS // 2, 0)  # it takes nothing new of what it is to give up
        assert (len(one.chats), len(other.chats)) == (PARTS // 2, PARTS // 2)


async def test_the_chats_and_the_pace_of_one_that_ends_are_the_others(postgresql_url: str) -> None:
    async with processes(postgresql_url, "work,send", "work") as (one, other):
        await one.sharing.give_up()
        async with asyncio.timeout(5):
            while len(other.chats) < PARTS:
                await other.beat()

        assert one.chats == set()


async def test_together_they_never_have_more_than_the_pace(postgresql_url: str) -> None:
    async with processes(postgresql_url, "send", "work", "work", "web") as found:
        rates = [each.gate.free.rate for each in found]

        assert sum(rates) == RATE
        assert rates[1:] == [1, 1, 1]


async def test_who_is_asked_for_more_than_it_has_gets_it_from_the_sender_but_not_all(postgresql_url: str) -> None:
    async with processes(postgresql_url, "send", "work") as (sender, worker):
        async with asyncio.TaskGroup() as tasks:
            waiting = [tasks.create_task(worker.gate.free.slot(Priority.ANSWER, chat)) for chat in range(1, 100)]
            await asyncio.sleep(0)
            await beat([sender, worker])
            most = worker.gate.free.rate, sender.gate.free.rate
            for each in waiting:
                each.cancel()
        await asyncio.sleep(4 * WINDOW_SECONDS)
        await beat([sender, worker])

        assert sum(most) <= RATE
        assert most[0] >= RATE // 2
        assert most[1] >= RATE // 3
        assert worker.gate.free.rate <= 2
        assert sender.gate.free.rate >= RATE - 2


async def test_of_several_one_keeps_the_clock_and_one_polls(postgresql_url: str) -> None:
    async with processes(postgresql_url, "web,tick", "web,tick") as found:
        assert [each.sharing.ticks for each in found] == [True, False]
        assert [each.sharing.polls for each in found] == [True, False]


async def test_a_wait_that_telegram_asked_of_one_holds_for_all(postgresql_url: str) -> None:
    async with processes(postgresql_url, "send", "work") as (_, worker):
        opened = databases.connect(postgresql_url)
        async with opened.sessions.begin() as session:
            await settlement.halt(session, bot_id=BOT, until=MONDAY.replace(minute=MONDAY.minute + 1))
        await opened.close()

        await worker.beat()

        assert worker.gate.halted_seconds == pytest.approx(60, abs=2)


async def test_of_a_process_that_stood_still_it_is_said_and_not_that_the_database_is_away(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "WATCH", leasing.WATCH | {"idle_session_timeout": "200ms"})
    async with processes(postgresql_url, "work") as (one,):
        await asyncio.sleep(0.5)

        with capture_logs() as told:
            await one.beat()

        assert [line["event"] for line in told] == ["this process stood still, and others may have taken its part"]
        assert (one.chats, one.gate.free.rate, one.hands.abandoned) == (set(), 0, 1)
        await one.beat()
        assert one.chats == set(range(PARTS))


async def test_while_a_version_sends_that_shares_nothing_the_chats_are_left_to_it(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with capture_logs() as log:
        async with processes(postgresql_url, "work") as (one,):
            before = one.chats
            opened = databases.connect(postgresql_url)
            older = lease(opened, f"sender of {BOT}", _settle_nothing)
            with monkeypatch.context() as version:
                version.setattr(leasing, "SHARES", "")
                await older.take()
            await beat([one])
            meanwhile = one.chats
            await older.give_up()
            await beat([one])
            after = one.chats
            await opened.close()

    assert (before, meanwhile, after) == (set(range(PARTS)), set(), set(range(PARTS)))
    assert [line["event"] for line in log if "older version" in line["event"]] == [
        "an older version works off all chats: this process waits until that has ended"
    ]


async def test_a_process_tells_others_which_version_it_is_of(postgresql_url: str) -> None:
    async with processes(postgresql_url, "web"):
        opened = databases.connect(postgresql_url)
        async with opened.readers() as session:
            told = [await locks.any_joined(session, [locks.programs_of(each)]) for each in (databases.newest(), "0001")]
        await opened.close()

    assert told == [True, False]
