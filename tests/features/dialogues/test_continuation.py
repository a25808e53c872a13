import condensed
import pytest
from planting import MONDAY
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot import authoring
from bot.authoring import DialogueFile
from bot.database import Database
from bot.features.dialogues.actions import continuation
from bot.features.dialogues.actions.continuation import NothingFurther
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import contents
from bot.models import Dialogue, KeyPoint


async def next_file(session: AsyncSession) -> DialogueFile:
    return await continuation.next_file(session, await contents.gather(session, condensed.SLUG))


async def test_the_questions_for_further_discussion_ask_on_in_a_file_that_is_valid(database: Database) -> None:
    async with database.sessions.begin() as session:
        dialogue = await condensed.plant(session, members=1)
        await key_points.add(session, dialogue, None, text="And who decides?", language="en", now=MONDAY)

        file = await next_file(session)

    read = authoring.read(authoring.write(file).encode())
    assert read.errors == []
    assert read.dialogue == file
    assert [dict(question.text)["en"] for question in file.questions] == [
        condensed.FURTHER[0]["en"],
        "And who decides?",
    ]
    assert file.slug == f"{condensed.SLUG}-2"


async def test_the_next_dialogue_begins_after_the_last_question_of_this_one_has_closed(database: Database) -> None:
    async with database.sessions.begin() as session:
        dialogue = await condensed.plant(session, members=1)
        last = max(question.closes for question in dialogue.questions)

        file = await next_file(session)

    assert file.starts > last + continuation.PAUSE - continuation.PAUSE / 28
    assert file.starts.time() == dialogue.starts.time()


async def test_a_long_slug_stays_within_its_length(database: Database) -> None:
    async with database.sessions.begin() as session:
        await condensed.plant(session, members=1)
        (await session.get_one(Dialogue, 1)).slug = "a" * continuation.SLUG_LENGTH
        await session.flush()

        file = await continuation.next_file(session, await contents.gather(session, "a" * continuation.SLUG_LENGTH))

    assert len(file.slug) == continuation.SLUG_LENGTH


async def test_without_such_a_question_there_is_no_next_file(database: Database) -> None:
    async with database.sessions.begin() as session:
        await condensed.plant(session, members=1)
        await session.execute(delete(KeyPoint).where(KeyPoint.question_id.is_(None)))

        with pytest.raises(NothingFurther):
            await next_file(session)
