"""The bot as Telegram brings it updates, from the person's phone to the inbox and back."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest
import telegram
from planting import MONDAY
from sqlalchemy import select, text
from steps import join, last, say
from world import BEA, World, settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.inbound.polling import ALLOWED_UPDATES
from bot.inbound.webhook import Webhook
from bot.models import InboxUpdate, Reply
from bot.sandbox import Clock, Phone, Sandbox
from bot.settings import Settings
from bot.telegram.absence import Absence
from bot.web.server import AddressTaken

SECRET = "a-secret_of-the-test"
POLLING = {"webhook_url": None, "webhook_secret": None}
Start = Callable[..., AbstractAsyncContextManager[World]]
REFUSE = "CREATE TRIGGER refuse BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"


@pytest.fixture
async def sandbox(clock: Clock) -> AsyncIterator[Sandbox]:
    """A Telegram that soon tries again."""
    async with Sandbox(clock=clock, webhook_pause=0.01) as running:
        yield running
        assert running.refusals == []


@pytest.fixture
def settings(sandbox: Sandbox, sqlite_url: str) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    return settings_for(
        sandbox,
        sqlite_url,
        webhook_url=f"http://{address}/from/telegram",
        webhook_secret=SECRET,
        web_listen=address,
    )


@pytest.fixture
def start(sandbox: Sandbox, database: Database, settings: Settings, clock: Clock) -> Start:
    """Run a bot with these settings, some of them changed."""

    @asynccontextmanager
    async def start(**changes: Any) -> AsyncIterator[World]:
        bot = Bot(settings.model_copy(update=changes), database, clock=clock.now, tick_seconds=0.05)
        async with bot.running():
            yield World(sandbox, bot, database, clock)

    return start


@pytest.fixture
async def world(start: Start) -> AsyncIterator[World]:
    """A bot that gets its updates by webhook."""
    async with start() as world:
        yield world


@pytest.fixture
def bea(sandbox: Sandbox) -> Phone:
    """Has a phone, whether or not a bot runs."""
    return sandbox.phone(user_id=BEA, first_name="Bea", language_code="es")


async def replies(database: Database) -> list[str]:
    async with database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))


async def kept(database: Database) -> list[str]:
    async with database.readers() as session:
        return list(await session.scalars(select(InboxUpdate.raw).order_by(InboxUpdate.id)))


async def run(database: Database, statement: str) -> None:
    async with database.sessions.begin() as session:
        await session.execute(text(statement))


async def until_webhook_fails(api: telegram.Bot) -> str:
    """Telegram's words on why an update didn't arrive."""
    while not (error := (await api.get_webhook_info()).last_error_message):  # noqa: ASYNC110 - Telegram has no event for it
        await asyncio.sleep(0.005)
    return error


@pytest.fixture
async def asked(world: World, dialogue: str, bea: Phone) -> None:
    """Bea has been asked question 1."""
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    assert "paso 1" in last(bea)


async def test_telegram_is_told_the_address_and_what_to_bring(
    world: World, api: telegram.Bot, settings: Settings, bea: Phone
) -> None:
    await say(world, bea, "/start")

    info = await api.get_webhook_info()
    assert (info.url, info.max_connections) == (settings.webhook_url, 40)
    assert tuple(info.allowed_updates) == ALLOWED_UPDATES
    assert "getUpdates" not in {request.method for request in world.sandbox.requests}


@pytest.mark.usefixtures("asked")
async def test_a_member_joins_is_asked_and_replies_and_is_thanked(world: World, bea: Phone) -> None:
    before = len(bea.received)

    await say(world, bea, "Aprendí a escuchar.")

    assert await replies(world.database) == ["Aprendí a escuchar."]
    assert len(bea.received) == before + 1
    assert world.sandbox.pending_updates == 0


@pytest.mark.usefixtures("asked")
async def test_what_one_person_says_keeps_its_order(world: World, bea: Phone) -> None:
    said = [f"Paso {number}" for number in range(20)]
    for words in said:
        await bea.sends(words)

    await world.settle()

    assert await replies(world.database) == said


@pytest.mark.usefixtures("asked")
async def test_what_could_not_be_kept_comes_again_and_is_kept_once(world: World, api: telegram.Bot, bea: Phone) -> None:
    await run(world.database, REFUSE)
    await bea.sends("Única")
    error = await until_webhook_fails(api)
    replies_meanwhile = await replies(world.database)
    await run(world.database, "DROP TRIGGER refuse")

    await world.settle()

    assert error == "Wrong response from the webhook: 503 Service Unavailable"
    assert replies_meanwhile == []
    assert await replies(world.database) == ["Única"]
    assert sum("Única" in raw for raw in await kept(world.database)) == 1


async def test_nobody_else_can_pass_for_telegram(world: World, settings: Settings) -> None:
    forged = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 1003}, "text": "forged"}}
    headers = {"X-Telegram-Bot-Api-Secret-Token": "guessed"}

    async with (
        aiohttp.ClientSession() as session,
        session.post(str(settings.webhook_url), json=forged, headers=headers) as response,
    ):
        status = response.status

    assert status == 403
    assert await kept(world.database) == []


async def test_what_comes_while_the_bot_is_away_is_brought_when_it_is_back(
    start: Start, bea: Phone, api: telegram.Bot, database: Database
) -> None:
    async with start() as world:
        await say(world, bea, "/start")
    await bea.sends("Mientras tanto")
    error = await until_webhook_fails(api)
    kept_meanwhile = len(await kept(database))

    async with start() as world:
        await world.settle()

    assert error == "Connection refused"
    assert kept_meanwhile == 1
    assert "Mientras tanto" in (await kept(database))[-1]


async def test_a_bot_that_polls_from_now_on_takes_the_webhook_away_and_gets_what_waited(
    start: Start, bea: Phone, api: telegram.Bot, database: Database
) -> None:
    async with start() as world:
        await say(world, bea, "/start")
    await bea.sends("Mientras tanto")

    async with start(**POLLING) as world:
        await world.settle()

    assert not (await api.get_webhook_info()).url
    assert "Mientras tanto" in (await kept(database))[-1]


async def test_a_webhook_that_was_taken_away_is_set_again(
    world: World, api: telegram.Bot, settings: Settings, bea: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    await say(world, bea, "/start")
    await api.delete_webhook()
    webhook = Webhook(api, str(settings.webhook_url), SECRET, Absence(), on_trouble=lambda: None)

    await webhook.look()
    await say(world, bea, "/help")

    assert "the webhook was taken away" in capsys.readouterr().out
    assert len(await kept(world.database)) == 2


async def test_a_bot_that_needs_its_address_doesn_t_start_without_it(
    world: World, start: Start, settings: Settings
) -> None:
    assert world.bot.server.url is not None

    with pytest.raises(AddressTaken, match=f"^{settings.web_listen}: Address already in use"):
        async with start():
            pass


async def test_a_bot_that_polls_does_without_its_pages_and_says_so(
    world: World, start: Start, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    assert world.bot.server.url is not None
    async with Sandbox(clock=clock) as elsewhere, start(**POLLING, telegram_api_url=elsewhere.url) as second:
        url = second.bot.server.url

    assert url is None
    assert "no health and metrics pages" in capsys.readouterr().out
