import pytest
from planting import MONDAY, person, plant, reply
from sqlalchemy import select

from bot.core.messages import Content
from bot.core.visibility import NoSuchReply
from bot.database import Database
from bot.features.replies.actions import edits
from bot.features.replies.actions import languages as reply_languages
from bot.features.replies.actions.languages import NotOffered
from bot.models import LanguageSource, Member, Reply, Role


async def said(database: Database, *contents: Content) -> None:
    """A dialogue with three members, the first of whom says all this, and the third moderates."""
    await plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 3)).role = Role.MODERATOR
        for number, content in enumerate(contents, start=1):
            await reply(session, 1, message_id=number, content=content)


async def detect(database: Database, **limits: int) -> int:
    async with database.sessions.begin() as session:
        return await reply_languages.detect_languages(session, **limits)


async def languages(database: Database) -> list[tuple[str, LanguageSource]]:
    async with database.readers() as session:
        rows = await session.execute(select(Reply.language, Reply.language_source).order_by(Reply.id))
        return [(row[0], row[1]) for row in rows]


FRENCH = Content("text", "Il nous faut des formatrices qui restent plus d’une semaine.")
VOICE = Content("voice", "")


async def test_languages_are_recognised_and_a_voice_message_keeps_its_authors(either_database: Database) -> None:
    await said(either_database, FRENCH, VOICE)

    count = await detect(either_database)

    assert count == 1
    assert await languages(either_database) == [("fr", LanguageSource.DETECTED), ("en", LanguageSource.ASSUMED)]


async def test_many_are_recognised_little_by_little_and_each_once(database: Database) -> None:
    await said(database, *[FRENCH] * 5)

    counts = [await detect(database, limit=2) for _ in range(4)]

    assert counts == [2, 2, 1, 0]


async def test_an_edited_reply_is_looked_at_again(database: Database) -> None:
    await said(database, FRENCH)
    await detect(database)
    spanish = Content("text", "Necesitamos formadoras que se queden más de una semana.")
    async with database.sessions.begin() as session:
        await edits.edit(session, await person(session, 1), message_id=1, content=spanish, now=MONDAY)

    await detect(database)

    assert await languages(database) == [("es", LanguageSource.DETECTED)]


@pytest.mark.parametrize("telegram_id", [1, 3])
async def test_what_the_author_or_a_moderator_says_is_the_last_word(database: Database, telegram_id: int) -> None:
    await said(database, FRENCH)
    async with database.sessions.begin() as session:
        await reply_languages.correct(session, await person(session, telegram_id), 1, language="ar")
    async with database.sessions.begin() as session:
        content = Content("text", FRENCH.text + " Voilà.")
        await edits.edit(session, await person(session, 1), message_id=1, content=content, now=MONDAY)

    await detect(database)

    assert await languages(database) == [("ar", LanguageSource.CORRECTED)]


async def test_another_member_can_neither_see_nor_change_it(database: Database) -> None:
    await said(database, FRENCH)
    async with database.sessions.begin() as session:
        other = await person(session, 2)

        with pytest.raises(NoSuchReply):
            await reply_languages.language_of(session, other, 1)
        with pytest.raises(NoSuchReply):
            await reply_languages.correct(session, other, 1, language="es")


async def test_a_withdrawn_reply_is_no_moderators_business(database: Database) -> None:
    await said(database, FRENCH)
    async with database.sessions.begin() as session:
        (await session.get_one(Reply, 1)).withdrawn_at = MONDAY

        with pytest.raises(NoSuchReply):
            await reply_languages.language_of(session, await person(session, 3), 1)


async def test_a_language_that_was_not_offered_is_refused(database: Database) -> None:
    await said(database, FRENCH)
    async with database.sessions.begin() as session:
        with pytest.raises(NotOffered, match="xx"):
            await reply_languages.correct(session, await person(session, 1), 1, language="xx")
