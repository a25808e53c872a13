"""This version goes on while the next one has expanded the database already: processes are replaced one by one."""

import asyncio
from datetime import timedelta
from pathlib import Path

import following
import pytest
from following import INDEXED, knowing
from planting import MONDAY
from sqlalchemy import select, text
from steps import about, join, press, say, texts
from world import World

from bot import database as databases
from bot.database import Fit
from bot.models import Reply
from bot.sandbox import Phone

FRIDAY = MONDAY + timedelta(days=4, hours=8)  # the digest is due


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that the next version has expanded."""
    url = str(request.getfixturevalue(f"migrated_{getattr(request, 'param', 'sqlite')}_url"))
    with knowing(following.imagine(tmp_path / "following", upto=INDEXED)):
        asyncio.run(_upgrade(url))
    return url


async def _upgrade(url: str) -> None:
    opened = databases.connect(url)
    await databases.upgrade(opened)
    await opened.close()


async def _as_the_next_version_does(world: World, statement: str) -> None:
    async with world.database.sessions.begin() as session:
        await session.execute(text(statement))


@pytest.mark.on_either_database
async def test_people_take_part_and_are_erased_on_a_database_that_the_next_version_has_expanded(
    world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    await databases.upgrade(world.database)  # as each start does
    async with world.database.readers() as session:
        assert await databases.fit(session) is Fit.AHEAD
    await say(world, ada, "/start")
    for phone in (bea, chloe):
        await join(world, phone, dialogue)
    await world.until(MONDAY)

    await say(world, bea, "Aprendí a escuchar.")
    await say(world, chloe, "J’ai appris à douter.")
    await _as_the_next_version_does(world, "INSERT INTO imagined SELECT id, language FROM person")
    await world.until(FRIDAY)
    await world.pass_time(hours=1)
    await say(world, bea, "/me")
    await press(world, bea, "erase")
    await press(world, bea, "erase:yes")

    assert "2 new replies." in about(ada, "Digest:")[-1]
    async with world.database.readers() as session:
        assert list(await session.scalars(select(Reply.text))) == ["J’ai appris à douter."]
        assert list(await session.scalars(text("SELECT imagined FROM reply"))) == ["as before"]
        assert sorted(await session.scalars(text("SELECT text FROM imagined"))) == ["en", "fr"]


@pytest.mark.on_either_database
async def test_what_only_the_next_version_can_read_waits_for_it_and_holds_nothing_up(
    world: World, dialogue: str, bea: Phone, chloe: Phone
) -> None:
    for phone in (bea, chloe):
        await join(world, phone, dialogue)
    await _as_the_next_version_does(
        world,
        "INSERT INTO delivery (kind, dialogue_id, member_id, due_at, at_once, state, stale)"
        " SELECT 'imagined', dialogue_id, id, '2026-11-30 08:00:00+00:00', false, 'planned', false FROM member",
    )
    await _as_the_next_version_does(world, "UPDATE person SET awaiting = 'imagined' WHERE telegram_id = 1003")

    await world.until(MONDAY)
    await say(world, bea, "Aprendí a escuchar.")
    await say(world, chloe, "J’ai appris à douter.")
    meanwhile = [about(phone, " 1") != [] for phone in (bea, chloe)], await _replies(world)
    await _as_the_next_version_does(world, "UPDATE person SET awaiting = NULL")
    await world.bot.prepare()  # as each start does, that of the next version too
    await world.pass_time(minutes=16)

    assert meanwhile == ([True, False], ["Aprendí a escuchar."])
    assert "étape 1" in texts(chloe)[-1]
    assert await _replies(world) == ["Aprendí a escuchar.", "J’ai appris à douter."]
    async with world.database.readers() as session:
        planned = text("SELECT count(*) FROM delivery WHERE kind = 'imagined' AND state = 'planned'")
        assert await session.scalar(planned) == await session.scalar(text("SELECT count(*) FROM member"))


async def _replies(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))
