import pytest
from planting import MONDAY
from sqlalchemy import text

from bot.app import preparing
from bot.database import Database, UnknownRevision
from bot.settings import load


async def test_nobody_is_served_where_a_newer_version_has_taken_something_away_in_the_last_moment(
    either_database: Database,
) -> None:
    settings = load(None, telegram_bot_token="42:x")
    async with either_database.sessions.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999', needed = '9999'"))

    with pytest.raises(UnknownRevision):
        await preparing.prepare(settings, either_database, now=MONDAY)
