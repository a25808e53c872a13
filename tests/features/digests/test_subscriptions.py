import time as clocks
from datetime import datetime, time, timedelta
from typing import Any

import planting
from planting import MONDAY, WEEK, plant
from sqlalchemy import select, update

from bot.core import members
from bot.database import Database
from bot.features.digests.actions import subscriptions
from bot.features.digests.actions.subscriptions import DAILY, NEVER
from bot.models import Delivery, Dialogue, Digest, Kind, Member, Person, Question, Role

FRIDAY = MONDAY + timedelta(days=4, hours=8)  # 17:00


async def plant_moderator(database: Database, **changes: Any) -> None:
    await plant(database, "UTC", **changes)
    async with database.sessions.begin() as session:
        await session.execute(update(Member).values(role=Role.MODERATOR))


async def open_due(database: Database, now: datetime) -> int:
    async with database.sessions.begin() as session:
        return await subscriptions.open_due(session, now=now)


async def due(database: Database) -> list[datetime]:
    async with database.readers() as session:
        return list(await session.scalars(select(Digest.until).order_by(Digest.id)))


async def test_one_digest_covers_all_that_was_missed(database: Database) -> None:
    await plant_moderator(database)
    await open_due(database, FRIDAY)

    opened = await open_due(database, FRIDAY + 2 * WEEK + timedelta(hours=1))

    assert opened == 1
    assert await due(database) == [FRIDAY, FRIDAY + 2 * WEEK]


async def test_looking_again_owes_no_digest_twice(either_database: Database) -> None:
    await plant_moderator(either_database)

    opened = [await open_due(either_database, FRIDAY + timedelta(minutes=minute)) for minute in range(3)]

    async with either_database.readers() as session:
        owed = (await session.scalars(select(Delivery).where(Delivery.kind == Kind.DIGEST))).all()
    assert opened == [1, 0, 0]
    assert [(delivery.member_id, delivery.due_at) for delivery in owed] == [(1, FRIDAY)]


async def test_a_digest_is_owed_to_those_who_moderate_and_to_nobody_else(database: Database) -> None:
    await plant(database, "UTC", "UTC", "UTC")
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 2)).role = Role.MODERATOR
        (await session.get_one(Member, 3)).role = Role.ORGANISER

    await open_due(database, FRIDAY)

    async with database.readers() as session:
        owed = await session.scalars(select(Delivery.member_id).where(Delivery.kind == Kind.DIGEST))
        assert set(owed) == {2, 3}


async def test_the_first_digest_after_the_last_close_is_the_last(database: Database) -> None:
    await plant_moderator(database)

    for week in range(8):
        await open_due(database, FRIDAY + week * WEEK)

    assert await due(database) == [FRIDAY + week * WEEK for week in range(4)]


async def test_where_no_digests_are_wanted_none_is_owed(database: Database) -> None:
    await plant_moderator(database, digest_every=None, digest_at=None, digest_day=None)

    assert await open_due(database, FRIDAY + WEEK) == 0


async def test_who_comes_to_moderate_after_the_end_is_not_owed_old_digests(database: Database) -> None:
    await plant_moderator(database)

    assert await open_due(database, FRIDAY + 8 * WEEK) == 0


async def test_digests_go_by_the_wall_clock_through_a_change_of_the_clocks(database: Database) -> None:
    starts = datetime(2026, 10, 12, 9)  # a wall clock; Paris leaves summer time on 25 October
    await plant_moderator(database, timezone="Europe/Paris", starts=starts)

    for day in range(21):
        await open_due(database, MONDAY.replace(month=10, day=12) + timedelta(days=day))

    assert [until.hour for until in await due(database)] == [15, 15, 16]


async def test_a_moderator_chooses_day_and_hour_by_their_own_clock(either_database: Database) -> None:
    await plant_moderator(either_database)
    async with either_database.sessions.begin() as session:
        await session.execute(update(Person).values(timezone="Asia/Shanghai"))
        await subscriptions.choose_day(session, 1, "wed")
        await subscriptions.choose_hour(session, 1, 8)

    for day in range(10):
        await open_due(either_database, MONDAY + timedelta(days=day))

    wednesday = datetime(2026, 12, 2, 0, tzinfo=MONDAY.tzinfo)  # 8:00 in Shanghai
    assert await due(either_database) == [wednesday, wednesday + WEEK]


async def test_an_hour_chosen_in_the_dialogue_s_rhythm_keeps_its_day(database: Database) -> None:
    await plant_moderator(database)

    async with database.sessions.begin() as session:
        await subscriptions.choose_hour(session, 1, 8)
        chosen = await subscriptions.subscription(session, 1, now=MONDAY)

    assert (chosen.day, chosen.rhythm and chosen.rhythm.at) == ("fri", time(8))
    assert chosen.next_at == FRIDAY - timedelta(hours=9)


async def test_a_moderator_may_have_a_digest_every_day_never_or_as_before(database: Database) -> None:
    await plant_moderator(database)
    found = []

    for day in (DAILY, NEVER, None):
        async with database.sessions.begin() as session:
            await subscriptions.choose_day(session, 1, day)
            found.append((await subscriptions.subscription(session, 1, now=FRIDAY)).next_at)

    assert found == [FRIDAY + timedelta(days=1), None, FRIDAY + WEEK]


async def test_language_and_length_are_kept_and_can_be_taken_back(database: Database) -> None:
    await plant_moderator(database)
    async with database.sessions.begin() as session:
        await subscriptions.choose_language(session, 1, "ar")
        await subscriptions.choose_length(session, 1, short=True)
    async with database.sessions.begin() as session:
        chosen = await subscriptions.subscription(session, 1, now=MONDAY)
        await subscriptions.choose_language(session, 1, None)
        await subscriptions.choose_length(session, 1, short=False)
        undone = await subscriptions.subscription(session, 1, now=MONDAY)

    assert (chosen.language, chosen.short) == ("ar", True)
    assert (undone.language, undone.short) == (None, False)


async def test_the_next_digests_are_foretold_until_the_last(database: Database) -> None:
    await plant_moderator(database)
    async with database.sessions.begin() as session:
        person = await planting.person(session, 2)
        await members.enrol(session, person, await session.get_one(Dialogue, 1), role=Role.MEMBER)

    async with database.readers() as session:
        found = [await subscriptions.next_moments(session, now=now) for now in (MONDAY, FRIDAY, FRIDAY + 3 * WEEK)]

    assert found == [[FRIDAY], [FRIDAY + WEEK], []]


async def test_a_digest_every_minute_costs_no_more_to_foretell_than_one_a_week(database: Database) -> None:
    year = timedelta(days=365)
    await plant_moderator(database, questions=1, digest_every=timedelta(minutes=1), digest_day=None)
    async with database.sessions.begin() as session:
        await session.execute(update(Question).values(closes=(MONDAY + 2 * year).replace(tzinfo=None)))
    now, used = MONDAY + year, clocks.thread_time()

    async with database.readers() as session:
        found = await subscriptions.next_moments(session, now=now)

    assert found == [now + timedelta(minutes=1)]
    assert clocks.thread_time() - used < 0.5  # to step through them all takes seconds
