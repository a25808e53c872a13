"""All that is remembered comes to the other kind of database, whatever changes meanwhile, and wherever it is broken off."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import planting
import pytest
import traces
from planting import MONDAY, WEEK
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from bot import database as databases
from bot.backups import InUse
from bot.core.messages import Content
from bot.database import Database, outage
from bot.database.moves import MoveMark, MoveStanding, heed, mark_of, put_mark
from bot.features.replies.actions import words
from bot.ledger import uncertain
from bot.models import (
    Base,
    Delivery,
    Dialogue,
    Person,
    Question,
    Reply,
    ReplyWords,
    State,
    Theme,
    Translation,
    WordingVector,
)
from bot.moving import Round, comparing, journey, refusals

ROOT = Path(__file__).resolve().parents[2]
ODD = "\t'\\\"%s{}$1\N{LINE SEPARATOR}\N{RIGHT-TO-LEFT OVERRIDE}🙂é́\r\n"
LARGE = 2**53 + 1  # no floating point number is this one
MINE, HERS = 1, 2

pytestmark = pytest.mark.postgresql


async def gather(database: Database) -> None:
    more = 1
    while more:
        async with database.sessions.begin() as session:
            more = await words.gather(session)


async def leave_it(_database: Database) -> None:
    """Words may be gathered another time."""


@dataclass
class Both:
    """A database to be left, an empty one, and what was told on the way."""

    source: Database
    target: Database
    told: list[Round] = field(default_factory=list)

    async def copy(self, gather: Callable[[Database], Awaitable[None]] = gather) -> None:
        await journey.copy(self.source, self.target, tell=self.told.append, gather=gather)

    async def switch(self) -> None:
        await journey.switch(self.source, self.target, tell=self.told.append)


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> tuple[str, str]:
    """Of a database of this kind, and of one of the other; both are up to date and empty."""
    there: str = request.getfixturevalue("migrated_postgresql_url")
    here = tmp_path / "here.db"
    shutil.copy(migrated_file, here)
    return (f"sqlite:///{here}", there) if request.param == "sqlite" else (there, f"sqlite:///{here}")


@pytest.fixture
async def both(urls: tuple[str, str]) -> AsyncIterator[Both]:
    """From a database of one kind to one of the other."""
    async with AsyncExitStack() as ending:
        opened = [databases.connect(url) for url in urls]
        for each in opened:
            ending.push_async_callback(each.close)
        source, target = opened
        yield Both(source, target)


async def contents(database: Database) -> dict[str, list[str]]:
    """All rows of all tables as the program reads them, but for what each database makes by itself."""
    async with database.readers() as session:
        return {
            name: sorted(
                [repr(row) for row in await session.execute(select(*(c for c in table.c if c.name != "searchable")))]
            )
            for name, table in Base.metadata.tables.items()
            if name != ReplyWords.__tablename__
        }


async def found(database: Database, query: str) -> list[int]:
    async with database.readers() as session:
        matching = words.match(session, query, "es")
        assert matching is not None
        return list(await session.scalars(select(Reply.id).where(matching).order_by(Reply.id)))


async def live(database: Database) -> None:
    """Two people who have left a trace in every table, and what is hard to bring from one kind of database to the other."""
    await planting.plant(database)
    shared = {"dialogue": 1, "question": 1}
    async with database.sessions.begin() as session:
        hers = await traces.leave(session, HERS, among=shared)
        mine = await traces.leave(session, MINE, among=shared, other=hers)
        dialogue = await session.get_one(Dialogue, 1)
        dialogue.title = {"en": ODD, "fr": "\x00 \ud800"}
        dialogue.starts = MONDAY.replace(tzinfo=None, fold=1)
        dialogue.reminder = timedelta(days=400, microseconds=1)
        dialogue.digest_every = timedelta(hours=36)
        reply = await session.get_one(Reply, mine["reply"])
        reply.text, reply.message_id, reply.edited_at = ODD, LARGE, MONDAY + timedelta(microseconds=123_457)
        vector = (await session.scalars(select(WordingVector))).first()
        assert vector is not None
        vector.vector = bytes(range(256))
        member = await planting.join(session, dialogue, -(2**51))
        for number in range(3, 8):
            await planting.reply(session, member.id, message_id=number, content=Content("text", f"mango {number}"))
    await gather(database)


async def test_every_row_arrives_and_is_the_same_in_the_other_kind_of_database(both: Both) -> None:
    await live(both.source)
    before = await contents(both.source)

    await both.copy()
    await both.switch()

    assert await contents(both.target) == before == await contents(both.source)
    assert min(len(rows) for rows in before.values()) > 0
    assert sum(len(rows) for rows in before.values()) == both.told[-1].rows
    assert both.told[-1].changed == 0
    assert await found(both.target, "mango") == await found(both.source, "mango") != []
    assert await databases.differences(both.target) is None


async def test_what_is_written_edited_swapped_and_deleted_meanwhile_is_caught_up_with(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "PAGE", 3)
    await live(both.source)
    await both.copy()

    async with both.source.sessions.begin() as session:
        one, other = (await session.scalars(select(Question).order_by(Question.position).limit(2))).all()
        first, second, one.position = one.position, other.position, 99
        await session.flush()
        other.position = first
        await session.flush()
        one.position = second
        swapped = (await session.scalars(select(Person).order_by(Person.id).limit(2))).all()
        first, second = [each.telegram_id for each in swapped]
        for each, number in ((swapped[0], 77), (swapped[1], first), (swapped[0], second)):
            each.telegram_id = number
            await session.flush()
        newest = (await session.scalars(select(Reply).where(Reply.text.like("mango%")).order_by(Reply.id.desc()))).all()
        newest[0].text, newest[0].searchable = "papaya", False
        await session.delete(newest[1])
        translation = (await session.scalars(select(Translation))).first()
        assert translation is not None
        session.add(
            Translation(
                reply_id=newest[2].id,
                language="es",
                text="carambola",
                origin=translation.origin,
                service="s",
                translated_at=MONDAY,
            )
        )
        newest[2].searchable = False
        member_id = newest[0].member_id
        await planting.reply(session, member_id, message_id=500, at=MONDAY + WEEK / 2, content=Content("text", "guava"))
        gone = newest[1].id
    await gather(both.source)
    await both.switch()
    await gather(both.target)

    assert await contents(both.target) == await contents(both.source)
    for query in ("mango", "papaya", "carambola", "guava"):
        assert await found(both.target, query) == await found(both.source, query)
    assert await found(both.target, "papaya") == [newest[0].id]
    assert await found(both.target, "carambola") == [newest[2].id]
    assert gone not in await found(both.target, "mango")
    assert await databases.differences(both.target) is None


async def test_a_copy_that_is_killed_goes_on_where_it_was(both: Both, urls: tuple[str, str], tmp_path: Path) -> None:
    await planting.plant(both.source, "UTC")
    async with both.source.sessions.begin() as session:
        await session.execute(insert(Reply), [_reply(number) for number in range(1, 30_001)])
    settings = {"DATABASE_URL": urls[0], "COPY_TO": urls[1], "PYTHONPATH": str(ROOT), "LC_ALL": "C"}

    killed = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "db", "copy"), cwd=tmp_path, env=os.environ | settings
    )
    arrived = 0
    while arrived == 0:
        assert killed.returncode is None, "it has ended, and brought nothing"
        await asyncio.sleep(0.02)
        arrived = await _count(both.target)
    killed.send_signal(signal.SIGKILL)
    await killed.wait()
    arrived = await _count(both.target)
    await both.copy(leave_it)

    assert 0 < arrived < 30_000
    assert both.told[0].changed < both.told[0].rows
    assert await contents(both.target) == await contents(both.source)


def _reply(number: int) -> dict[str, Any]:
    return {
        "dialogue_id": 1,
        "question_id": 1,
        "member_id": 1,
        "message_id": number,
        "kind": "text",
        "text": f"Reply {number} " + "word " * 20,
        "language": "en",
        "late": False,
        "replied_at": MONDAY,
        "kept_at": MONDAY,
    }


async def _count(database: Database) -> int:
    """How many replies there are; none where there is no table yet, or nobody may look."""
    try:
        async with database.readers() as session:
            return await session.scalar(select(func.count()).select_from(Reply)) or 0
    except Exception:  # noqa: BLE001 - it is only just being made
        return 0


async def test_numbers_that_were_given_out_are_not_given_out_again(both: Both) -> None:
    await live(both.source)
    async with both.source.sessions.begin() as session:
        theme = _theme()
        session.add(theme)
        await session.flush()
        await session.delete(theme)
    given = theme.id

    await both.switch()

    async with both.target.sessions.begin() as session:
        theme = _theme()
        session.add(theme)
        answered = await planting.reply(session, 1, message_id=900)
        await session.flush()
        highest = await session.scalar(select(func.max(Reply.id)).where(Reply.id != answered.reply_id))
        assert highest is not None
        assert (theme.id, answered.reply_id) == (given + 1, highest + 1)


def _theme() -> Theme:
    return Theme(dialogue_id=1, question_id=1, name={}, method="words", made_from=3, created_at=MONDAY)


async def test_what_was_just_being_sent_arrives_as_such_and_is_held_as_uncertain_there(both: Both) -> None:
    await live(both.source)
    async with both.source.sessions.begin() as session:
        await session.execute(update(Delivery).values(state=State.SENDING))

    await both.switch()

    async with both.target.sessions.begin() as session:
        held = await uncertain.settle_interrupted(session, now=MONDAY)
        states = set(await session.scalars(select(Delivery.state)))
    assert held > 0
    assert states == {State.UNCERTAIN}


async def test_nobody_works_on_a_copy_that_is_not_whole_nor_on_what_was_left(both: Both) -> None:
    await live(both.source)

    await both.copy()
    before = [await standing(each) for each in (both.source, both.target)]
    await both.switch()
    after = [await standing(each) for each in (both.source, both.target)]

    assert before == [MoveStanding.LEAVING, MoveStanding.ARRIVING]
    assert after == [MoveStanding.GONE, MoveStanding.ARRIVED]
    with pytest.raises(refusals.AlreadyMoved):
        await both.switch()
    with pytest.raises(refusals.AlreadyMoved):
        await both.copy()
    with pytest.raises(refusals.AlreadyMoved):
        await journey.take_back(both.source, both.target)


async def standing(database: Database) -> MoveStanding | None:
    mark = await mark_of(database)
    return mark.standing if mark else None


async def test_what_was_moved_goes_back_to_where_it_was_with_all_that_came_since(both: Both) -> None:
    await live(both.source)
    await both.switch()
    async with both.target.sessions.begin() as session:
        await planting.reply(session, 1, message_id=901, content=Content("text", "since then"))

    back = Both(both.target, both.source)
    await back.copy()
    await back.switch()

    assert await contents(both.source) == await contents(both.target)
    assert 0 < back.told[0].changed < 10
    assert [await standing(each) for each in (both.source, both.target)] == [MoveStanding.ARRIVED, MoveStanding.GONE]
    assert await found(both.source, "since then") != []
    assert await databases.differences(both.source) is None


async def test_while_someone_has_it_open_nothing_is_switched(both: Both) -> None:
    await live(both.source)
    other = databases.connect(both.source.engine.url.render_as_string(hide_password=False))
    async with other.readers() as session:
        await session.execute(text("SELECT 1"))

        with pytest.raises(InUse):
            await both.switch()

    assert await standing(both.source) is MoveStanding.LEAVING
    await other.close()
    await both.switch()
    assert await contents(both.target) == await contents(both.source)


async def test_a_switch_that_was_broken_off_goes_on_or_is_taken_back(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(both.source)
    with monkeypatch.context() as killing:
        killing.setattr(journey, "_complete", killed)
        with pytest.raises(asyncio.CancelledError):
            await both.switch()
    broken = await standing(both.source)

    await journey.take_back(both.source, both.target)
    taken_back = await standing(both.source)
    with pytest.raises(refusals.NotMoved):
        await journey.take_back(both.source, both.target)
    with monkeypatch.context() as killing:
        killing.setattr(journey, "_complete", killed)
        with pytest.raises(asyncio.CancelledError):
            await both.switch()
    with pytest.raises(refusals.AlreadyMoved):
        await both.copy()
    await both.switch()

    assert (broken, taken_back) == (MoveStanding.GONE, MoveStanding.LEAVING)
    assert await contents(both.target) == await contents(both.source)


async def killed(*_: object) -> None:
    raise asyncio.CancelledError


async def test_a_copy_that_would_mix_with_something_else_is_refused(both: Both) -> None:
    await live(both.source)
    await planting.plant(both.target, "UTC")
    strange = await contents(both.target)

    with pytest.raises(refusals.Occupied):
        await both.copy()
    with pytest.raises(refusals.Occupied):
        await both.switch()

    assert await contents(both.target) == strange
    assert await mark_of(both.target) is None
    with pytest.raises(refusals.SameDatabase):
        await Both(both.source, both.source).copy()


async def test_a_copy_of_another_database_or_version_is_not_gone_on_with(both: Both) -> None:
    await live(both.source)
    await both.copy()
    async with both.target.engine.begin() as connection:
        await put_mark(connection, MoveMark(MoveStanding.ARRIVING, "another", "elsewhere"))

    with pytest.raises(refusals.Occupied):
        await both.copy()
    await databases.downgrade(both.source, "-1")
    with pytest.raises(refusals.Behind):
        await both.copy()
    async with both.source.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(refusals.NewerDatabase):
        await both.copy()


async def test_a_process_that_was_cut_off_finds_the_database_away_once_it_was_moved(both: Both) -> None:
    if both.source.engine.dialect.name == "sqlite":
        pytest.skip("nobody has a file open while it is switched")
    await live(both.source)
    cut_off = databases.connect(both.source.engine.url.render_as_string(hide_password=False))
    heed(cut_off)
    async with cut_off.readers() as session:
        await session.execute(text("SELECT 1"))
    await cut_off.engine.dispose()

    await both.switch()

    with pytest.raises(OperationalError, match="moved to") as raised:
        async with cut_off.readers() as session:
            await session.execute(text("SELECT 1"))
    assert outage.is_outage(raised.value)
    await cut_off.close()
