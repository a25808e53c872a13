from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select

from bot.database import Database, run
from bot.features.discussion.actions import waypoints
from bot.features.discussion.actions.waypoints import Followed
from bot.features.replies.actions.ways import Way
from bot.models import (
    Delivery,
    KeyPoint,
    Kind,
    Notice,
    NoticeKind,
    Reply,
    State,
    Strength,
    Summary,
    Support,
    Theme,
    ThemeReply,
)

ADA, BEA = 1, 2  # members
DAY = timedelta(days=1)
EVENING = timedelta(hours=9)  # from 9:00 to 18:00


@pytest.fixture
async def _planted(either_database: Database) -> None:
    """Ada and Bea have replied to question 1; nothing has come of it yet, as the first look found."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, ADA, message_id=1)
        await planting.reply(session, BEA, message_id=2)
    await look(either_database, MONDAY)


async def look(database: Database, now: datetime) -> bool:
    async with database.sessions.begin() as session:
        if not await run(session, waypoints.DUE.found, waypoints.DUE.moments(now)):
            return False
        await waypoints.open_due(session, now=now)
    return True


async def rest_on(database: Database, reply_id: int, *, at: datetime = MONDAY) -> None:
    """A key point comes to rest on a reply."""
    async with database.sessions.begin() as session:
        point = KeyPoint(
            dialogue_id=1, question_id=1, position=0, text={"en": "A point."}, strength=Strength.MAJORITY, created_at=at
        )
        session.add(point)
        await session.flush()
        session.add(Support(key_point_id=point.id, reply_id=reply_id, start=0, end=5, span="Reply", chosen_at=at))


async def name_theme(database: Database, reply_id: int) -> None:
    """A moderator names the theme of a reply."""
    async with database.sessions.begin() as session:
        theme = Theme(
            dialogue_id=1, question_id=1, name={"en": "Transport"}, method="words", made_from=2, created_at=MONDAY,
            accepted_at=MONDAY,
        )  # fmt: skip
        session.add(theme)
        await session.flush()
        session.add(ThemeReply(reply_id=reply_id, theme_id=theme.id, placed_at=MONDAY))


async def owed(database: Database) -> list[tuple[int | None, datetime, State]]:
    async with database.readers() as session:
        found = await session.execute(
            select(Delivery.member_id, Delivery.due_at, Delivery.state)
            .join(Notice, Notice.id == Delivery.notice_id)
            .where(Notice.kind == NoticeKind.WAYS, Delivery.kind == Kind.NOTICE)
            .order_by(Delivery.id)
        )
        return [(row[0], row[1], row[2]) for row in found]


async def send(database: Database, *, now: datetime) -> Followed | None:
    """What the delivery planned for Ada says, which is sent."""
    async with database.sessions.begin() as session:
        told = await waypoints.followed(session, ADA)
        planned = await session.scalars(
            select(Delivery).where(Delivery.member_id == ADA, Delivery.state == State.PLANNED)
        )
        for delivery in planned:
            if delivery.notice_id is not None:
                delivery.state, delivery.claimed_at = State.SENT, now
        return told


@pytest.mark.usefixtures("_planted")
async def test_an_author_hears_once_what_became_of_a_reply_in_the_evening_and_at_most_once_a_week(
    either_database: Database,
) -> None:
    await rest_on(either_database, 1)
    await name_theme(either_database, 1)

    early = await look(either_database, MONDAY + DAY)
    await look(either_database, MONDAY + WEEK)
    first = await owed(either_database)
    told = await send(either_database, now=MONDAY + WEEK + EVENING)
    async with either_database.readers() as session:
        again = await waypoints.followed(session, ADA)
    await look(either_database, MONDAY + 2 * WEEK)

    assert not early
    assert first == [(ADA, MONDAY + WEEK + EVENING, State.PLANNED)]
    assert told is not None
    assert [(own.reply_id, way) for own, way in told.replies] == [(1, Way(theme="Transport", key_points=1))]
    assert again is None
    assert len(await owed(either_database)) == 1


@pytest.mark.usefixtures("_planted")
async def test_only_the_new_station_is_told_the_next_time_and_nothing_of_what_was_withdrawn(
    either_database: Database,
) -> None:
    await rest_on(either_database, 1)
    await rest_on(either_database, 2)
    await look(either_database, MONDAY + WEEK)
    await send(either_database, now=MONDAY + WEEK + EVENING)
    async with either_database.sessions.begin() as session:
        session.add(Summary(dialogue_id=1, background={}, issue=1, published_at=MONDAY + WEEK))
        (await session.get_one(Reply, 2)).withdrawn_at = MONDAY + WEEK

    await look(either_database, MONDAY + 2 * WEEK)
    told = await send(either_database, now=MONDAY + 2 * WEEK + EVENING)
    async with either_database.readers() as session:
        of_bea = await waypoints.followed(session, BEA)

    assert told is not None
    assert [way for _, way in told.replies] == [Way(in_summary=True)]
    assert of_bea is None
    assert sorted(member or 0 for member, *_ in await owed(either_database)) == [ADA, ADA, BEA]


@pytest.mark.usefixtures("_planted")
async def test_whoever_was_asked_about_a_key_point_hears_no_second_time_that_it_rests_on_their_words(
    either_database: Database,
) -> None:
    await rest_on(either_database, 1)
    async with either_database.sessions.begin() as session:
        asked = Notice(kind=NoticeKind.DRAFT_POINTS, dialogue_id=1, texts={}, details={}, created_at=MONDAY)
        session.add(asked)
        await session.flush()
        session.add(
            Delivery(
                kind=Kind.NOTICE, dialogue_id=1, member_id=ADA, notice_id=asked.id, due_at=MONDAY, state=State.SENT
            )
        )
    await look(either_database, MONDAY + WEEK)

    async with either_database.readers() as session:
        told = await waypoints.followed(session, ADA)

    assert told is None


async def test_what_was_reached_before_anyone_looked_is_no_news(database: Database) -> None:
    await planting.plant(database, "UTC")
    async with database.sessions.begin() as session:
        await planting.reply(session, ADA, message_id=1)
    await rest_on(database, 1)

    await look(database, MONDAY)
    await look(database, MONDAY + WEEK)

    assert await owed(database) == []
