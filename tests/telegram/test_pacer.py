import asyncio
import random

import pytest

from bot.telegram.pacer import WINDOW_SECONDS, Pacer

RATE = 3
SENDS = 8
CLOCK_TICK = 0.001  # the loop's timers may fire as early as its clock is coarse


async def test_within_any_second_no_more_are_begun_than_the_rate_counting_from_answers() -> None:
    pacer, loop, chance = Pacer(RATE), asyncio.get_running_loop(), random.Random(7)  # noqa: S311 - delays of a test
    answered: list[float] = []

    async def one() -> int:
        async with pacer.slot():
            # Whatever was not answered yet, or was answered less than a second ago, Telegram may count against us.
            recent = [moment for moment in answered if moment > loop.time() - WINDOW_SECONDS + CLOCK_TICK]
            begun.append(loop.time())
            at_once = len(begun) - len(answered) + len(recent)
            await asyncio.sleep(chance.random() / 10)
            answered.append(loop.time())
        return at_once

    begun: list[float] = []
    counted = await asyncio.gather(*(one() for _ in range(SENDS)))

    assert max(counted) == RATE
    assert begun[-1] - begun[0] >= (SENDS - 1) // RATE * WINDOW_SECONDS - CLOCK_TICK


async def test_a_send_that_fails_gives_its_slot_back() -> None:
    pacer, loop = Pacer(1), asyncio.get_running_loop()

    async def fail() -> None:
        async with pacer.slot():
            raise ConnectionError

    failed_at = loop.time()
    with pytest.raises(ConnectionError):
        await fail()
    async with asyncio.timeout(2 * WINDOW_SECONDS), pacer.slot():
        waited = loop.time() - failed_at

    assert waited >= WINDOW_SECONDS - CLOCK_TICK
