import asyncio
import random

import pytest

from bot.telegram import pacer as pacing
from bot.telegram.pacer import WINDOW_SECONDS, Pacer

RATE = 3
SENDS = 8
CLOCK_TICK = 0.001  # the loop's timers may fire as early as its clock is coarse


def now() -> float:
    return asyncio.get_running_loop().time()


async def warmed_up(rate: int) -> Pacer:
    """A pacer whose slots are all free: it gives them out one after the other in its first second."""
    pacer = Pacer(rate)
    await pacer.take()
    pacer.give_back(used=False)
    await asyncio.sleep(WINDOW_SECONDS)
    return pacer


async def test_within_any_second_no_more_are_begun_than_the_rate_counting_from_answers() -> None:
    pacer, chance = Pacer(RATE), random.Random(7)  # noqa: S311 - delays of a test
    begun: list[float] = []
    answered: list[float] = []

    async def one() -> int:
        await pacer.take()
        # Whatever isn't answered yet, or was answered less than a second ago, Telegram may count against us.
        recent = [moment for moment in answered if moment > now() - WINDOW_SECONDS + CLOCK_TICK]
        begun.append(now())
        at_once = len(begun) - len(answered) + len(recent)
        await asyncio.sleep(chance.random() / 10)
        answered.append(now())
        pacer.give_back(used=True)
        return at_once

    counted = await asyncio.gather(*(one() for _ in range(SENDS)))

    assert max(counted) <= RATE
    assert begun == sorted(begun)
    assert begun[-1] - begun[0] >= (SENDS - 1) // RATE * WINDOW_SECONDS - CLOCK_TICK


async def test_in_its_first_second_no_burst_is_let_through() -> None:
    # Whoever restarts it may have sent a second's worth just before.
    pacer, started = Pacer(10), now()

    for number in range(1, 6):
        await pacer.take()

        assert now() - started >= number * WINDOW_SECONDS / 10 - CLOCK_TICK


async def test_a_slot_is_free_earlier_by_half_of_the_shortest_way_there_and_back_of_late() -> None:
    pacer = await warmed_up(1)
    for round_trip in [0.4] * (pacing.OF_LATE - 1) + [0.2]:
        pacer.learn(round_trip)
    await pacer.take()
    answered = now()

    pacer.give_back(used=True)
    await pacer.take()

    assert 0.9 - CLOCK_TICK <= now() - answered < 1.0


async def test_a_few_answers_tell_too_little_of_the_way() -> None:
    pacer = await warmed_up(1)
    for _ in range(pacing.OF_LATE - 1):
        pacer.learn(0.4)
    await pacer.take()
    answered = now()

    pacer.give_back(used=True)
    await pacer.take()

    assert now() - answered >= WINDOW_SECONDS - CLOCK_TICK


async def test_a_slot_that_was_not_used_is_free_at_once_and_a_used_one_after_a_second() -> None:
    pacer = await warmed_up(1)

    await pacer.take()
    pacer.give_back(used=False)
    async with asyncio.timeout(WINDOW_SECONDS / 2):
        await pacer.take()
    answered_at = now()
    pacer.give_back(used=True)
    await pacer.take()

    assert now() - answered_at >= WINDOW_SECONDS - CLOCK_TICK


async def test_more_slots_are_given_only_as_far_as_they_are_free() -> None:
    pacer = await warmed_up(4)

    await pacer.take()

    assert [pacer.take_more(2), pacer.take_more(5), pacer.take_more(5)] == [2, 1, 0]


async def test_an_answer_waits_for_nothing_and_has_the_unasked_wait_for_it() -> None:
    pacer = await warmed_up(1)
    await pacer.take()

    started = now()
    with pacer.at_once():
        answered_after = now() - started
    pacer.give_back(used=False)  # the slot of the unasked, which pays for the answer
    await pacer.take()

    assert answered_after < WINDOW_SECONDS / 2
    assert now() - started >= WINDOW_SECONDS - CLOCK_TICK


async def test_an_answer_that_fails_gives_its_slot_back() -> None:
    pacer = await warmed_up(1)

    with pytest.raises(ConnectionError), pacer.at_once():
        raise ConnectionError

    async with asyncio.timeout(2 * WINDOW_SECONDS):
        await pacer.take()


async def test_who_no_longer_waits_takes_no_slot_from_the_others() -> None:
    pacer = await warmed_up(1)
    await pacer.take()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await pacer.take()

    pacer.give_back(used=False)

    async with asyncio.timeout(WINDOW_SECONDS / 2):
        await pacer.take()


@pytest.mark.parametrize(("chat_id", "name"), [(1003, "PRIVATE_SECONDS"), (-1001, "GROUP_SECONDS")])
async def test_a_chat_rests_after_a_message_and_a_group_the_longer(
    monkeypatch: pytest.MonkeyPatch, chat_id: int, name: str
) -> None:
    for constant in ("PRIVATE_SECONDS", "GROUP_SECONDS"):
        monkeypatch.setattr(pacing, constant, 0.05 if constant == name else 60.0)
    pacer = Pacer(RATE)

    pacer.rest(chat_id)
    at_first = pacer.resting()
    await asyncio.sleep(0.06)

    assert at_first == {chat_id}
    assert pacer.resting() == frozenset()


async def test_one_chat_that_is_refused_holds_no_other_up() -> None:
    pacer = Pacer(RATE)

    all_waits = pacer.refused(1003, 60)
    again = pacer.refused(1003, 60)

    assert (all_waits, again) == (False, False)
    assert pacer.halted_seconds == 0


async def test_when_several_chats_are_refused_at_once_everything_waits_and_the_longest_counts() -> None:
    pacer = await warmed_up(RATE)

    pacer.refused(1003, 0.1)
    all_waits = pacer.refused(1004, 0.3)
    pacer.halt(0.1)
    halted_at = now()
    await pacer.take()

    assert all_waits
    assert now() - halted_at >= 0.3 - 0.01
