from collections.abc import AsyncIterator
from typing import Any

import planting
import pytest
from planting import MONDAY
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.announcements.actions import announcements, drafts
from bot.ledger import notices
from bot.models import Dialogue, Group, NoticeKind, Role, Room


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    await planting.plant(either_database)
    async with either_database.sessions.begin() as session:
        yield session


async def postings(
    session: AsyncSession, *languages: str, kind: NoticeKind = NoticeKind.ANNOUNCEMENT
) -> list[tuple[str, str | None]]:
    """Where an announcement that is worded in these languages is posted: the rooms' languages, and whose wording."""
    texts = {language: f"In {language}" for language in languages}
    notice = await notices.open_notice(session, kind, dialogue_id=1, now=MONDAY, texts=texts)
    found = await drafts.postings(session, notice, await session.get_one(Dialogue, 1))
    return [(posting.language, posting.sees) for posting in found]


async def test_each_topic_is_posted_in_even_for_want_of_a_translation(session: AsyncSession) -> None:
    await planting.group(session, "ar", "es", "en", topics=True)

    assert await postings(session, "en", "es") == [("ar", "en"), ("es", "es"), ("en", "en")]


async def test_in_one_chat_the_same_wording_is_posted_once_by_the_room_whose_language_it_is(
    session: AsyncSession,
) -> None:
    await planting.group(session, "ar", "es", "en")

    assert await postings(session, "en") == [("en", "en")]


async def test_in_one_chat_without_any_of_its_languages_the_fallback_is_posted_once(session: AsyncSession) -> None:
    await planting.group(session, "ar", "es")

    assert await postings(session, "en") == [("ar", "en")]


async def test_before_anything_is_written_all_rooms_are_named(session: AsyncSession) -> None:
    await planting.group(session, "ar", "es")

    assert await postings(session) == [("ar", None), ("es", None)]


async def test_a_nudge_is_posted_nowhere(session: AsyncSession) -> None:
    await planting.group(session, "en")

    assert await postings(session, "en", kind=NoticeKind.NUDGE) == []


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Group, {"silent_since": MONDAY}),
        (Group, {"unlinked_at": MONDAY}),
        (Group, {"told_at": None}),
        (Room, {"told_at": None}),
        (Room, {"retired_at": MONDAY}),
        (Room, {"shut_since": MONDAY}),
        (Room, {"thread_id": None}),
    ],
)
async def test_nothing_is_posted_where_no_question_would_be_or_the_bot_can_not_write(
    session: AsyncSession, model: type[Group | Room], changes: dict[str, Any]
) -> None:
    await planting.group(session, "en", "es", topics=True)
    await session.execute(update(model).values(**changes))

    assert await postings(session, "en") == []


async def test_an_announcement_for_members_only_is_posted_nowhere_until_its_author_thinks_otherwise(
    session: AsyncSession,
) -> None:
    await planting.group(session, "en")
    dialogue = await session.get_one(Dialogue, 1)
    member = await planting.join(session, dialogue, 1)
    member.role = Role.MODERATOR
    author = await planting.person(session, 1)
    begun = await announcements.begin(session, author, 1, NoticeKind.ANNOUNCEMENT, now=MONDAY)

    kept = await announcements.aim(session, author, begun.notice_id, members_only=True, now=MONDAY)
    again = await announcements.aim(session, author, begun.notice_id, members_only=False, now=MONDAY)

    assert (begun.groups, kept.groups, again.groups) == (1, 0, 1)
    assert (begun.members_only, kept.members_only, again.members_only) == (False, True, False)


async def test_nothing_is_posted_in_the_groups_of_another_dialogue(session: AsyncSession) -> None:
    await planting.group(session, "en")
    other = planting.dialogue("other")
    session.add(other)
    await session.flush()
    await session.execute(update(Group).values(dialogue_id=other.id))

    assert await postings(session, "en") == []


async def test_languages_of_few_are_named_without_a_number_and_others_are_told_in_fives(session: AsyncSession) -> None:
    dialogue = await session.get_one(Dialogue, 1)
    languages = ["es"] * 7 + ["fr"] * 4 + ["ar"]
    for telegram_id, language in enumerate(languages, start=1):
        await planting.join(session, dialogue, telegram_id, language=language)
    author = await planting.join(session, dialogue, 99)
    author.role = Role.MODERATOR
    person = await planting.person(session, 99)

    shown = await announcements.begin(session, person, 1, NoticeKind.ANNOUNCEMENT, now=MONDAY)

    assert shown.members == 12
    assert [(reach.language, reach.about) for reach in shown.reaches] == [("es", 5), ("fr", None), ("ar", None)]


async def test_those_for_whom_it_is_night_are_counted_by_their_own_clock_or_the_dialogues(
    session: AsyncSession,
) -> None:
    dialogue = await session.get_one(Dialogue, 1)
    author = await planting.join(session, dialogue, 1)
    author.role = Role.MODERATOR
    await planting.join(session, dialogue, 2, zone="America/Lima")
    await planting.join(session, dialogue, 3)
    person = await planting.person(session, 1)

    shown = await announcements.begin(
        session, person, 1, NoticeKind.ANNOUNCEMENT, now=MONDAY
    )  # four in the morning in Lima

    assert (shown.members, shown.at_once, shown.of_team) == (2, 1, 1)
