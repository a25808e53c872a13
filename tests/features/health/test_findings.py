from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import planting
from planting import MONDAY
from sqlalchemy import update

from bot.database import Database
from bot.features.health.actions import findings
from bot.features.health.actions.findings import Finding, Level, Matter
from bot.features.questions.actions import deliveries
from bot.inbox import updates
from bot.inbox.updates import RawUpdate
from bot.models import Delivery, Person, State

NOW = MONDAY + timedelta(hours=1)


async def examine(database: Database, now: datetime = NOW) -> list[Finding]:
    async with database.readers() as session:
        return await findings.examine(session, now=now)


async def keep(database: Database, *ids: int, at: datetime) -> None:
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(each, 7, f'{{"update_id": {each}}}') for each in ids], now=at)


async def plant_deliveries(database: Database, members: int = 2) -> None:
    """A concept note and a question for each member, planned."""
    await planting.plant(database, *["UTC"] * members)
    async with database.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY)


async def change(database: Database, ids: Sequence[int], **values: Any) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).where(Delivery.id.in_(ids)).values(**values))


async def test_where_nothing_happened_nothing_is_stuck(either_database: Database) -> None:
    assert await examine(either_database) == [Finding(Matter.NOTHING_STUCK, Level.FINE)]


async def test_parked_updates_are_found_with_the_newest_error(either_database: Database) -> None:
    await keep(either_database, 1, 2, 3, at=MONDAY)
    async with either_database.sessions.begin() as session:
        for inbox_id in (1, 2, 3):
            for _ in range(updates.ATTEMPTS):
                await updates.mark_failed(session, inbox_id, f"Traceback\nValueError: {inbox_id}")

    found = await examine(either_database)

    assert found == [Finding(Matter.PARKED, Level.FAULT, 3, "ValueError: 3", MONDAY, chats=1)]


async def test_an_update_is_stuck_after_five_minutes_and_not_before(either_database: Database) -> None:
    await keep(either_database, 1, at=NOW - timedelta(minutes=5, seconds=1))
    await keep(either_database, 2, at=NOW - timedelta(minutes=5))

    found = await examine(either_database)

    assert found == [Finding(Matter.UNHANDLED, Level.FAULT, 1, since=NOW - timedelta(minutes=5, seconds=1))]


async def test_a_delivery_that_is_being_sent_for_five_minutes_is_stuck(either_database: Database) -> None:
    await plant_deliveries(either_database, members=2)
    await change(either_database, [1], state=State.SENDING, claimed_at=NOW - timedelta(minutes=5, seconds=1))
    await change(either_database, [2], state=State.SENDING, claimed_at=NOW - timedelta(minutes=5))

    found = await examine(either_database)

    assert Finding(Matter.SENDING, Level.FAULT, 1, since=NOW - timedelta(minutes=5, seconds=1)) in found


async def test_what_is_overdue_while_nothing_goes_out_is_a_fault(either_database: Database) -> None:
    await plant_deliveries(either_database)

    found = await examine(either_database)

    (overdue,) = [one for one in found if one.matter is Matter.OVERDUE]
    assert (overdue.level, overdue.count) == (Level.FAULT, 4)
    assert overdue.since == MONDAY - timedelta(weeks=1)  # the concept note was due when they joined
    assert Matter.NOTHING_STUCK not in {one.matter for one in found}


async def test_what_waits_while_others_go_out_is_a_backlog(either_database: Database) -> None:
    await plant_deliveries(either_database)
    await change(either_database, [1], state=State.SENT, settled_at=NOW - timedelta(minutes=1))

    found = await examine(either_database)

    assert {one.matter: one.level for one in found} == {
        Matter.NOTHING_STUCK: Level.FINE,
        Matter.BACKLOG: Level.NOTE,
    }


async def test_uncertain_deliveries_and_unreachable_persons_are_told_as_notes(either_database: Database) -> None:
    await plant_deliveries(either_database)
    await change(either_database, [1], state=State.UNCERTAIN)
    await change(either_database, [2, 3, 4], state=State.UNREACHABLE)
    async with either_database.sessions.begin() as session:
        await session.execute(update(Person).where(Person.id == 2).values(unreachable_since=MONDAY))

    found = await examine(either_database)

    assert Finding(Matter.UNCERTAIN, Level.NOTE, 1) in found
    assert Finding(Matter.UNREACHABLE, Level.NOTE, 1) in found
    assert not any(one.level is Level.FAULT for one in found if one.matter is not Matter.OVERDUE)


async def test_letters_that_can_t_be_written_are_found_with_the_newest_error(either_database: Database) -> None:
    await plant_deliveries(either_database)
    await change(either_database, [1, 2], reason="ValueError: no", due_at=NOW + timedelta(minutes=10))
    await change(either_database, [3], reason="TypeError: None", due_at=NOW + timedelta(minutes=15))
    await change(either_database, [4], state=State.SENT)

    found = await examine(either_database)

    assert found == [Finding(Matter.UNWRITTEN, Level.FAULT, 3, "TypeError: None")]
