"""A ledger and an inbox of millions of rows in some minutes, on a PostgreSQL of the benchmark's own: indexes are made when all rows are there."""

from datetime import timedelta
from typing import Any

from parts.filling import OPENS, WORDS, fill, plant
from sqlalchemy import Text, case, cast, func, literal, text
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncSession

from bot import database
from bot.database import Database
from bot.inbox import retention
from bot.models import Delivery, InboxState, InboxUpdate, Kind, State

QUESTIONS = 10
NOW = OPENS + timedelta(weeks=QUESTIONS - 1, hours=6)  # on the day of the last question
DAYS = retention.KEPT.days + 1
LANES = 1_000_000  # chats from which updates came
MADE_OF = ("delivery", "inbox")
DAY_SECONDS = 86_400


async def plant_all(opened: Database, size: int) -> None:
    """So many deliveries, to a tenth as many members, of whom the last question is being asked; and as many raw updates.

    The updates came evenly over nine days, and of the first of these are to be forgotten.
    """
    await database.upgrade(opened)
    await plant(opened, members=size // QUESTIONS, questions=QUESTIONS)
    indexes = [
        index for model in (Delivery, InboxUpdate) for index in model.metadata.tables[model.__tablename__].indexes
    ]
    async with opened.engine.begin() as connection:
        for index in indexes:
            await connection.run_sync(index.drop)
    for number in range(1, QUESTIONS + 1):
        async with opened.sessions.begin() as session:
            await _plant_deliveries(session, number, size // QUESTIONS)
    async with opened.sessions.begin() as session:
        await _plant_updates(session, size)
    async with opened.engine.begin() as connection:
        await connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
        for index in indexes:
            await connection.run_sync(index.create)
    await tidy(opened)


async def tidy(opened: Database, *tables: str) -> None:
    """Do what the database does by itself in the course of time, in tables or in all."""
    async with opened.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(f"VACUUM ANALYZE {', '.join(tables)}"))


async def _plant_deliveries(session: AsyncSession, number: int, members: int) -> None:
    columns, member = Delivery.__table__.c, func.generate_series(1, members).column_valued("member")
    at = OPENS + timedelta(weeks=number - 1)
    of_sent: dict[str, Any] = {
        "claimed_at": literal(at, columns.claimed_at.type),
        "settled_at": literal(at, columns.settled_at.type),
        "message_id": member + number * members,
        "counted": literal(value=True),
    }
    is_last = number == QUESTIONS
    await fill(
        session,
        Delivery,
        kind=literal(Kind.QUESTION, columns.kind.type),
        dialogue_id=literal(1),
        member_id=member,
        question_id=literal(number),
        due_at=literal(at, columns.due_at.type),
        state=literal(State.PLANNED if is_last else State.SENT, columns.state.type),
        at_once=literal(value=False),
        stale=literal(value=False),
        **({} if is_last else of_sent),
    )


async def _plant_updates(session: AsyncSession, size: int) -> None:
    columns, number = InboxUpdate.__table__.c, func.generate_series(1, size).column_valued("number")
    apart = cast(literal(f"{DAYS * DAY_SECONDS / size} seconds", Text), INTERVAL)
    await fill(
        session,
        InboxUpdate,
        update_id=number,
        fingerprint=func.concat(func.md5(cast(number, Text)), func.md5(cast(-number, Text))),
        lane=number % LANES + 1,
        raw=case((number % 3 == 0, ""), else_='{"message": "' + WORDS + '"}'),  # of a tap nothing is kept
        received_at=literal(NOW - timedelta(days=DAYS), columns.received_at.type) + number * apart,
        state=literal(InboxState.DONE.value),
        attempts=literal(0),
    )
