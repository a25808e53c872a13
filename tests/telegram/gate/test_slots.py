import asyncio
import random

import pytest

from bot.telegram.gate import slots as gate_slots
from bot.telegram.gate.slots import WINDOW_SECONDS, Slots

RATE = 3


def now() -> float:
    return asyncio.get_running_loop().time()


def begun(rate: int) -> Slots:
    slots = Slots(rate, lambda: None)
    slots.begin()
    return slots


async def warm(rate: int) -> Slots:
    """Slots that are all free: they become so one after the other in their first second."""
    slots = begun(rate)
    await asyncio.sleep(WINDOW_SECONDS + 0.05)
    return slots


async def test_in_the_first_second_slots_become_free_one_after_the_other() -> None:
    slots = begun(10)

    await asyncio.sleep(WINDOW_SECONDS / 2)
    halfway = slots.free
    await asyncio.sleep(WINDOW_SECONDS / 2 + 0.05)

    assert 1 <= halfway <= 9
    assert slots.free == 10


async def test_after_a_wait_they_do_so_anew() -> None:
    slots = await warm(10)

    slots.spread()
    at_once = slots.free
    await asyncio.sleep(WINDOW_SECONDS + 0.05)

    assert (at_once, slots.free) == (0, 10)


async def test_a_slot_that_was_not_spent_is_free_at_once_and_a_spent_one_after_a_second() -> None:
    slots = await warm(1)
    slots.give_back(slots.take(asked=True))
    unspent = slots.free

    slot = slots.take(asked=True)
    slot.spent = True
    slots.give_back(slot)
    slots.give_back(slot)
    at_once = slots.free
    await asyncio.sleep(WINDOW_SECONDS + 0.05)

    assert (unspent, at_once, slots.free) == (1, 0, 1)


async def test_whatever_the_network_does_no_second_of_telegram_s_sees_more_than_the_rate(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate_slots, "WINDOW_SECONDS", 0.2)
    chance, seen = random.Random(7), []  # noqa: S311 - delays of a test
    slots = Slots(RATE, lambda: None)
    slots.begin()

    async def send() -> None:
        while slots.free == 0:  # noqa: ASYNC110 - as whoever hands them out looks
            await asyncio.sleep(0.002)
        slot = slots.take(asked=True)
        slot.spent = True
        await asyncio.sleep(chance.uniform(0, 0.1))
        seen.append(now())
        await asyncio.sleep(chance.uniform(0, 0.1))
        slots.give_back(slot)

    await asyncio.gather(*(send() for _ in range(20)))

    seen.sort()
    assert all(later - earlier > 0.2 for earlier, later in zip(seen, seen[RATE:], strict=False))


async def test_more_slots_can_be_had_a_second_after_another_process_had_them() -> None:
    slots = await warm(RATE)

    slots.resize(RATE + 2)
    at_once = slots.free
    await asyncio.sleep(WINDOW_SECONDS + 0.05)

    assert (at_once, slots.free) == (RATE, RATE + 2)


async def test_slots_that_are_given_up_are_others_once_none_of_them_is_out() -> None:
    slots = await warm(RATE)
    out = [slots.take(asked=True) for _ in range(2)]

    slots.resize(1)
    while_out = slots.free, slots.is_resized
    slots.give_back(out[0])
    then = slots.free, slots.is_resized
    slots.give_back(out[1])

    assert while_out == (0, False)
    assert then == (0, True)
    assert slots.free == 1


async def test_what_was_to_be_given_up_and_is_wanted_again_stays() -> None:
    slots = await warm(RATE)
    out = [slots.take(asked=True) for _ in range(RATE)]

    slots.resize(0)
    slots.resize(RATE)
    for slot in out:
        slots.give_back(slot)

    assert (slots.free, slots.is_resized) == (RATE, True)
