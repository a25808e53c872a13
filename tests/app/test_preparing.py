import pytest
from sqlalchemy import text

from bot.app import preparing
from bot.database import Database, UnknownRevision


async def test_nobody_is_served_where_a_newer_version_has_taken_something_away_in_the_last_moment(
    either_database: Database,
) -> None:
    await preparing.look_once_more(either_database)
    async with either_database.sessions.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = '9999', needed = '9999'"))

    with pytest.raises(UnknownRevision):
        await preparing.look_once_more(either_database)
