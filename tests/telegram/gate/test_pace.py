import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.telegram.gate import chats as gate_chats
from bot.telegram.gate.asking import Priority
from bot.telegram.gate.chats import Chats
from bot.telegram.gate.pace import Pace
from bot.telegram.gate.slots import WINDOW_SECONDS, Slot
from bot.telegram.gate.waits import Waits

RATE = 30
ANSWER, THANKS, UNASKED = Priority.ANSWER, Priority.THANKS, Priority.UNASKED


async def warm(rate: int = RATE) -> Pace:
    """A pace whose slots are all free."""
    pace = Pace(rate, Waits(), Chats())
    pace.give_back(await pace.slot(ANSWER, None))
    await asyncio.sleep(WINDOW_SECONDS + 0.05)
    return pace


async def spend(pace: Pace, slot: Slot) -> None:
    slot.spent = True
    pace.give_back(slot)


@contextlib.asynccontextmanager
async def exhausted(pace: Pace) -> AsyncIterator[list[Slot]]:
    """Whoever comes within the block has to wait; one slot after the other may be given back."""
    yield [await pace.slot(THANKS, None) for _ in range(pace.rate)]


async def order_of(pace: Pace, wanted: list[tuple[Priority, int]]) -> list[int]:
    """In which order requests, asked for while there was no slot, get theirs: by chat."""
    got: list[int] = []

    async def ask(priority: Priority, chat_id: int) -> None:
        await pace.slot(priority, chat_id)
        got.append(chat_id)

    async with asyncio.TaskGroup() as asks, exhausted(pace) as slots:
        for priority, chat_id in wanted:
            asks.create_task(ask(priority, chat_id))
        await asyncio.sleep(0)
        for slot in slots[: len(wanted)]:
            pace.give_back(slot)
            await asyncio.sleep(0.02)
    return got


async def test_the_receipt_for_words_goes_before_pages_and_these_before_what_nobody_asked_for() -> None:
    got = await order_of(await warm(4), [(ANSWER, 2), (ANSWER, 3), (THANKS, 1)])

    assert got == [1, 2, 3]


async def test_chats_take_turns_and_each_keeps_its_order() -> None:
    got = await order_of(await warm(6), [(ANSWER, 1), (ANSWER, 1), (ANSWER, 1), (ANSWER, 2), (ANSWER, 3)])

    assert got == [1, 2, 3, 1, 1]


async def test_a_chat_that_has_had_its_burst_holds_up_no_other() -> None:
    pace = await warm(10)

    async with asyncio.timeout(0.5):
        for _ in range(gate_chats.BURST):
            await pace.slot(ANSWER, 7)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await pace.slot(ANSWER, 7)
        other = await pace.slot(ANSWER, 8)

    assert other.asked


async def test_who_gives_up_waiting_takes_no_slot() -> None:
    pace = await warm(2)

    async with exhausted(pace) as slots:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await pace.slot(ANSWER, 1)
        pace.give_back(slots[0])
        async with asyncio.timeout(2):
            found = await pace.slot(ANSWER, 2)

    assert found.asked
    assert pace.waiting == 0


async def test_where_taps_never_end_the_unasked_has_a_third() -> None:
    pace, got = await warm(), Counter[bool]()

    async def ask(chat_id: int) -> None:
        while True:
            await spend(pace, await pace.slot(ANSWER, chat_id))
            got[True] += 1

    async def send() -> None:
        while True:
            for slot in await pace.take(3):
                got[False] += 1
                await spend(pace, slot)

    async with asyncio.TaskGroup() as tasks:
        works = [tasks.create_task(ask(chat_id)) for chat_id in range(1, 60)] + [tasks.create_task(send())]
        await asyncio.sleep(3)
        for work in works:
            work.cancel()

    assert got[False] / got.total() == pytest.approx(1 / 3, abs=0.1)
    assert got.total() <= 4 * RATE


async def test_five_accounts_that_tap_without_pause_leave_two_thirds_to_the_unasked() -> None:
    pace, sent = await warm(), 0

    async def tap(chat_id: int) -> None:
        while True:
            await spend(pace, await pace.slot(ANSWER, chat_id))

    async def send() -> None:
        nonlocal sent
        while True:
            for slot in await pace.take(3):
                sent += 1
                await spend(pace, slot)

    async with asyncio.TaskGroup() as tasks:
        works = [tasks.create_task(tap(chat_id)) for chat_id in range(1, 6)] + [tasks.create_task(send())]
        await asyncio.sleep(3)
        for work in works:
            work.cancel()

    assert sent >= 3 * 10


async def test_nothing_begins_with_a_burst_that_others_wait_behind() -> None:
    pace, sent = await warm(), 0
    begun = time.monotonic()

    async def send() -> None:
        nonlocal sent
        while True:
            sent += len(await pace.take(3))

    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(send())
        await asyncio.sleep(0.2)
        work.cancel()

    seconds = time.monotonic() - begun  # more than a fifth where the machine is busy
    assert sent <= 2 * seconds * RATE + 4


async def test_nothing_leaves_while_all_must_wait() -> None:
    waits = Waits()
    pace = Pace(1000, waits, Chats())
    waits.halt(0.3)
    begun = asyncio.get_running_loop().time()

    await pace.slot(THANKS, 1)

    assert asyncio.get_running_loop().time() - begun >= 0.3


async def test_where_taps_take_all_there_is_a_receipt_for_words_still_finds_a_slot() -> None:
    pace = await warm()
    waited: list[float] = []

    async def tap(chat_id: int) -> None:
        while True:
            await spend(pace, await pace.slot(ANSWER, chat_id))

    async with asyncio.timeout(10):
        taps = [asyncio.ensure_future(tap(chat_id)) for chat_id in range(1, 200)]
        for chat_id in range(1_000, 1_006):
            asked_at = time.monotonic()
            await spend(pace, await pace.slot(THANKS, chat_id))
            waited.append(time.monotonic() - asked_at)
            await asyncio.sleep(0.5)
        for each in taps:
            each.cancel()

    assert max(waited[2:]) < WINDOW_SECONDS / 8
