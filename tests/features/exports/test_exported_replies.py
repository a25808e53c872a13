import pytest
from planting import MONDAY, plant, reply

from bot.core.dialogues import NoSuchDialogue
from bot.core.messages import Content, File
from bot.database import Database
from bot.features.exports.actions import replies
from bot.features.exports.actions.replies import ExportedReply
from bot.models import (
    Audience,
    LanguageSource,
    Member,
    Naming,
    Origin,
    Reply,
    Theme,
    ThemeReply,
    Translation,
    Visibility,
)
from bot.tallies.numbers import ReplyCounts


async def exported(database: Database, slug: str = "training") -> list[ExportedReply]:
    async with database.readers() as session:
        dialogue = await replies.find(session, slug)
        return [row async for rows in replies.replies(session, dialogue) for row in rows]


async def talk(database: Database) -> None:
    """Members say this and that, under their names and without; with responses, files, themes, translations."""
    await plant(database, *["UTC"] * 4)
    async with database.sessions.begin() as session:
        ada = await session.get_one(Member, 1)
        ada.naming, ada.display_name = Naming.NAME, "=Ada"
        (await session.get_one(Member, 3)).naming = Naming.ANONYMOUS
        (await session.get_one(Member, 3)).quotable = False
        await reply(session, 1, message_id=1, content=Content("text", "=1+1\nand more"))
        await reply(session, 2, message_id=2, content=Content("voice", "", File("voice", "f", "u")))
        await reply(session, 3, message_id=3, content=Content("text", "One without a name"))
        await reply(session, 3, message_id=4, content=Content("text", "Another"), question_id=2)
        await reply(session, 2, message_id=5, content=Content("text", "I agree"), parent_id=1)
        await reply(session, 4, message_id=6, content=Content("text", "Taken back"))
        await reply(session, 4, message_id=7, content=Content("text", "In confidence"), audience=Audience.MODERATORS)
        await reply(session, 4, message_id=8, content=Content("text", "Hidden"))
        (await session.get_one(Reply, 6)).withdrawn_at = MONDAY
        (await session.get_one(Reply, 8)).visibility = Visibility.HIDDEN
        first = await session.get_one(Reply, 1)
        first.edited_at, first.featured_at, first.language = MONDAY, MONDAY, "es"
        first.language_source = LanguageSource.CORRECTED
        theme = Theme(
            dialogue_id=1, question_id=1, name={"en": "Sums"}, method="letters-4", made_from=1, created_at=MONDAY
        )
        session.add(theme)
        await session.flush()
        session.add(ThemeReply(reply_id=1, theme_id=theme.id, placed_at=MONDAY))
        session.add(
            Translation(reply_id=1, language="fr", text="=2", origin=Origin.PERSON, member_id=2, translated_at=MONDAY)
        )


async def test_only_what_members_may_read_is_exported_and_the_rest_is_counted(either_database: Database) -> None:
    await talk(either_database)

    rows = await exported(either_database)

    assert [row.text for row in rows] == ["=1+1\nand more", "", "One without a name", "Another", "I agree"]
    async with either_database.readers() as session:
        first, *_ = await replies.counts(session, await replies.find(session, "training"))
    assert first.exported == 4
    assert first.words == ReplyCounts(
        replies=5, open=4, merged=0, for_moderators=1, hidden=1, waiting=0, withdrawn=1, of_team=0
    )


async def test_nothing_ties_an_anonymous_reply_to_another_or_to_an_account(database: Database) -> None:
    await talk(database)

    one, another = [row for row in await exported(database) if row.naming is Naming.ANONYMOUS]

    assert one.author == another.author == ""
    assert (one.number, another.number) == (3, 4)  # they count the rows


async def test_many_replies_are_read_some_at_a_time(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "PAGE", 2)
    await talk(database)
    async with database.readers() as session:
        pages = [len(rows) async for rows in replies.replies(session, await replies.find(session, "training"))]

    assert pages == [2, 2, 1]


async def test_a_dialogue_without_replies_is_exported_as_nothing(database: Database) -> None:
    await plant(database)

    assert await exported(database) == []


async def test_what_is_not_there_is_told(database: Database) -> None:
    async with database.readers() as session:
        with pytest.raises(NoSuchDialogue):
            await replies.find(session, "nothing")
