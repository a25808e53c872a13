import re

from planting import plant
from sqlalchemy import event, select
from sqlalchemy.orm import joinedload

from bot.database import Database
from bot.features.desk.actions import shelves
from bot.features.desk.actions.shelves import Length, Selection
from bot.models import Member, Question, Role

LOOKED_UP = re.compile(r"SEARCH reply USING \S*\s?INDEX (\w+)")


async def test_what_is_put_away_and_what_is_short_or_long_is_found_without_reading_the_rest(database: Database) -> None:
    await plant(database, "UTC")
    told: list[tuple[str, object]] = []
    async with database.sessions.begin() as session:
        reader = (await session.scalars(select(Member).options(joinedload(Member.dialogue)))).one()
        reader.role = Role.MODERATOR
        question = await session.get_one(Question, 1)
        await session.flush()
        engine = database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", lambda *said: told.append((said[2], said[3])))
        await shelves.counts(session, reader, question, Selection(1), "en")
        for length in Length:
            await shelves.page(session, reader, question, Selection(1, length=length), "en")

    counted, short, long = [await _indexes(database, *each) for each in told]

    assert "ix_reply_put_away" in counted
    assert short == ["ix_reply_short"]
    assert long == ["ix_reply_long"]


async def _indexes(database: Database, statement: str, parameters: object) -> list[str]:
    async with database.reading_engine.connect() as connection:
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
        return LOOKED_UP.findall(" ".join(str(row) for row in plan))
