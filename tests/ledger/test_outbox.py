import asyncio
from collections.abc import Mapping

import planting
import pytest
from planting import MONDAY
from sqlalchemy import delete, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.database import Database
from bot.ledger import notices, outbox
from bot.models import Delivery, Dialogue, Digest, Kind, NoticeKind, Role, State

LATER = MONDAY.replace(hour=18)
DEFAULTS = {column.key: column.default.arg for column in Delivery.__table__.c if column.default is not None}
READERS = {"concept_note": {"member_id": 1}, "digest": {"member_id": 1, "digest_id": 1}} | {
    f"{kind} to a {reader}": {f"{reader}_id": 1, f"{kind}_id": 1}
    for kind in ("question", "notice")
    for reader in ("member", "room")
}


@pytest.fixture
async def _planted(either_database: Database) -> None:
    """A member, a room, a question, a notice and a digest, each with the id 1; nobody is owed anything."""
    await planting.plant(either_database, "UTC", questions=1)
    async with either_database.sessions.begin() as session:
        await planting.group(session, "en")
        await notices.open_notice(session, NoticeKind.ANNOUNCEMENT, dialogue_id=1, now=MONDAY)
        session.add(Digest(dialogue_id=1, member_id=1, since=MONDAY, until=MONDAY))
        await session.execute(delete(Delivery))


def row(about: str) -> dict[str, object]:
    return {"kind": Kind(about.split(maxsplit=1)[0]), "dialogue_id": 1, **READERS[about], "due_at": MONDAY}


async def owe_selected(session: AsyncSession, values: Mapping[str, object]) -> int:
    return await outbox.owe_all(session, select(*outbox.columns(**values)).where(literal(value=True)))


async def owed(database: Database) -> list[Delivery]:
    async with database.readers() as session:
        return list(await session.scalars(select(Delivery)))


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("about", READERS)
async def test_nobody_is_owed_twice_what_is_about_the_same(either_database: Database, about: str) -> None:
    async with either_database.sessions.begin() as session:
        first = await outbox.owe(session, **row(about))
        selected = await owe_selected(session, row(about) | {"due_at": LATER})
        again = await outbox.owe(session, **row(about) | {"due_at": LATER})

    assert (first, selected, again) == (1, 0, 0)
    assert [delivery.due_at for delivery in await owed(either_database)] == [MONDAY]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("selected", [False, True])
async def test_what_a_row_does_not_name_has_its_default(either_database: Database, *, selected: bool) -> None:
    async with either_database.sessions.begin() as session:
        if selected:
            await owe_selected(session, row("concept_note"))
        else:
            await outbox.owe(session, **row("concept_note"))

    (delivery,) = await owed(either_database)
    assert {name: getattr(delivery, name) for name in DEFAULTS} == DEFAULTS
    assert {"state", "at_once", "again", "stale", "paid", "turn", "counted"} <= DEFAULTS.keys()


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("about", ["question to a member", "question to a room"])
@pytest.mark.parametrize(
    ("state", "states", "planned_anew"),
    [
        (State.DROPPED, outbox.GIVEN_UP, True),
        (State.UNREACHABLE, outbox.GIVEN_UP, True),
        (State.PLANNED, outbox.GIVEN_UP, False),
        (State.PLANNED, outbox.UNSENT, True),
        (State.SENDING, outbox.UNSENT, False),
        (State.SENT, outbox.UNSENT, False),
        (State.UNCERTAIN, outbox.UNSENT, False),
    ],
)
async def test_what_was_given_up_is_owed_again_and_what_was_sent_is_not(
    either_database: Database, about: str, state: State, states: tuple[State, ...], *, planned_anew: bool
) -> None:
    async with either_database.sessions.begin() as session:
        await outbox.owe(session, **row(about))
        await session.execute(update(Delivery).values(state=state, reason="left"))

        await outbox.owe_again(session, states=states, **row(about) | {"due_at": LATER, "at_once": True})

    (delivery,) = await owed(either_database)
    found = (delivery.state, delivery.due_at, delivery.at_once, delivery.reason)
    assert found == ((State.PLANNED, LATER, True, None) if planned_anew else (state, MONDAY, False, "left"))


@pytest.mark.usefixtures("_planted")
async def test_what_was_given_up_for_one_reader_is_not_owed_to_another_again(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        for kind in (Kind.QUESTION, Kind.REMINDER):
            await outbox.owe(session, **row("question to a member") | {"kind": kind})
        await session.execute(update(Delivery).values(state=State.DROPPED))

        await outbox.owe_again(session, states=outbox.GIVEN_UP, **row("question to a room"))

    found = {(each.kind, each.member_id, each.state) for each in await owed(either_database)}
    assert found == {
        (Kind.QUESTION, 1, State.DROPPED),
        (Kind.REMINDER, 1, State.DROPPED),
        (Kind.QUESTION, None, State.PLANNED),
    }


@pytest.mark.usefixtures("_planted")
async def test_who_comes_while_a_question_is_planned_waits_for_the_plan(either_database: Database) -> None:
    order: list[str] = []

    async def come() -> None:
        async with either_database.sessions.begin() as session:
            await outbox.lock(session, 1)
            order.append("came")

    async with asyncio.TaskGroup() as tasks, either_database.sessions.begin() as session:
        await outbox.lock(session, 1)
        coming = tasks.create_task(come())
        await asyncio.wait([coming], timeout=0.2)
        order.append("planned")

    assert order == ["planned", "came"]


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize("again", [False, True])
async def test_what_was_begun_to_be_sent_has_gone_out_perhaps_and_so_has_what_is_sent_again(
    either_database: Database, *, again: bool
) -> None:
    async with either_database.sessions.begin() as session:
        await outbox.owe(session, **row("question to a member"), again=again)
        found = set()
        for state in State:
            await session.execute(update(Delivery).values(state=state))
            found |= set(await session.scalars(select(Delivery.state).where(outbox.WENT_OUT)))

    assert found == (set(State) if again else {State.SENDING, State.SENT, State.UNCERTAIN})


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True)
async def test_who_is_just_enrolled_keeps_no_question_from_being_planned(database: Database) -> None:
    await planting.plant(database, "UTC")

    async with asyncio.timeout(5), database.sessions.begin() as joining:
        person, dialogue = await planting.person(joining, 2), await joining.get_one(Dialogue, 1)
        await members.enrol(joining, person, dialogue, role=Role.MEMBER)
        async with database.sessions.begin() as planning:
            await outbox.lock(planning, 1)
