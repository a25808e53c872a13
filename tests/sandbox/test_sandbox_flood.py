"""Limits that bind: after a refusal nothing gets through until its wait is over."""

import asyncio
from collections.abc import Callable

import pytest
from staging import FIXTURES, calling

from bot.sandbox import Clock, Flood, Sandbox
from bot.sandbox.refusing import RefusedError

clock, *_ = FIXTURES


class Seconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def accepted(flood: Flood, method: str = "sendMessage", chat_id: int = 7) -> bool:
    try:
        flood.check(method, {"chat_id": chat_id})
    except RefusedError:
        return False
    return True


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def how_many(most: int, check: Callable[[int], bool]) -> int:
    return sum(check(number) for number in range(most))


def test_no_second_sees_more_messages_than_the_limit(seconds: Seconds) -> None:
    flood = Flood(per_second=30, clock=seconds)

    first = how_many(30, lambda number: accepted(flood, chat_id=number + 1))
    seconds.now += 1.01
    after_a_second = accepted(flood, chat_id=50)
    seconds.now += 0.5
    more = how_many(40, lambda number: accepted(flood, chat_id=number + 100))

    assert (first, after_a_second, more) == (30, True, 29)
    assert flood.refused == 1


def test_once_all_must_wait_everything_is_refused_until_the_wait_is_over_and_counted(seconds: Seconds) -> None:
    flood = Flood(per_second=1, retry_after=3, clock=seconds)
    accepted(flood, chat_id=1)

    broken = accepted(flood, chat_id=2)
    seconds.now += 2.9
    meanwhile = [
        accepted(flood, method, chat_id=3) for method in ("sendMessage", "setMessageReaction", "sendChatAction")
    ]
    seconds.now += 0.2
    afterwards = accepted(flood, chat_id=3)

    assert not broken
    assert meanwhile == [False, False, False]
    assert afterwards
    assert (flood.refused, flood.during_waits) == (1, 3)


def test_what_is_received_is_never_refused(seconds: Seconds) -> None:
    flood = Flood(per_second=0, clock=seconds)
    accepted(flood)

    flood.check("getUpdates", {})
    flood.check("getMe", {})

    assert flood.during_waits == 0


def test_a_chat_takes_a_burst_and_then_one_a_second_and_its_wait_is_its_own(seconds: Seconds) -> None:
    flood = Flood(chat_burst=5, retry_after=3, clock=seconds)

    burst = how_many(5, lambda _: accepted(flood, chat_id=7))
    sixth, another_chat = accepted(flood, chat_id=7), accepted(flood, chat_id=8)
    seconds.now += 3.1
    later = how_many(5, lambda _: accepted(flood, chat_id=7))

    assert (burst, sixth, another_chat) == (5, False, True)
    assert later == 3


def test_a_group_takes_twenty_a_minute(seconds: Seconds) -> None:
    flood = Flood(clock=seconds)

    def once_a_second(_: int) -> bool:
        seconds.now += 1
        return accepted(flood, chat_id=-7)

    assert how_many(21, once_a_second) == 20
    seconds.now += 40
    assert accepted(flood, chat_id=-7)


def test_reactions_and_spinners_count_nothing(seconds: Seconds) -> None:
    flood = Flood(per_second=1, clock=seconds)

    assert how_many(9, lambda _: accepted(flood, "setMessageReaction")) == 9
    assert accepted(flood)


async def test_a_flood_of_messages_is_stopped(clock: Clock) -> None:
    async with Sandbox(clock=clock, flood=Flood(per_second=3, retry_after=2)) as sandbox, calling(sandbox) as call:
        egor = sandbox.phone(1005, "Egor")
        await egor.sends("/start")

        answers = [await call("sendMessage", chat_id=egor.user_id, text="x") for _ in range(4)]

        assert [answer["ok"] for answer in answers] == [True, True, True, False]
        assert answers[3]["parameters"] == {"retry_after": 2}
        assert sandbox.refusals == []


async def test_a_tap_is_answered_to_no_avail_while_its_chat_must_wait(clock: Clock) -> None:
    flood = Flood(chat_burst=1, retry_after=60)
    async with Sandbox(clock=clock, flood=flood) as sandbox, calling(sandbox) as call:
        egor = sandbox.phone(1005, "Egor")
        await egor.sends("/start")
        keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        await call("sendMessage", chat_id=egor.user_id, text="x", reply_markup=keyboard)
        await call("sendMessage", chat_id=egor.user_id, text="too much")
        query = await egor.taps("Go")

        answer = await call("answerCallbackQuery", callback_query_id=query)

        assert answer["error_code"] == 429
        assert flood.during_waits == 1


async def test_a_tap_grows_old(clock: Clock) -> None:
    async with Sandbox(clock=clock, query_seconds=0.05) as sandbox, calling(sandbox) as call:
        egor = sandbox.phone(1005, "Egor")
        await egor.sends("/start")
        keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        await call("sendMessage", chat_id=egor.user_id, text="x", reply_markup=keyboard)
        query = await egor.taps("Go")

        in_time = await call("answerCallbackQuery", callback_query_id=query)
        await asyncio.sleep(0.06)
        too_late = await call("answerCallbackQuery", callback_query_id=query)

        assert in_time["ok"]
        assert "query is too old" in too_late["description"]
        assert sandbox.refusals == []
