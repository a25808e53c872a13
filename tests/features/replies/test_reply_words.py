from pathlib import Path

import pytest
from planting import MONDAY, person, plant, reply
from sqlalchemy import delete, select, text

from bot.core.messages import Content
from bot.database import Database
from bot.features.replies.actions import edits, words
from bot.features.translations.actions import translations
from bot.models import Origin, Reply, ReplyWords

SAID = (
    "Nous avons changé l’heure et le lieu des réunions.",
    "女孩在学校里很少发言。",
    "المُدَرِّسَة سألتنا عن الوقت.",
    "Мы спросили ЖЕНЩИН о времени 🎉",
    "Clean water came before water that is clean.",
)


async def gather(database: Database) -> int:
    async with database.sessions.begin() as session:
        return await words.gather(session)


async def said(database: Database, *texts: str) -> None:
    """A dialogue whose only member says all this, found by its words."""
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        for number, words_said in enumerate(texts, start=1):
            await reply(session, 1, message_id=number, content=Content("text", words_said))
    await gather(database)


async def found(database: Database, query: str, language: str = "en") -> list[int]:
    async with database.readers() as session:
        matching = words.match(session, query, language)
        assert matching is not None, query
        return list(await session.scalars(select(Reply.id).where(matching).order_by(Reply.id)))


async def test_words_are_found_in_every_script_however_they_are_written(either_database: Database) -> None:
    await said(either_database, *SAID)

    looked_for = {
        "CHANGE reunion": [1],
        "l'heure": [1],
        "学校": [2],
        "女孩在学校": [2],
        "校": [2],
        "校学": [],
        "مدرسة": [3],
        "وقت": [3],
        "женщины": [],
        "женщ времен": [4],
        "женщин": [4],
        "🎉": [4],
        '"clean water"': [5],
        "“water clean”": [],
        "water cle": [5],
        "cle water": [5],
        "wat": [5],
        "wa": [],
        '"wat"': [],
        "heure water": [],
    }
    assert {query: await found(either_database, query) for query in looked_for} == looked_for


@pytest.mark.parametrize(
    "query",
    ["'", '"a', "a' | 'b", "a:*", "NEAR(a b)", "a OR b", "-a", "a) AND (b", "\\", "x'; --", "col:a", "^a", "a\x00b"],
)
async def test_nothing_that_somebody_types_means_anything_to_the_database(
    either_database: Database, query: str
) -> None:
    await said(either_database, "Something else.")

    async with either_database.readers() as session:
        matching = words.match(session, query, "en")
        rows = [] if matching is None else list(await session.scalars(select(Reply.id).where(matching)))
    assert rows == []


async def test_what_was_edited_is_found_by_what_it_says_now_alone(either_database: Database) -> None:
    await said(either_database, "I asked nobody.")
    async with either_database.sessions.begin() as session:
        content = Content("text", "We asked everybody.")
        await edits.edit(session, await person(session, 1), message_id=1, content=content, now=MONDAY)

    meanwhile = await found(either_database, "nobody")
    await gather(either_database)

    assert meanwhile == []
    assert await found(either_database, "nobody") == []
    assert await found(either_database, "everybody") == [1]


async def test_a_translation_is_found_by_who_reads_its_language(either_database: Database) -> None:
    await said(either_database, "Nadie preguntó a las mujeres.")
    async with either_database.sessions.begin() as session:
        one = await session.get_one(Reply, 1)
        await translations.keep(
            session, one, "zh-Hans", "没人问过女人。", now=MONDAY, origin=Origin.SERVICE, service="x"
        )
    await gather(either_database)

    assert await found(either_database, "女人", "zh-Hans") == [1]
    assert await found(either_database, "女人", "en") == []
    assert await found(either_database, "mujeres", "zh-Hans") == [1]


async def test_what_is_deleted_is_not_found_and_in_no_index(either_database: Database) -> None:
    await said(either_database, "Something unheard of.", "Something else.")
    async with either_database.sessions.begin() as session:
        await session.execute(delete(Reply).where(Reply.id == 1))

    async with either_database.readers() as session:
        kept = list(await session.scalars(select(ReplyWords.reply_id)))
        if either_database.engine.dialect.name == "sqlite":
            await session.execute(text("INSERT INTO reply_index(reply_index) VALUES ('integrity-check')"))
    assert kept == [2]
    assert await found(either_database, "unheard") == []
    assert await found(either_database, "something") == [2]


async def test_words_are_gathered_once(either_database: Database) -> None:
    await said(either_database, *SAID)

    assert await gather(either_database) == 0
    async with either_database.readers() as session:
        assert not await words.any_unsearchable(session)


async def test_the_words_of_what_was_deleted_are_in_no_file_of_the_database(database: Database, tmp_path: Path) -> None:
    await said(database, *(f"The word zq{number}unheard is said." for number in range(30)))
    async with database.sessions.begin() as session:
        await session.execute(delete(Reply).where(Reply.id != 7))
    before = _bytes(tmp_path)

    assert await database.scrub()

    assert b"9unheard" in before
    assert b"9unheard" not in _bytes(tmp_path)
    assert b"zq6unheard" in _bytes(tmp_path)
    assert await found(database, "zq6unheard") == [7]


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("test.db*"))
