from collections.abc import AsyncIterator

import planting
import pytest
from planting import MONDAY
from sqlalchemy import Select, insert, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.features.discussion.actions import quick_replies
from bot.features.discussion.actions.deck import COUNTED
from bot.models import Member, Naming, Person, Role, Rung, RungKind

AUTHOR, READER = 1, 2


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Member 1 wrote reply 1."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, AUTHOR, message_id=1)
    async with either_database.sessions.begin() as session:
        yield session


async def tap(session: AsyncSession, kind: RungKind, reply_id: int | None) -> RungKind | None:
    member = await session.get_one(Member, READER)
    return await quick_replies.chime(session, member, kind, question_id=1, reply_id=reply_id, now=MONDAY)


async def test_another_rung_replaces_the_first_and_the_same_one_takes_it_back(session: AsyncSession) -> None:
    reader = await session.get_one(Member, READER)
    stood = [await tap(session, kind, 1) for kind in (RungKind.SAME, RungKind.DIFFERENT)]
    between = await quick_replies.of_reply(session, reader, 1)

    stood.append(await tap(session, RungKind.DIFFERENT, 1))

    assert stood == [RungKind.SAME, RungKind.DIFFERENT, None]
    assert (dict(between.counts), between.mine) == ({RungKind.DIFFERENT: 1}, RungKind.DIFFERENT)
    assert (await quick_replies.of_reply(session, reader, 1)).counts == {}


async def test_a_tap_on_a_reply_is_none_on_its_question(session: AsyncSession) -> None:
    await tap(session, RungKind.SAME, 1)

    assert (await quick_replies.of_question(session, [READER], 1))[READER].counts == {}


async def many_tap(session: AsyncSession, number: int) -> None:
    """So many others join, and say the same to the question, and to reply 1."""
    people = range(1_000, 1_000 + number)
    joined = {"dialogue_id": 1, "role": Role.MEMBER, "naming": Naming.PSEUDONYM, "reminders": True}
    await session.execute(insert(Person), [{"id": each, "telegram_id": each, "language": "en"} for each in people])
    await session.execute(insert(Member), [{"id": each, "person_id": each, **joined} for each in people])
    for reply_id in (None, 1):
        tapped = {"question_id": 1, "reply_id": reply_id, "kind": RungKind.SAME, "tapped_at": MONDAY}
        await session.execute(insert(Rung), [{"member_id": each, **tapped} for each in people])


async def test_no_more_taps_are_counted_than_a_reader_wants_to_know(session: AsyncSession) -> None:
    reader = await session.get_one(Member, READER)
    await many_tap(session, COUNTED + 1)
    for reply_id in (None, 1):
        await tap(session, RungKind.DIFFERENT, reply_id)

    chimes = [(await quick_replies.of_question(session, [READER], 1))[READER]]
    chimes.append(await quick_replies.of_reply(session, reader, 1))

    assert [(dict(each.counts), each.mine) for each in chimes] == [
        ({RungKind.SAME: COUNTED, RungKind.DIFFERENT: 1}, RungKind.DIFFERENT)
    ] * 2


@pytest.mark.parametrize(
    ("statement", "index"),
    [(quick_replies.COUNTS, "ix_rung_question_kind"), (quick_replies.COUNTS_OF_REPLY, "ix_rung_reply_kind")],
)
async def test_to_count_the_taps_of_one_kind_no_others_are_looked_at(
    database: Database, statement: Select[*tuple[int, ...]], index: str
) -> None:
    asked = statement.params(question=1, reply=1)
    compiled = asked.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    async with database.readers() as session:
        plan = await session.execute(text(f"EXPLAIN QUERY PLAN {compiled}"))

    looked_up = [row.detail for row in plan if " rung " in row.detail]

    assert len(looked_up) == len(RungKind)
    assert all(f"COVERING INDEX {index} " in each and "kind=?" in each for each in looked_up)
