from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select, update

from bot.core import members
from bot.database import Database
from bot.ledger import outbox
from bot.models import Delivery, Kind, Member, Names, Naming, Person, Role, State

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("names", "naming"),
    [(Names.CHOOSE, Naming.PSEUDONYM), (Names.REAL, Naming.NAME), (Names.ANONYMOUS, Naming.ANONYMOUS)],
)
async def test_whoever_is_enrolled_goes_by_what_the_dialogue_has_and_by_a_pseudonym_until_they_choose(
    database: Database, names: Names, naming: Naming
) -> None:
    async with database.sessions.begin() as session:
        planted = planting.dialogue(names=names)
        session.add(planted)
        await session.flush()
        person = await planting.person(session, 1)

        member = await members.enrol(session, person, planted, role=Role.OBSERVER)

        assert (member.naming, member.role, member.reminders, member.joined_at) == (naming, Role.OBSERVER, True, None)
        assert member.pseudonym is not None
        assert member.display_name is None


async def owe(
    database: Database,
    member_id: int,
    state: State,
    reason: str | None,
    settled_at: datetime | None,
    *,
    question: int = 1,
) -> None:
    async with database.sessions.begin() as session:
        about = {"dialogue_id": 1, "member_id": member_id, "question_id": question}
        how = {"state": state, "reason": reason, "settled_at": settled_at}
        await outbox.owe(session, kind=Kind.QUESTION, due_at=MONDAY, **about, **how)


async def owed(database: Database) -> list[tuple[int | None, int | None, State, str | None, datetime | None]]:
    async with database.readers() as session:
        rows = await session.scalars(select(Delivery).order_by(Delivery.member_id, Delivery.question_id))
        return [(row.member_id, row.question_id, row.state, row.reason, row.settled_at) for row in rows]


async def test_who_stays_after_all_is_owed_what_leaving_dropped_and_nothing_that_was_settled_otherwise(
    database: Database,
) -> None:
    await planting.plant(database, "UTC", "UTC", questions=6, concept_note={})
    left = "left"  # as a claim says it, too
    await owe(database, 1, State.PLANNED, None, None, question=1)
    await owe(database, 1, State.SENT, None, MONDAY + HOUR, question=2)
    await owe(database, 1, State.DROPPED, "closed", MONDAY + HOUR, question=3)
    await owe(database, 1, State.DROPPED, left, MONDAY - HOUR, question=4)  # when they left the last time
    await owe(database, 1, State.DROPPED, left, MONDAY + HOUR, question=5)  # found at the claim
    await owe(database, 1, State.UNREACHABLE, left, MONDAY + HOUR, question=6)
    await owe(database, 2, State.DROPPED, left, MONDAY + HOUR)
    before = await owed(database)

    async with database.sessions.begin() as session:
        member = await session.get_one(Member, 1)
        await members.leave(session, member, now=MONDAY)
        after_leaving = member.left_at
    dropped = await owed(database)
    async with database.sessions.begin() as session:
        await members.stay(session, await session.get_one(Member, 1))

    assert after_leaving == MONDAY
    assert dropped == [(1, 1, State.DROPPED, left, MONDAY), *before[1:]]
    owed_again = {(1, 1), (1, 5)}
    assert await owed(database) == [
        (*row[:2], State.PLANNED, None, None) if row[:2] in owed_again else row for row in before
    ]
    async with database.readers() as session:
        assert await session.scalar(select(Member.left_at).where(Member.id == 1)) is None


async def test_who_leaves_still_gets_the_digests_they_asked_for(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC", questions=1, concept_note={})
    for member_id in (1, 2):
        await owe(database, member_id, State.PLANNED, None, None)
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).where(Delivery.member_id == 1).values(kind=Kind.DIGEST))

        await members.leave(session, await session.get_one(Member, 1), now=MONDAY)

    assert [row[2] for row in await owed(database)] == [State.PLANNED, State.PLANNED]


@pytest.mark.parametrize(
    ("left", "removed", "lately"),
    [
        (None, None, False),
        (timedelta(days=1), None, True),
        (timedelta(days=1, seconds=1), None, False),
        (HOUR, HOUR, False),
    ],
)
def test_leaving_can_be_taken_back_for_a_day_by_whoever_was_not_removed(
    left: timedelta | None, removed: timedelta | None, *, lately: bool
) -> None:
    member = Member(
        left_at=None if left is None else MONDAY - left, removed_at=None if removed is None else MONDAY - removed
    )

    assert members.left_lately(member, now=MONDAY) is lately


async def test_who_is_only_heard_of_can_t_be_written_to_and_takes_the_language_they_come_with(
    database: Database,
) -> None:
    async with database.sessions.begin() as session:
        heard_of = await members.hear_of(session, telegram_id=1, language="fr", now=MONDAY)
        await members.hear_of(session, telegram_id=1, language="ar", now=MONDAY + HOUR)
        known = await members.meet(session, telegram_id=2, language="es")
        await members.hear_of(session, telegram_id=2, language="ar", now=MONDAY)

        standing = (heard_of.language, heard_of.unreachable_since, heard_of.unreachable_reason)
        languages = [await members.language_of(session, telegram_id) for telegram_id in (1, 2, 404)]
        comes = await members.meet(session, telegram_id=1, language="ru")
        await members.meet(session, telegram_id=2, language="ru")

    assert standing == ("fr", MONDAY, members.NEVER_STARTED)
    assert languages == ["fr", "es", None]
    assert comes.language == "ru"
    assert (known.language, known.unreachable_since) == ("es", None)
    async with database.readers() as session:
        assert (await session.scalars(select(Person.telegram_id).order_by(Person.id))).all() == [1, 2]
