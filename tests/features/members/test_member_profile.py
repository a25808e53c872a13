from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK, plant
from sqlalchemy import select, update

from bot.core import members, names, schedule
from bot.database import Database
from bot.features.members.actions import profile
from bot.features.questions.actions import deliveries, reminders
from bot.models import Abstention, Delivery, Dialogue, Kind, Member, Naming, Person, State


async def plan(database: Database) -> None:
    async with database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY - timedelta(hours=15))


async def due(database: Database, kind: Kind, member_id: int = 1) -> list[tuple[State, datetime]]:
    async with database.readers() as session:
        rows = await session.execute(
            select(Delivery.state, Delivery.due_at)
            .where(Delivery.kind == kind, Delivery.member_id == member_id)
            .order_by(Delivery.id)
        )
        return [(state, moment) for state, moment in rows]


async def mark(database: Database, state: State) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).values(state=state))


async def test_nobody_stands_in_another_s_place(database: Database) -> None:
    await plant(database, "UTC", "UTC")

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        own, standing = await profile.standing(session, person, 1)
        with pytest.raises(members.NotAMember):
            await profile.standing(session, person, 2)
        await members.leave(session, own, now=MONDAY)
        with pytest.raises(members.NotAMember):
            await profile.standing(session, person, 1)

    assert standing.title == "Training"


@pytest.mark.parametrize(
    ("naming", "name", "kept"),
    [
        (Naming.NAME, "Ada", "Ada"),
        (Naming.NAME, "N" * 100, "N" * names.LIMIT),
        (Naming.PSEUDONYM, "Ada", None),
        (Naming.ANONYMOUS, "Ada", None),
    ],
)
async def test_a_name_is_kept_only_where_it_is_to_be_shown(
    database: Database, naming: Naming, name: str, kept: str | None
) -> None:
    await plant(database, "UTC")

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        member, _ = await profile.standing(session, person, 1)
        await profile.choose_naming(session, member, naming, name=name, reserved=planting.NOTHING)

    async with database.readers() as session:
        member = await session.get_one(Member, 1)
        assert (member.naming, member.display_name) == (naming, kept)
        assert member.pseudonym is not None  # to come back to


async def test_a_pause_has_an_end_or_lasts_until_the_person_returns(database: Database) -> None:
    await plant(database, "UTC")

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        a_week = profile.pause(person, days=7, now=MONDAY)
        paused = [person.is_paused(MONDAY + timedelta(days=days)) for days in (0, 6, 7)]
        shown_after = await profile.profile(session, person, now=MONDAY + WEEK)
        open_end = profile.pause(person, days=None, now=MONDAY)

    assert a_week == MONDAY + WEEK
    assert paused == [True, True, False]
    assert shown_after.paused_until is None
    assert open_end == schedule.FOREVER


async def test_an_endless_pause_is_kept_as_it_is(either_database: Database) -> None:
    await plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        profile.pause(await planting.person(session, 1), days=None, now=MONDAY)

    async with either_database.readers() as session:
        assert (await session.get_one(Person, 1)).paused_until == schedule.FOREVER


