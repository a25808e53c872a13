"""How many bytes a row takes on PostgreSQL, with its indexes, once it has gone its whole way."""

from datetime import timedelta

from parts.databases import empty, settle
from parts.filling import OPENS, plant, plant_deliveries, plant_replies
from sqlalchemy import text, update

from bot.database import Database
from bot.inbox import updates
from bot.inbox.updates import RawUpdate
from bot.models import Delivery, State

TABLES = ("person", "member", "delivery", "reply", "inbox")
AN_UPDATE = '{"update_id": %d, "message": {"message_id": 1, "from": {"id": 1, "is_bot": false, "first_name": "Somebody"}, "text": "%s"}}'
WORDS = "Care decided who could stay to the end of the training, and nobody had planned for it. " * 3
BATCH = 1_000


async def measure(url: str, members: int) -> dict[str, int]:
    """Fill an empty database, change what is changed on its way, and look; it is emptied again."""
    async with empty(url) as opened:
        await plant(opened, members=members, questions=1)
        async with opened.sessions.begin() as session:
            await plant_deliveries(session, members=members, question_id=1, state=State.PLANNED)
        await _deliver(opened)
        async with opened.sessions.begin() as session:
            await plant_replies(session, replies=members // 5, members=members, question_id=1, at=OPENS)
        await _receive(opened, members // 5)
        await settle(opened)
        async with opened.readers() as session:
            return {
                table: await session.scalar(text(f"SELECT pg_total_relation_size('{table}') / count(*) FROM {table}"))  # noqa: S608 - our own tables
                or 0
                for table in TABLES
            }


async def _deliver(opened: Database) -> None:
    """Each is claimed and recorded: on PostgreSQL a row that changes is written anew, and vacuum makes room for the next."""
    for state in (State.SENDING, State.SENT):
        async with opened.sessions.begin() as session:
            await session.execute(update(Delivery).values(state=state, claimed_at=OPENS, message_id=Delivery.id))
        async with opened.engine.connect() as connection:
            plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await plain.execute(text("VACUUM delivery"))


async def _receive(opened: Database, count: int) -> None:
    for first in range(0, count, BATCH):
        raw = [RawUpdate(number, number, AN_UPDATE % (number, WORDS)) for number in range(first, first + BATCH)]
        async with opened.sessions.begin() as session:
            await updates.keep(session, raw, now=OPENS + timedelta(hours=1))
