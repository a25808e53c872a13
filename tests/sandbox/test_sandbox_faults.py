"""What goes wrong on purpose."""

import asyncio

import aiohttp
import pytest
from staging import FIXTURES, Call

from bot.sandbox import Phone, Sandbox

clock, sandbox, call, ada, dalia = FIXTURES


async def test_a_fault_strikes_as_often_as_told_and_does_nothing(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    sandbox.faults.add("sendMessage", times=2, status=502)

    answers = [await call("sendMessage", chat_id=dalia.user_id, text=text) for text in ("one", "two", "three")]

    assert answers[0] == {"ok": False, "error_code": 502, "description": "Bad Gateway"}
    assert [answer["ok"] for answer in answers] == [False, False, True]
    assert [message["text"] for message in dalia.received] == ["three"]
    assert sandbox.refusals == []


async def test_a_flood_fault_says_how_long_to_wait(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    sandbox.faults.add("sendMessage", status=429, retry_after=7)

    answer = await call("sendMessage", chat_id=dalia.user_id, text="x")

    assert answer["parameters"] == {"retry_after": 7}
    assert answer["description"] == "Too Many Requests: retry after 7"


async def test_a_fault_for_one_chat_spares_the_others(sandbox: Sandbox, call: Call, ada: Phone, dalia: Phone) -> None:
    await ada.sends("/start")
    sandbox.faults.add(chat_id=dalia.user_id, status=403, times=None)

    to_ada = await call("sendMessage", chat_id=ada.user_id, text="x")
    to_dalia = await call("sendMessage", chat_id=dalia.user_id, text="x")

    assert to_ada["ok"]
    assert to_dalia["description"] == "Forbidden: bot was blocked by the user"
    sandbox.faults.clear()
    assert (await call("sendMessage", chat_id=dalia.user_id, text="x"))["ok"]


@pytest.mark.parametrize(("drop", "sent"), [("before", []), ("after", ["x"])])
async def test_a_connection_is_lost_before_or_after_the_message_is_there(
    sandbox: Sandbox, call: Call, dalia: Phone, drop: str, sent: list[str]
) -> None:
    sandbox.faults.add("sendMessage", drop="before" if drop == "before" else "after")

    with pytest.raises(aiohttp.ClientConnectionError):
        await call("sendMessage", chat_id=dalia.user_id, text="x")

    assert [message["text"] for message in dalia.received] == sent


async def test_a_garbled_answer_is_no_json_although_the_message_is_there(
    sandbox: Sandbox, call: Call, dalia: Phone
) -> None:
    sandbox.faults.add("sendMessage", garbled=True)

    with pytest.raises(aiohttp.ContentTypeError):
        await call("sendMessage", chat_id=dalia.user_id, text="x")

    assert [message["text"] for message in dalia.received] == ["x"]


async def test_a_slow_answer_comes_after_the_message_is_there(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    sandbox.faults.add("sendMessage", delay=30)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await call("sendMessage", chat_id=dalia.user_id, text="x")

    assert await dalia.receives("x")
