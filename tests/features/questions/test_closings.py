from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select

from bot.database import Database
from bot.features.questions.actions import closings
from bot.models import Delivery, Dialogue, Kind, Notice, NoticeKind, Question, SendAt, State

END = MONDAY + WEEK
HOUR = timedelta(hours=1)


async def owed(database: Database) -> dict[int | None, datetime]:
    """When each member is owed the closing message."""
    async with database.readers() as session:
        found = await session.execute(
            select(Delivery.member_id, Delivery.due_at)
            .join(Notice, Notice.id == Delivery.notice_id)
            .where(Notice.kind == NoticeKind.CLOSING, Delivery.kind == Kind.NOTICE)
            .order_by(Delivery.member_id)
        )
        return {row[0]: row[1] for row in found}


async def tick(database: Database, *, now: datetime) -> None:
    async with database.sessions.begin() as session:
        if await closings.any_due(session, now=now):
            await closings.open_due(session, now=now)


async def test_each_member_is_owed_one_closing_message_when_the_last_question_closes_by_their_clock(
    either_database: Database,
) -> None:
    await planting.plant(either_database, "UTC", "Asia/Tokyo", "America/New_York", questions=1)

    for now in (END - 15 * HOUR, END - 14 * HOUR, END, END + HOUR):
        await tick(either_database, now=now)

    # Questions close at 9:00; nobody's night is disturbed.
    assert await owed(either_database) == {1: END, 2: END - 9 * HOUR, 3: END + 5 * HOUR}


@pytest.mark.parametrize(("days", "told"), [(-1, False), (0, True), (2, True), (9, False)])
async def test_an_end_to_come_and_one_of_long_ago_are_told_to_nobody(
    database: Database,
    days: int,
    told: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    await planting.plant(database, "UTC", questions=1, send_at=SendAt.DIALOGUE)

    await tick(database, now=END + timedelta(days=days))

    assert bool(await owed(database)) is told


async def test_an_end_after_the_last_close_as_the_file_says_it_is_the_end(database: Database) -> None:
    end = END + timedelta(days=3)
    await planting.plant(database, "UTC", questions=1, send_at=SendAt.DIALOGUE, ends=end.replace(tzinfo=None))

    await tick(database, now=END)
    before = await owed(database)
    await tick(database, now=end)

    assert before == {}
    assert await owed(database) == {1: end}


async def test_whoever_joins_before_the_end_by_their_clock_is_told_too_and_nobody_twice(
    either_database: Database,
) -> None:
    await planting.plant(either_database, "Asia/Tokyo", questions=1)
    await tick(either_database, now=END - 9 * HOUR)

    for _ in range(2):
        async with either_database.sessions.begin() as session:
            planted = await session.get_one(Dialogue, 1)
            await planting.join(session, planted, 2, zone="UTC", now=END - HOUR)

    assert await owed(either_database) == {1: END - 9 * HOUR, 2: END}


async def test_a_close_that_is_put_off_puts_off_what_is_still_to_be_sent(either_database: Database) -> None:
    await planting.plant(either_database, "Asia/Tokyo", "UTC", questions=1)
    await tick(either_database, now=END - 9 * HOUR)

    async with either_database.sessions.begin() as session:
        sent = await session.scalar(select(Delivery).where(Delivery.member_id == 1, Delivery.notice_id.is_not(None)))
        assert sent is not None
        sent.state = State.SENT
        question = await session.get_one(Question, 1)
        question.closes += WEEK
        await session.flush()
        await closings.replan(session, 1)
    await tick(either_database, now=END + WEEK)

    assert await owed(either_database) == {1: END - 9 * HOUR, 2: END + WEEK}
