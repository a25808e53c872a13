"""What one kind of database takes and the other doesn't is named, and what was written otherwise is understood."""

import sqlite3
from contextlib import closing
from datetime import time
from pathlib import Path

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select

from bot import database as databases
from bot.core.messages import Content
from bot.models import Base, Dialogue, Reply
from bot.moving import journey, refusals
from bot.moving.layouts import all_layouts


async def nothing(_database: databases.Database) -> None:
    """Words may be gathered another time."""


@pytest.mark.postgresql
async def test_a_row_that_postgresql_refuses_is_named_and_once_it_is_right_the_copy_goes_on(
    migrated_sqlite_url: str, postgresql_url: str
) -> None:
    source, target = databases.connect(migrated_sqlite_url), databases.connect(postgresql_url)
    await planting.plant(source, "UTC")
    async with source.sessions.begin() as session:
        await planting.reply(session, 1, message_id=1)
        broken = await planting.reply(session, 1, message_id=2, content=Content("text", "a\x00b"))

    with pytest.raises(refusals.UnfitRow) as raised:
        await journey.copy(source, target, tell=lambda _: None, gather=nothing)
    async with source.sessions.begin() as session:
        (await session.get_one(Reply, broken.reply_id)).text = "ab"
    await journey.copy(source, target, tell=lambda _: None, gather=nothing)

    assert (raised.value.table, raised.value.key) == ("reply", (broken.reply_id,))
    assert "NUL" in raised.value.reason
    async with target.readers() as session:
        assert list(await session.scalars(select(Reply.text).order_by(Reply.id))) == ["Reply 1", "ab"]
    await source.close()
    await target.close()


async def test_moments_and_hours_that_were_written_by_hand_arrive_as_what_they_mean(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    source, target = databases.connect(migrated_sqlite_url), databases.connect(f"sqlite:///{tmp_path}/copy.db")
    await planting.plant(source)
    with closing(sqlite3.connect(tmp_path / "test.db")) as connection, connection:
        connection.execute(
            "UPDATE dialogue SET created_at = '2026-11-30T10:00:00+01:00', quiet_from = '21:00', followed_at = '2026-11-30 09:00:00'"
        )

    await journey.copy(source, target, tell=lambda _: None, gather=nothing)

    async with target.readers() as session:
        dialogue = await session.get_one(Dialogue, 1)
        assert (dialogue.created_at, dialogue.followed_at, dialogue.quiet_from) == (MONDAY, MONDAY, time(21))
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        assert connection.execute("SELECT created_at FROM dialogue").fetchone() == ("2026-11-30 09:00:00.000000",)
    await source.close()
    await target.close()


def test_every_table_but_the_index_of_words_is_copied_with_a_key_that_tells_its_rows_apart() -> None:
    names = {each.table.name for each in all_layouts()}

    assert names == set(Base.metadata.tables) - {"reply_words"}
    assert all(each.key for each in all_layouts())
