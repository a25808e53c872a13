from datetime import datetime, timedelta

import planting
import pytest
from planting import MONDAY, WEEK
from sqlalchemy import select, update

from bot.database import Database
from bot.ledger import notices, outbox
from bot.models import Delivery, Kind, Member, NoticeKind, Person, State
from bot.outbound.actions import claims
from bot.outbound.notices import WRITERS

SECOND = timedelta(seconds=1)
LIMA = timedelta(hours=5)  # behind UTC


@pytest.fixture
async def _planted(database: Database) -> None:
    """Members 1 to 4, all but the second by UTC: nobody is owed anything yet."""
    await planting.plant(database, "UTC", "America/Lima", "UTC", "UTC", questions=1, concept_note={}, reminder=None)


async def owe(database: Database, *member_ids: int, due_at: datetime = MONDAY, **more: object) -> None:
    """Question 1."""
    async with database.sessions.begin() as session:
        for member_id in member_ids:
            about = {"dialogue_id": 1, "member_id": member_id, "question_id": 1}
            await outbox.owe(session, kind=Kind.QUESTION, due_at=due_at, **about, **more)


async def owed(database: Database) -> list[tuple[int | None, State, str | None]]:
    async with database.readers() as session:
        rows = await session.scalars(select(Delivery).order_by(Delivery.member_id))
        return [(row.member_id, row.state, row.reason) for row in rows]


@pytest.mark.usefixtures("_planted")
async def test_what_fell_due_first_goes_first_and_of_one_moment_whose_turn_it_is(database: Database) -> None:
    await owe(database, 1, turn=9)
    await owe(database, 2, 3, turn=8)
    await owe(database, 4, due_at=MONDAY - SECOND, turn=50)
    now = MONDAY + LIMA

    async with database.sessions.begin() as session:
        first = await claims.claim_due(session, now=now, limit=3)
        rest = await claims.claim_due(session, now=now, limit=3)

    assert [letter.member_id for letter in (*first.letters, *rest.letters)] == [4, 2, 3, 1]
    assert len(first.letters) == 3


@pytest.mark.usefixtures("_planted")
async def test_a_delivery_is_due_from_its_moment_on_and_at_its_own_pace(database: Database) -> None:
    await owe(database, 1)
    await owe(database, 3, due_at=MONDAY + SECOND, paid=True)

    async with database.readers() as session:
        due = {
            (moment, paid): await claims.is_due(session, now=moment, paid=paid)
            for moment in (MONDAY - SECOND, MONDAY, MONDAY + SECOND)
            for paid in (False, True)
        }

    assert {key for key, is_due in due.items() if is_due} == {
        *((MONDAY, False), (MONDAY + SECOND, False), (MONDAY + SECOND, True))
    }


@pytest.mark.usefixtures("_planted")
async def test_the_next_moment_is_the_first_to_come_at_either_pace_and_of_what_is_planned(database: Database) -> None:
    await owe(database, 1)
    await owe(database, 2, due_at=MONDAY + 3 * SECOND)
    await owe(database, 3, due_at=MONDAY + 2 * SECOND, paid=True)
    await owe(database, 4, due_at=MONDAY + SECOND, state=State.SENT)
    async with database.readers() as session:
        nexts = [await claims.next_due(session, after=MONDAY + number * SECOND) for number in (-1, 0, 2, 3)]

    assert nexts == [MONDAY, MONDAY + 2 * SECOND, MONDAY + 3 * SECOND, None]


@pytest.mark.usefixtures("_planted")
async def test_each_reader_of_one_claim_is_told_the_close_by_their_own_clock(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Person).where(Person.telegram_id == 3).values(timezone=None))
    await owe(database, 1, 2, 3)

    async with database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=MONDAY + LIMA, limit=9)

    asked = {letter.member_id: letter.asked for letter in claimed.letters}
    told = {member_id: (one.zone, one.closes_at, one.own_clock) for member_id, one in asked.items() if one is not None}
    assert told == {
        1: ("UTC", MONDAY + WEEK, True),
        2: ("America/Lima", MONDAY + WEEK + LIMA, True),
        3: ("UTC", MONDAY + WEEK, False),  # the dialogue's
    }


@pytest.mark.usefixtures("_planted")
async def test_what_is_dropped_or_put_off_is_that_delivery_alone(database: Database) -> None:
    await owe(database, 1, 2, 3, 4)
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 4)).left_at = MONDAY
        (await planting.person(session, 3)).paused_until = MONDAY + WEEK / 2

    async with database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=MONDAY, limit=9)  # at four in the morning by the clock of Lima

    async with database.readers() as session:
        due = list(await session.scalars(select(Delivery.due_at).order_by(Delivery.member_id)))
        settled = list(await session.scalars(select(Delivery.settled_at).order_by(Delivery.member_id)))
    assert (len(claimed.letters), claimed.set_aside) == (1, 3)
    assert await owed(database) == [
        (1, State.SENDING, None),
        (2, State.PLANNED, None),
        (3, State.PLANNED, None),
        (4, State.DROPPED, "left"),
    ]
    assert due == [MONDAY, MONDAY + LIMA, MONDAY + WEEK / 2, MONDAY]
    assert settled == [None, None, None, MONDAY]


@pytest.mark.usefixtures("_planted")
async def test_the_first_that_is_put_off_is_what_a_claim_of_one_would_take_and_no_other(database: Database) -> None:
    later = MONDAY + WEEK / 2
    await owe(database, 1, turn=1)
    await owe(database, 2, 3)
    await owe(database, 4, due_at=MONDAY - SECOND, paid=True)

    async with database.sessions.begin() as session:
        what = {"now": MONDAY, "paid": False, "until": later, "reason": "a fault"}
        put_off = await claims.set_first_aside(session, except_for={2}, **what)  # type: ignore[arg-type]  # as named
        found = await session.get_one(Delivery, put_off)

    assert (found.member_id, found.due_at) == (3, later)
    assert await owed(database) == [*((each, State.PLANNED, "a fault" if each == 3 else None) for each in (1, 2, 3, 4))]


@pytest.mark.usefixtures("_planted")
async def test_of_all_that_one_claim_takes_each_is_judged_by_what_it_brings_itself(database: Database) -> None:
    after_the_close = MONDAY + WEEK + timedelta(hours=2)
    await owe(database, 1, due_at=after_the_close)
    async with database.sessions.begin() as session:
        notice = await notices.open_notice(session, NoticeKind.WAITING, dialogue_id=1, now=MONDAY)
        await notices.owe_member(session, notice, 3, due_at=after_the_close)
        about = {"dialogue_id": 1, "member_id": 4, "due_at": after_the_close}
        await outbox.owe(session, kind=Kind.CONCEPT_NOTE, **about)

    async with database.sessions.begin() as session:
        claimed = await claims.claim_due(session, now=after_the_close, limit=9)

    assert [letter.kind for letter in claimed.letters] == [Kind.CONCEPT_NOTE]
    assert await owed(database) == [
        (1, State.DROPPED, "closed"),
        (3, State.DROPPED, "no longer moderates"),
        (4, State.SENDING, None),
    ]


def test_each_kind_of_notice_has_words() -> None:
    assert set(WRITERS) == set(NoticeKind)
