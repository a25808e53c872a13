import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.sandbox import Phone, Sandbox
from bot.telegram.request import AiohttpRequest, MaybeSent, NotSent

SECRET = "42:sandbox"


@pytest.fixture
async def phone(sandbox: Sandbox) -> Phone:
    """Someone who has started the bot."""
    phone = sandbox.phone(user_id=1003, first_name="Chloé")
    await phone.sends("/start")
    return phone


@pytest.fixture
async def nowhere() -> AsyncIterator[Bot]:
    """A Bot API where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    request = AiohttpRequest()
    await request.initialize()
    yield Bot(SECRET, base_url=f"http://127.0.0.1:{port}/bot", request=request)
    await request.shutdown()


async def test_what_was_never_connected_is_certainly_not_sent(nowhere: Bot) -> None:
    with pytest.raises(NotSent) as failed:
        await nowhere.send_message(1003, "Bonjour")

    assert SECRET not in f"{failed.value!r} {failed.value.__cause__!r}"


@pytest.mark.parametrize(("drop", "arrived"), [("before", []), ("after", ["Bonjour"])])
async def test_what_lost_its_connection_may_have_been_sent(
    api: Bot, sandbox: Sandbox, phone: Phone, drop: str, arrived: list[str]
) -> None:
    sandbox.faults.add("sendMessage", drop="before" if drop == "before" else "after")

    with pytest.raises(MaybeSent) as failed:
        await api.send_message(phone.user_id, "Bonjour")

    assert [message["text"] for message in phone.received] == arrived
    assert SECRET not in f"{failed.value!r} {failed.value.__cause__!r}"


async def test_what_is_not_answered_in_time_may_have_been_sent(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    sandbox.faults.add("sendMessage", delay=0.5)

    with pytest.raises(MaybeSent):
        await api.send_message(phone.user_id, "Bonjour")

    assert await phone.receives("Bonjour")


@pytest.mark.parametrize("status", [None, 403, 502])
async def test_an_answer_that_is_not_telegram_s_says_nothing_about_the_message(
    api: Bot, sandbox: Sandbox, phone: Phone, status: int | None
) -> None:
    sandbox.faults.add("sendMessage", status=status, garbled=True)

    with pytest.raises(MaybeSent, match="not Telegram's"):
        await api.send_message(phone.user_id, "Bonjour")


async def test_a_call_may_wait_longer_than_the_others(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    sandbox.faults.add("sendMessage", delay=0.5)

    sent = await api.send_message(phone.user_id, "Bonjour", read_timeout=5)

    assert sent.text == "Bonjour"


async def test_what_was_answered_is_neither(api: Bot, sandbox: Sandbox, phone: Phone) -> None:
    sandbox.faults.add("sendMessage", status=400, description="message is too long")
    sandbox.faults.add("sendMessage", status=502)

    with pytest.raises(BadRequest, match=r"(?i)message is too long"):
        await api.send_message(phone.user_id, "Bonjour")
    with pytest.raises(NetworkError, match="Bad Gateway") as failed:
        await api.send_message(phone.user_id, "Bonjour")

    assert not isinstance(failed.value, NotSent | MaybeSent)


async def test_a_file_goes_with_its_name_and_caption(api: Bot, phone: Phone) -> None:
    file = InputFile(BytesIO("{“données”: 1}".encode()), filename="my-data.json")

    await api.send_document(phone.user_id, file, caption="C’est tout.")

    (message,) = phone.received
    assert message["document"]["file_name"] == "my-data.json"
    assert message["caption"] == "C’est tout."
    kept = await api.get_file(message["document"]["file_id"])
    assert kept.file_size == len("{“données”: 1}".encode())


async def test_opening_twice_and_closing_twice_is_harmless() -> None:
    request = AiohttpRequest(read_seconds=7)

    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()

    assert request.read_timeout == 7


async def test_each_call_is_told_by_its_method_and_what_came_of_it(sandbox: Sandbox, phone: Phone) -> None:
    told: list[tuple[str, str]] = []
    request = AiohttpRequest(0.2, lambda method, outcome, _seconds: told.append((method, outcome)))
    sandbox.faults.add("sendMessage", status=429)
    sandbox.faults.add("sendMessage", drop="after")

    async with Bot(sandbox.token, base_url=f"{sandbox.url}/bot", request=request) as bot:
        for _ in range(3):
            with suppress(NetworkError, RetryAfter):
                await bot.send_message(phone.user_id, "Bonjour")

    assert told == [("getMe", "ok"), ("sendMessage", "429"), ("sendMessage", "no_answer"), ("sendMessage", "ok")]


async def test_a_call_that_was_never_connected_is_told_as_such() -> None:
    told: list[tuple[str, str]] = []
    request = AiohttpRequest(observe=lambda method, outcome, _seconds: told.append((method, outcome)))
    await request.initialize()

    with pytest.raises(NotSent):
        await request.do_request("http://127.0.0.1:9/file/bot42:sandbox/documents/Ada.pdf", "GET")

    await request.shutdown()
    assert told == [("file", "not_sent")]


async def test_no_words_go_where_an_answer_points_to() -> None:
    heard: list[str] = []

    async def send_elsewhere(_request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/elsewhere")

    async def hear(request: web.Request) -> web.Response:
        heard.append(await request.text())
        return web.json_response({"ok": True, "result": True})

    application, request = web.Application(), AiohttpRequest()
    application.add_routes([web.post("/elsewhere", hear), web.post("/{path:.*}", send_elsewhere)])
    await request.initialize()
    async with TestServer(application) as server:
        bot = Bot(SECRET, base_url=str(server.make_url("/bot")), request=request)
        with pytest.raises(NotSent):
            await bot.send_message(1003, "Bonjour")
    await request.shutdown()

    assert heard == []