async def test_after_a_pause_the_open_question_is_due_at_once_and_one_that_was_sent_is_not(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC", "UTC")
    await plan(either_database)
    async with either_database.sessions.begin() as session:
        await session.execute(update(Delivery).where(Delivery.member_id == 2).values(state=State.SENT))

    for telegram_id in (1, 2):
        async with either_database.sessions.begin() as session:
            person = await planting.person(session, telegram_id)
            profile.pause(person, days=None, now=MONDAY)
            await profile.resume(session, person, now=MONDAY + timedelta(days=1))

    assert await due(either_database, Kind.QUESTION, 1) == [(State.PLANNED, MONDAY + timedelta(days=1))]
    assert await due(either_database, Kind.QUESTION, 2) == [(State.SENT, MONDAY)]


async def test_what_was_missed_while_unreachable_is_owed_on_return_if_it_is_still_open(
    either_database: Database,
) -> None:
    await plant(either_database, "UTC")
    await plan(either_database)
    await mark(either_database, State.UNREACHABLE)
    returned = MONDAY + timedelta(days=6)
    async with either_database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await profile.lose_reach(session, person, reason="blocked the bot", now=MONDAY)

        await profile.return_to_reach(session, person, now=returned)

    assert await due(either_database, Kind.CONCEPT_NOTE) == [(State.PLANNED, returned)]
    assert await due(either_database, Kind.QUESTION) == [(State.PLANNED, returned)]
    assert [state for state, _ in await due(either_database, Kind.REMINDER)] == [
        State.UNREACHABLE
    ]  # its moment is past


async def test_on_return_after_the_close_nothing_is_asked(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    await mark(database, State.UNREACHABLE)
    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        await profile.lose_reach(session, person, reason="blocked the bot", now=MONDAY)

        await profile.return_to_reach(session, person, now=MONDAY + WEEK)

    assert [state for state, _ in await due(database, Kind.QUESTION)] == [State.UNREACHABLE]


async def test_who_was_never_out_of_reach_is_owed_nothing_by_writing(database: Database) -> None:
    await plant(database, "UTC")
    await plan(database)
    await mark(database, State.DROPPED)

    async with database.sessions.begin() as session:
        await profile.return_to_reach(session, await planting.person(session, 1), now=MONDAY)

    assert [state for state, _ in await due(database, Kind.QUESTION)] == [State.DROPPED]


async def test_a_new_zone_moves_what_is_planned_and_leaves_what_was_tapped_for(database: Database) -> None:
    await plant(database, "UTC", "UTC")
    await plan(database)
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).where(Delivery.member_id == 2).values(at_once=True))

    for telegram_id in (1, 2):
        async with database.sessions.begin() as session:
            await profile.choose_zone(session, await planting.person(session, telegram_id), "Asia/Tokyo", now=MONDAY)

    assert await due(database, Kind.QUESTION, 1) == [(State.PLANNED, MONDAY)]  # at once: it has opened there
    assert await due(database, Kind.QUESTION, 2) == [(State.PLANNED, MONDAY)]


@pytest.mark.parametrize("nonsense", ["Mars/Olympus", "", "../../etc/passwd", "utc+3"])
async def test_a_zone_that_there_is_not_is_refused_and_the_old_one_stays(database: Database, nonsense: str) -> None:
    # A button's data comes from the person's phone: it may say anything.
    await plant(database, "America/Lima")

    async with database.sessions.begin() as session:
        person = await planting.person(session, 1)
        with pytest.raises(profile.NoSuchZone):
            await profile.choose_zone(session, person, nonsense, now=MONDAY)

    assert person.timezone == "America/Lima"


async def test_not_this_week_is_said_once_and_by_members_alone(either_database: Database) -> None:
    await plant(either_database, "UTC")
    async with either_database.sessions.begin() as session:
        stranger = await members.meet(session, telegram_id=9, language="en")
        person = await planting.person(session, 1)

        for _ in range(2):
            await reminders.abstain(session, person, 1, now=MONDAY)
        with pytest.raises(members.NotAMember):
            await reminders.abstain(session, stranger, 1, now=MONDAY)
        with pytest.raises(members.NotAMember):
            await reminders.abstain(session, person, 404, now=MONDAY)

    async with either_database.readers() as session:
        said = await session.execute(select(Abstention.member_id, Abstention.question_id))
        assert [tuple(row) for row in said] == [(1, 1)]


async def test_no_more_reminders_holds_for_the_one_dialogue(database: Database) -> None:
    await plant(database, "UTC")
    async with database.sessions.begin() as session:
        second = planting.dialogue("second")
        session.add(second)
        await session.flush()
        await planting.join(session, await session.get_one(Dialogue, second.id), 1, zone="UTC")

        await reminders.stop_reminders(session, await planting.person(session, 1), 1)

    async with database.readers() as session:
        assert list(await session.scalars(select(Member.reminders).order_by(Member.id))) == [False, True]
