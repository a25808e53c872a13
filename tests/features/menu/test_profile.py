import asyncio

import pytest
import telegram
from sqlalchemy import update
from telegram.error import NetworkError
from world import settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.features.menu import texts
from bot.features.menu.handlers import introduce
from bot.i18n import LANGUAGES, translator
from bot.models import Published
from bot.sandbox import Clock, Sandbox

# Commands for three kinds of chats, and two descriptions, per language and for phones in any other.
CALLS = 5 * (len(LANGUAGES) + 1)


def told(sandbox: Sandbox) -> list[tuple[str, str, str]]:
    """What was told of the bot's face: method, chats and language."""
    return [
        (method, str(params.get("scope", "")), params.get("language_code", ""))
        for method, params in sandbox.requests
        if method.startswith("setMy")
    ]


async def test_each_language_is_told_commands_and_descriptions_once(
    api: telegram.Bot, sandbox: Sandbox, database: Database
) -> None:
    calls = await introduce(api, database)

    assert calls == CALLS
    assert len(set(told(sandbox))) == len(told(sandbox)) == CALLS


async def test_what_is_told_already_is_not_told_again(api: telegram.Bot, database: Database) -> None:
    await introduce(api, database)

    assert await introduce(api, database) == 0


async def test_what_changed_is_told_again_and_nothing_else(
    api: telegram.Bot, sandbox: Sandbox, database: Database
) -> None:
    await introduce(api, database)
    async with database.sessions.begin() as session:
        await session.execute(update(Published).where(Published.subject == "description:es").values(fingerprint="old"))
    sandbox.requests.clear()

    calls = await introduce(api, database)

    assert calls == 1
    assert told(sandbox) == [("setMyDescription", "", "es")]


async def test_what_telegram_did_not_take_is_told_the_next_time(
    api: telegram.Bot, sandbox: Sandbox, database: Database
) -> None:
    sandbox.faults.add("setMyDescription", status=502)
    with pytest.raises(NetworkError):
        await introduce(api, database)

    await introduce(api, database)

    assert sorted(set(told(sandbox))) == sorted(told(sandbox))
    assert len(told(sandbox)) == CALLS


@pytest.mark.parametrize("tag", LANGUAGES)
async def test_a_phone_shows_menu_and_descriptions_in_its_language(
    api: telegram.Bot, sandbox: Sandbox, database: Database, tag: str
) -> None:
    await introduce(api, database)
    code = LANGUAGES[tag].command_code
    phone = sandbox.phone(user_id=1003, first_name="Chloé", language_code=tag.lower())

    menu = [(command["command"], command["description"]) for command in phone.commands()]

    t = translator(tag)
    assert menu == texts.member_commands(t)
    assert sandbox.description(code) == texts.description(t)
    assert sandbox.description(code, kind="short_description") == texts.short_description(t)


async def test_a_phone_in_another_language_shows_english(
    api: telegram.Bot, sandbox: Sandbox, database: Database
) -> None:
    await introduce(api, database)
    phone = sandbox.phone(user_id=1003, first_name="Chloé", language_code="tlh")

    assert [command["command"] for command in phone.commands()][:2] == ["start", "question"]
    assert sandbox.description("") == texts.description(translator("en"))


async def test_a_bot_introduces_itself_when_it_first_runs(
    sandbox: Sandbox, database: Database, database_url: str, clock: Clock
) -> None:
    bot = Bot(settings_for(sandbox, database_url), database, clock=clock.now)

    async with asyncio.timeout(60), bot.running():
        while len(told(sandbox)) < CALLS:  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0.01)

    assert len(set(told(sandbox))) == CALLS
