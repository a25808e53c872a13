from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import func, select

from bot.database import Database
from bot.features.summary.actions import afterwords
from bot.models import Afterword, Delivery, Member, Notice, NoticeKind, Summary

DUE = MONDAY + afterwords.AFTER


@pytest.fixture
async def _published(either_database: Database) -> None:
    """Two members, and a Summary of MONDAY."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        session.add(Summary(dialogue_id=1, background={}, issue=1, published_at=MONDAY))


async def owed(database: Database) -> int:
    async with database.readers() as session:
        counted = select(func.count()).select_from(Delivery).join(Notice).where(Notice.kind == NoticeKind.FOLLOW_UP)
        return await session.scalar(counted) or 0


@pytest.mark.usefixtures("_published")
async def test_the_question_is_owed_once_and_not_before_its_day(either_database: Database) -> None:
    counts = []
    for now in (DUE - timedelta(seconds=1), DUE, DUE, DUE + timedelta(days=60)):
        async with either_database.sessions.begin() as session:
            counts.append(await afterwords.open_due(session, now=now))

    assert counts == [0, 1, 0, 0]
    assert await owed(either_database) == 2


@pytest.mark.usefixtures("_published")
async def test_answers_are_kept_and_read_page_by_page_the_newest_first(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        for telegram_id, text in ((1, " A lamp.\n"), (2, "A bus."), (1, "A second bus.")):
            person = await planting.person(session, telegram_id)
            assert await afterwords.answer(session, person, 1, text=text, now=DUE)

        first = await afterwords.answers(session, 1, page=0, size=2)
        second = await afterwords.answers(session, 1, page=1, size=2)

    assert (first.texts, first.total, first.more) == (("A second bus.", "A bus."), 3, True)
    assert (second.texts, second.more) == (("A lamp.",), False)


@pytest.mark.usefixtures("_published")
async def test_who_has_left_is_not_heard_any_more(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, 1)).left_at = DUE
        person = await planting.person(session, 1)

        assert not await afterwords.answer(session, person, 1, text="Too late.", now=DUE)
        assert (await session.scalars(select(Afterword))).all() == []
