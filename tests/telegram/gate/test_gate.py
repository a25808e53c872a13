"""What the gate lets through, holds, withholds and leaves undone, against the sandbox over HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import telegram
from telegram import ReactionTypeEmoji
from telegram.error import RetryAfter

from bot.sandbox import Clock, Flood, Phone, Sandbox
from bot.telegram.gate import Asking, Gate, GatedRequest, Priority, Withheld, asking, unasked
from bot.telegram.gate import gate as gates
from bot.telegram.gate.slots import WINDOW_SECONDS
from bot.telegram.request import AiohttpRequest

HOURS = 3 * 3600


@asynccontextmanager
async def calling(sandbox: Sandbox, gate: Gate) -> AsyncIterator[telegram.Bot]:
    request = GatedRequest(AiohttpRequest(), gate)
    async with telegram.Bot(
        sandbox.token, base_url=f"{sandbox.url}/bot", request=request, get_updates_request=AiohttpRequest()
    ) as bot:
        yield bot


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[telegram.Bot]:
    async with calling(sandbox, Gate(1000)) as calls:
        yield calls


@pytest.fixture
async def bea(sandbox: Sandbox) -> Phone:
    return await started(sandbox, 1002)


@pytest.fixture
async def chloe(sandbox: Sandbox) -> Phone:
    return await started(sandbox, 1003)


async def started(sandbox: Sandbox, user_id: int) -> Phone:
    phone = sandbox.phone(user_id, "P")
    await phone.sends("/start")
    return phone


async def refuse(sandbox: Sandbox, bot: telegram.Bot, *phones: Phone, seconds: int) -> None:
    """Let Telegram ask to wait: one chat, or all where it refuses several."""
    for phone in phones:
        sandbox.faults.add("sendMessage", chat_id=phone.user_id, status=429, retry_after=seconds)
        with pytest.raises(RetryAfter):
            await bot.send_message(phone.user_id, "too much")


def texts_since(sandbox: Sandbox, tried: int) -> list[str]:
    return [request.params["text"] for request in sandbox.requests[tried:]]


async def test_the_wait_of_one_chat_is_its_own_and_delays_nobody(sandbox: Sandbox, bea: Phone, chloe: Phone) -> None:
    gate = Gate(1000)
    async with calling(sandbox, gate) as bot:
        await refuse(sandbox, bot, bea, seconds=HOURS)
        tried = len(sandbox.requests)

        with pytest.raises(Withheld):
            await bot.send_message(bea.user_id, "no")
        async with asyncio.timeout(0.5):
            await bot.send_message(chloe.user_id, "yes")

        assert texts_since(sandbox, tried) == ["yes"]
        assert not gate.halted.is_set()


async def test_one_chat_that_is_refused_again_and_again_delays_nobody(
    sandbox: Sandbox, bea: Phone, chloe: Phone
) -> None:
    gate = Gate(1000)
    async with calling(sandbox, gate) as bot:
        for _ in range(2):
            await refuse(sandbox, bot, bea, seconds=1)
            async with asyncio.timeout(0.5):
                await bot.send_message(chloe.user_id, "yes")
            await asyncio.sleep(1)

        assert not gate.halted.is_set()


async def test_after_a_refusal_one_request_goes_ahead_and_the_others_follow_when_it_is_let_through(
    sandbox: Sandbox, bot: telegram.Bot, bea: Phone, chloe: Phone
) -> None:
    egor = await started(sandbox, 1005)
    await refuse(sandbox, bot, bea, seconds=HOURS)
    sandbox.faults.add("sendMessage", chat_id=chloe.user_id, delay=0.3)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(bot.send_message(chloe.user_id, "ahead"))
        for _ in range(3):
            tasks.create_task(bot.send_message(egor.user_id, "behind"))
        await asyncio.sleep(0.2)
        before = list(egor.received)

    assert before == []
    assert len(egor.received) == 3


async def test_what_goes_ahead_and_gets_no_answer_holds_nobody_for_longer_than_a_second(
    sandbox: Sandbox, bot: telegram.Bot, bea: Phone, chloe: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.gate.waits.ANSWER_SECONDS", 0.1)
    egor = await started(sandbox, 1005)
    await refuse(sandbox, bot, bea, seconds=HOURS)
    sandbox.faults.add("sendMessage", chat_id=chloe.user_id, delay=0.6)

    async with asyncio.TaskGroup() as tasks:
        ahead = tasks.create_task(bot.send_message(chloe.user_id, "ahead"))
        await asyncio.sleep(0.05)
        await bot.send_message(egor.user_id, "behind")
        still_out = not ahead.done()

    assert still_out


async def test_when_all_must_wait_no_more_than_one_request_finds_that_out(
    sandbox: Sandbox, bea: Phone, chloe: Phone
) -> None:
    others = [await started(sandbox, 2000 + number) for number in range(10)]
    gate = Gate(1000)
    async with calling(sandbox, gate) as bot:
        await refuse(sandbox, bot, bea, seconds=HOURS)
        await bot.send_chat_action(chloe.user_id, "typing")  # says nothing of messages
        await bot.set_my_short_description("nor does this")
        sandbox.faults.add("sendMessage", times=100, status=429, retry_after=HOURS)

        refused = await asyncio.gather(
            *(bot.send_message(phone.user_id, "x") for phone in (chloe, *others)), return_exceptions=True
        )

        assert all(isinstance(each, RetryAfter) for each in refused)
        assert sandbox.faults.waiting[0].times == 99
        assert gate.halted.is_set()
        assert gate.halted_seconds > HOURS - 60


async def test_requests_that_were_under_way_together_and_refused_let_all_wait(
    sandbox: Sandbox, bea: Phone, chloe: Phone
) -> None:
    gate = Gate(1000)
    async with calling(sandbox, gate) as bot:
        sandbox.faults.add("sendMessage", times=2, status=429, retry_after=HOURS)
        refused = await asyncio.gather(
            *(bot.send_message(phone.user_id, "x") for phone in (bea, chloe)), return_exceptions=True
        )

        assert all(isinstance(each, RetryAfter) for each in refused)
        assert gate.halted_seconds > HOURS - 60


async def test_all_wait_no_longer_than_both_chats_were_told(sandbox: Sandbox, bea: Phone, chloe: Phone) -> None:
    gate = Gate(1000)
    async with calling(sandbox, gate) as bot:
        await refuse(sandbox, bot, bea, seconds=HOURS)
        await refuse(sandbox, bot, chloe, seconds=30)

        assert 29 < gate.halted_seconds <= 30


async def test_an_answer_waits_for_the_end_of_a_short_wait_and_is_not_refused_again(
    sandbox: Sandbox, bot: telegram.Bot, bea: Phone, chloe: Phone
) -> None:
    await refuse(sandbox, bot, bea, chloe, seconds=1)
    tried = len(sandbox.requests)

    await bot.send_message(chloe.user_id, "after the wait")

    assert texts_since(sandbox, tried) == ["after the wait"]
    assert [message["text"] for message in chloe.received] == ["after the wait"]


async def test_what_comes_back_after_a_wait_is_spread_over_a_second(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.gate.chats.PRIVATE_SECONDS", 0.0)
    phones = [await started(sandbox, 2000 + number) for number in range(10)]
    gate, moments = Gate(10), []

    async def send(calls: telegram.Bot, phone: Phone) -> None:
        await calls.send_message(phone.user_id, "x")
        moments.append(asyncio.get_running_loop().time())

    async with calling(sandbox, gate) as slow:
        await asyncio.gather(*(send(slow, phone) for phone in phones))
        moments.clear()
        await refuse(sandbox, slow, *phones[:2], seconds=2)
        await asyncio.gather(*(send(slow, phone) for phone in phones))

    assert max(moments) - min(moments) > WINDOW_SECONDS / 2


async def test_the_bot_is_known_to_wait_for_longer_than_a_person_would(
    sandbox: Sandbox, bot: telegram.Bot, bea: Phone, chloe: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "PATIENCE_SECONDS", 0.1)
    await refuse(sandbox, bot, bea, chloe, seconds=2)

    with pytest.raises(Withheld) as withheld:
        await bot.send_message(chloe.user_id, "x")

    assert withheld.value.retry_after
    assert chloe.received == []


async def test_what_nobody_asked_for_is_withheld_at_once(
    sandbox: Sandbox, bot: telegram.Bot, bea: Phone, chloe: Phone
) -> None:
    await refuse(sandbox, bot, bea, chloe, seconds=1)

    with unasked(), pytest.raises(Withheld):
        await bot.send_message(chloe.user_id, "x")


async def test_a_reaction_and_typing_are_left_undone_where_they_would_have_to_wait_but_a_receipt_is_not(
    sandbox: Sandbox, bot: telegram.Bot, bea: Phone
) -> None:
    said = await bea.sends("Hola")
    await refuse(sandbox, bot, bea, seconds=HOURS)
    tried = len(sandbox.requests)

    typed = await bot.send_chat_action(bea.user_id, "typing")
    reacted = await bot.set_message_reaction(bea.user_id, said["message_id"], ReactionTypeEmoji("✍"))
    asking.set(Asking(Priority.THANKS))
    with pytest.raises(Withheld):
        await bot.set_message_reaction(bea.user_id, said["message_id"], ReactionTypeEmoji("✍"))

    assert (typed, reacted) == (True, True)
    assert len(sandbox.requests) == tried


async def test_a_slot_that_was_taken_ahead_is_used_once(sandbox: Sandbox, bea: Phone, chloe: Phone) -> None:
    gate = Gate(10)
    async with calling(sandbox, gate) as bot:
        (slot,) = await gate.free.take(1)
        asking.set(Asking(Priority.UNASKED, slot=slot))

        await bot.send_message(bea.user_id, "first")
        spent = slot.spent
        await bot.send_message(chloe.user_id, "second")

    assert spent
    assert slot.returned


async def test_a_crowd_is_never_refused_by_the_strictest_reading(clock: Clock) -> None:
    flood = Flood(per_second=10, retry_after=1)
    async with Sandbox(clock=clock, flood=flood) as sandbox, calling(sandbox, Gate(10)) as bot:
        phones = [await started(sandbox, 2000 + number) for number in range(12)]

        await asyncio.gather(*(bot.send_message(phone.user_id, "x") for phone in phones for _ in range(2)))

    assert (flood.accepted, flood.refused, flood.during_waits) == (24, 0, 0)
