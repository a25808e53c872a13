import asyncio

import planting
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from planting import MONDAY
from sqlalchemy import select, update
from world import settings_for

from bot import database as databases
from bot.app.application import Bot
from bot.database import Database
from bot.features.translations.actions import translations
from bot.features.translations.jobs import Interpreter
from bot.models import Audience, Member, Person, Reply, Translation, Visibility
from bot.sandbox import Clock, Sandbox
from bot.services.translation import ServiceFailed

PATIENCE = 20.0


class Echo:
    """A service that writes the language before the words, and remembers them."""

    name = "Echo"

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.fails = False

    async def translate(self, text: str, *, source: str, into: str) -> str:
        self.heard.append(text)
        if self.fails:
            raise ServiceFailed("HTTP 503")
        return f"{source}>{into}: {text}"


async def plant(database: Database, *, consents: bool = True) -> None:
    """Person 1 reads English and replied; 2 reads Spanish, 3 French."""
    await planting.plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        for person_id, language in ((2, "es"), (3, "fr")):
            (await session.get_one(Person, person_id)).language = language
        (await session.get_one(Member, 1)).outside_services = consents
        await planting.reply(session, 1, message_id=11)


def interpreter(database: Database, service: Echo) -> Interpreter:
    return Interpreter(service, database, lambda: MONDAY, is_ours=lambda: True)


async def kept(database: Database) -> dict[str, str]:
    async with database.readers() as session:
        return {one.language: one.text for one in await session.scalars(select(Translation))}


async def test_a_reply_is_translated_once_into_each_language_that_members_read(either_database: Database) -> None:
    await plant(either_database)
    service = Echo()

    first = await interpreter(either_database, service).translate_some()
    again = await interpreter(either_database, service).translate_some()

    assert (first, again) == (1, 0)
    assert await kept(either_database) == {"es": "en>es: Reply 11", "fr": "en>fr: Reply 11"}


async def test_words_whose_author_did_not_agree_never_leave(database: Database) -> None:
    await plant(database, consents=False)
    service = Echo()

    await interpreter(database, service).translate_some()

    assert service.heard == []


async def test_words_that_members_may_not_read_never_leave(database: Database) -> None:
    for change in (
        {"visibility": Visibility.HIDDEN},
        {"visibility": Visibility.WAITING},
        {"visibility": Visibility.SHOWN, "audience": Audience.MODERATORS},
        {"audience": Audience.MEMBERS, "withdrawn_at": MONDAY},
    ):
        if not await _planted(database):
            await plant(database)
        async with database.sessions.begin() as session:
            await session.execute(update(Reply).values(**change))
        service = Echo()

        await interpreter(database, service).translate_some()

        assert service.heard == [], change


async def _planted(database: Database) -> bool:
    async with database.readers() as session:
        return await session.scalar(select(Reply.id)) is not None


async def test_what_the_service_fails_at_is_tried_again_later(database: Database) -> None:
    await plant(database)
    service = Echo()
    service.fails = True
    working = interpreter(database, service)
    await working.translate_some()
    service.fails = False

    nothing_else = await working.translate_some()
    later = await working.translate_some()

    assert (nothing_else, later) == (0, 1)


async def test_a_process_that_does_not_work_for_the_bot_asks_no_service(database: Database) -> None:
    await plant(database)
    service = Echo()
    beside = Interpreter(service, database, lambda: MONDAY, rest_seconds=0.001, is_ours=lambda: False)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await beside.run()

    assert service.heard == []


async def test_a_reply_edited_while_the_service_works_keeps_no_translation_of_its_old_words(database: Database) -> None:
    await plant(database)

    async with database.sessions.begin() as session:
        await translations.keep_from_service(
            session, 1, of_text="Something else", texts={"es": "Otra cosa"}, service="Echo", now=MONDAY
        )

    assert await kept(database) == {}


@pytest.mark.postgresql
async def test_of_several_processes_the_one_that_keeps_the_clock_translates_though_another_sends(
    sandbox: Sandbox, migrated_postgresql_url: str, clock: Clock
) -> None:
    async def translate(_request: web.Request) -> web.Response:
        return web.json_response({"translatedText": "Respuesta 11"})

    app, database = web.Application(), databases.connect(migrated_postgresql_url)
    app.router.add_post("/translate", translate)
    await plant(database)
    async with TestServer(app) as server:
        service = {"translation_service": "libretranslate", "translation_url": str(server.make_url(""))}
        settings = settings_for(sandbox, migrated_postgresql_url, roles="tick", **service)
        async with Bot(settings, database, clock=clock.now).running(), asyncio.timeout(PATIENCE):
            while not await kept(database):  # noqa: ASYNC110 - the bot does it by itself
                await asyncio.sleep(0.02)
    await database.close()
