"""How updates reach the bot: long polling with confirmation, and webhooks with order and repetition."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from staging import FIXTURES, Call

from bot.sandbox import Phone, Sandbox

clock, sandbox, call, ada, dalia = FIXTURES


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def poll(call: Call, **parameters: Any) -> list[dict[str, Any]]:
    updates: list[dict[str, Any]] = (await call("getUpdates", **parameters))["result"]
    return updates


async def test_updates_come_again_until_a_higher_offset_confirms_them(call: Call, dalia: Phone) -> None:
    await dalia.sends("one")
    await dalia.sends("two")

    first = await poll(call)
    again = await poll(call)
    rest = await poll(call, offset=first[0]["update_id"] + 1)

    assert texts(first) == texts(again) == ["one", "two"]
    assert texts(rest) == ["two"]
    assert texts(await poll(call)) == ["two"]


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(call: Call, dalia: Phone) -> None:
    for text in ("one", "two", "three"):
        await dalia.sends(text)

    assert texts(await poll(call, offset=-1)) == ["three"]
    assert texts(await poll(call)) == ["three"]


async def test_an_offset_from_the_future_confirms_nothing(call: Call, dalia: Phone) -> None:
    await dalia.sends("one")

    assert texts(await poll(call, offset=2_000_000)) == ["one"]


async def test_a_limit_leaves_the_rest_for_later(call: Call, dalia: Phone) -> None:
    await dalia.sends("one")
    await dalia.sends("two")

    assert texts(await poll(call, limit=1)) == ["one"]


async def test_a_long_poll_ends_when_something_arrives(call: Call, dalia: Phone) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(poll(call, timeout=30))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        await dalia.sends("one")

    assert texts(waiting.result()) == ["one"]


async def test_a_long_poll_ends_empty_after_its_timeout(call: Call) -> None:
    assert await poll(call, timeout=1) == []


async def test_a_second_poller_ends_the_first_with_a_conflict(call: Call, dalia: Phone) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        second = tasks.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        await dalia.sends("one")

    assert first.result()["error_code"] == 409
    assert "terminated by other getUpdates request" in first.result()["description"]
    assert texts(second.result()["result"]) == ["one"]


async def test_a_closing_sandbox_does_not_wait_for_a_long_poll(sandbox: Sandbox, call: Call) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        await sandbox.__aexit__(None, None, None)

    assert waiting.result() == {"ok": True, "result": []}


async def test_reactions_come_only_by_request_and_the_request_is_remembered(call: Call, dalia: Phone) -> None:
    sent = await call("sendMessage", chat_id=dalia.user_id, text="Question")
    message_id = sent["result"]["message_id"]
    await dalia.reacts(message_id, "👍")
    assert await call.updates(allowed_updates=["message", "message_reaction"]) == []

    await dalia.reacts(message_id, "❤")
    await dalia.blocks()

    [update] = await call.updates()
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "❤"}]


@dataclass
class Receiver:
    """A bot's webhook that answers as it is told."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    received: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    taken: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    async def post(self, request: web.Request) -> web.Response:
        self.received.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.taken.release()
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def gets(self, count: int) -> list[str]:
        for _ in range(count):
            await asyncio.wait_for(self.taken.acquire(), 5)
        return texts(self.received)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    application = web.Application()
    application.router.add_post("/telegram", receiver.post)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram"
    yield receiver
    await runner.cleanup()


async def test_a_webhook_gets_pending_and_new_updates_with_the_secret(
    call: Call, dalia: Phone, receiver: Receiver
) -> None:
    await dalia.sends("one")
    await call("setWebhook", url=receiver.url, secret_token="s3cret")
    await dalia.sends("two")

    assert await receiver.gets(2) == ["one", "two"]
    assert receiver.secrets == ["s3cret", "s3cret"]


async def test_a_refused_update_is_repeated_before_the_next_of_its_chat(
    sandbox: Sandbox, call: Call, dalia: Phone, receiver: Receiver
) -> None:
    receiver.answers = [500, 503]
    await call("setWebhook", url=receiver.url)

    await dalia.sends("one")
    await dalia.sends("two")

    assert await receiver.gets(4) == ["one", "one", "one", "two"]
    info = (await call("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    assert sandbox.refusals == []


async def test_another_chat_does_not_wait_for_a_refused_update(
    call: Call, ada: Phone, dalia: Phone, receiver: Receiver
) -> None:
    receiver.answers = [500] * 20
    await call("setWebhook", url=receiver.url)

    await dalia.sends("one")
    await ada.sends("two")

    assert "two" in await receiver.gets(3)


async def test_polling_and_webhook_exclude_each_other(call: Call, receiver: Receiver) -> None:
    async with asyncio.TaskGroup() as tasks:
        polling = tasks.create_task(call("getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        await call("setWebhook", url=receiver.url)

    assert polling.result()["description"] == "Conflict: terminated by setWebhook request"
    assert "while webhook is active" in (await call("getUpdates"))["description"]
    await call("deleteWebhook")
    assert (await call("getUpdates"))["ok"]


async def test_pending_updates_are_dropped_on_request(sandbox: Sandbox, call: Call, dalia: Phone) -> None:
    await dalia.sends("one")

    await call("deleteWebhook", drop_pending_updates=True)

    assert sandbox.pending_updates == 0


async def test_a_webhook_elsewhere_needs_https(call: Call) -> None:
    answer = await call("setWebhook", url="http://example.org/telegram")

    assert answer["description"] == "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
