from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from planting import MONDAY
from sqlalchemy import event, func, select
from sqlalchemy.engine import Connection

from bot.database import Database
from bot.inbox import retention, updates
from bot.inbox.updates import RawUpdate
from bot.models import InboxState, InboxUpdate


async def plant(database: Database, state: InboxState, lanes: Sequence[int], received_at: datetime = MONDAY) -> None:
    async with database.sessions.begin() as session:
        first = await session.scalar(select(func.max(InboxUpdate.update_id))) or 0
        session.add_all(
            InboxUpdate(update_id=number, fingerprint="", lane=lane, raw="{}", received_at=received_at, state=state)
            for number, lane in enumerate(lanes, first + 1)
        )


async def prune(database: Database, now: datetime, most: int = retention.MOST) -> int:
    async with database.sessions.begin() as session:
        return (await retention.prune(session, now=now, most=most)).count


async def ids(database: Database, state: InboxState) -> list[int]:
    async with database.readers() as session:
        return list(
            await session.scalars(
                select(InboxUpdate.update_id).where(InboxUpdate.state == state).order_by(InboxUpdate.id)
            )
        )


@pytest.mark.parametrize(("state", "days"), [(InboxState.DONE, 8), (InboxState.PARKED, 30)])
async def test_what_was_done_is_forgotten_after_a_week_and_what_was_parked_after_a_month(
    either_database: Database, state: InboxState, days: int
) -> None:
    await plant(either_database, state, [7])
    await plant(either_database, InboxState.NEW, [7])

    early = await prune(either_database, MONDAY + timedelta(days=days))
    then = await prune(either_database, MONDAY + timedelta(days=days, seconds=1))

    assert (early, then) == (0, 1)
    assert await ids(either_database, state) == []
    assert await ids(either_database, InboxState.NEW) == [2]


async def test_much_is_forgotten_in_steps_until_there_is_no_more(either_database: Database) -> None:
    await plant(either_database, InboxState.DONE, [7] * 21)
    await plant(either_database, InboxState.PARKED, [7] * 12)

    steps = [await prune(either_database, MONDAY + timedelta(days=31), most=10) for _ in range(5)]

    assert steps == [10, 10, 10, 3, 0]


async def test_what_is_oldest_is_forgotten_first_whatever_its_number(either_database: Database) -> None:
    await plant(either_database, InboxState.DONE, [7], MONDAY)
    await plant(either_database, InboxState.DONE, [7], MONDAY - timedelta(days=1))

    forgotten = await prune(either_database, MONDAY + timedelta(days=31), most=1)

    assert forgotten == 1
    assert await ids(either_database, InboxState.DONE) == [1]


async def test_a_step_goes_on_where_the_one_before_came_to_and_what_is_of_that_moment_is_forgotten_too(
    either_database: Database,
) -> None:
    for minutes in (0, 1, 2):
        await plant(either_database, InboxState.DONE, [7] * 2, MONDAY + timedelta(minutes=minutes))
    found = [retention.Forgotten(-1, None)]

    while found[-1].count:
        async with either_database.sessions.begin() as session:
            step = await retention.prune(session, now=MONDAY + timedelta(days=9), most=3, after=found[-1].up_to)
        found.append(step)

    steps = [(step.count, step.up_to) for step in found[1:]]
    assert steps == [
        (3, MONDAY + timedelta(minutes=1)),
        (3, MONDAY + timedelta(minutes=2)),
        (0, MONDAY + timedelta(minutes=2)),
    ]
    assert await ids(either_database, InboxState.DONE) == []


@pytest.mark.parametrize(
    ("rows", "seconds", "then"),
    [
        (200, 0.02, 200),
        (400, 0.04, 200),
        (200, 0.0, 400),
        (200, 60.0, retention.LEAST),
        (400, 0.0, retention.MOST),
    ],
)
def test_a_step_is_as_large_as_fits_the_time_that_others_may_wait(rows: int, seconds: float, then: int) -> None:
    assert retention.next_step(rows, seconds) == then


async def test_of_one_chat_only_the_twenty_newest_parked_updates_are_kept(either_database: Database) -> None:
    await plant(either_database, InboxState.PARKED, [8, *[7] * 20])
    async with either_database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(999, 7, "{}")], now=MONDAY)
        last = await session.scalar(select(func.max(InboxUpdate.id)))
        assert last is not None

        await updates.mark_failed(session, last, "Traceback", hopeless=True)

    assert await ids(either_database, InboxState.PARKED) == [1, *range(3, 22), 999]


async def test_what_is_to_be_forgotten_is_found_by_an_index(database: Database) -> None:
    told: list[tuple[str, object]] = []

    @event.listens_for(database.engine.sync_engine, "before_cursor_execute")
    def listen(_: Connection, __: object, statement: str, parameters: object, *___: object) -> None:
        if statement.startswith("DELETE"):
            told.append((statement, parameters))

    await prune(database, MONDAY)

    plans = [await _plan(database, statement, parameters) for statement, parameters in told]
    assert "ix_inbox_done" in plans[0]
    assert "ix_inbox_parked" in plans[1]


async def _plan(database: Database, statement: str, parameters: object) -> str:
    async with database.reading_engine.connect() as connection:
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        return " ".join(str(row) for row in rows)
