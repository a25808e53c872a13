from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select, update

from bot.database import Database
from bot.ledger import outbox, uncertain
from bot.models import Delivery, Kind, State

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
async def _planted(database: Database) -> None:
    """Two members of dialogue 1 (questions 1 and 2) and one of dialogue 2 (3 and 4): each question to each is uncertain."""
    await planting.plant(database, "UTC", "UTC", questions=2, concept_note={})
    async with database.sessions.begin() as session:
        other = planting.dialogue("other", questions=2, concept_note={})
        session.add(other)
        await session.flush()
        await planting.join(session, other, 3)
        for dialogue_id, member_id in ((1, 1), (1, 2), (2, 3)):
            for question_id in (2 * dialogue_id - 1, 2 * dialogue_id):
                about = {"dialogue_id": dialogue_id, "member_id": member_id, "question_id": question_id}
                await outbox.owe(session, kind=Kind.QUESTION, due_at=MONDAY, **about)
        await session.execute(update(Delivery).values(state=State.UNCERTAIN, reason="no answer"))


async def found(database: Database) -> dict[tuple[int | None, int | None], tuple[State, str | None, int | None]]:
    """What became of the questions, by member and question."""
    async with database.readers() as session:
        rows = await session.scalars(select(Delivery).where(Delivery.kind == Kind.QUESTION))
        return {(row.member_id, row.question_id): (row.state, row.reason, row.message_id) for row in rows}


@pytest.mark.usefixtures("_planted")
async def test_a_reply_settles_that_question_to_that_member_and_no_other(database: Database) -> None:
    before = await found(database)

    async with database.sessions.begin() as session:
        await uncertain.settle_by_reply(session, member_id=1, question_id=1, message_id=77)

    assert await found(database) == before | {(1, 1): (State.SENT, "they replied", 77)}


@pytest.mark.usefixtures("_planted")
@pytest.mark.parametrize(
    ("state", "again"),
    [
        *((State.PLANNED, False), (State.DROPPED, False), (State.SENT, False)),
        *((State.SENDING, True), (State.SENT, True)),  # these will tell of themselves
    ],
)
async def test_a_reply_changes_nothing_about_a_question_that_is_not_uncertain(
    database: Database, state: State, *, again: bool
) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).values(state=state, again=again, reason=None, message_id=5))

        await uncertain.settle_by_reply(session, member_id=1, question_id=1, message_id=77)

    assert (await found(database))[1, 1] == (state, None, 5)


@pytest.mark.usefixtures("_planted")
async def test_a_reply_says_nothing_of_a_reminder(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.execute(update(Delivery).values(kind=Kind.REMINDER))

        await uncertain.settle_by_reply(session, member_id=1, question_id=1, message_id=77)

    async with database.readers() as session:
        assert (await session.scalars(select(Delivery.state).distinct())).all() == [State.UNCERTAIN]


@pytest.mark.usefixtures("_planted")
async def test_what_is_sent_again_is_what_is_uncertain_in_that_dialogue_and_at_once(database: Database) -> None:
    async with database.sessions.begin() as session:
        sent = update(Delivery).where(Delivery.member_id == 2, Delivery.question_id == 2)
        await session.execute(sent.values(state=State.SENT, reason=None))
        about = {"dialogue_id": 1, "member_id": 1, "question_id": 1}
        await outbox.owe(session, kind=Kind.FOLLOW_UP, due_at=MONDAY, state=State.UNCERTAIN, **about)

        again = await uncertain.send_again(session, dialogue_id=1, now=LATER)

    planned, held = (State.PLANNED, None, None), (State.UNCERTAIN, "no answer", None)
    assert again == 3
    assert await found(database) == {
        **dict.fromkeys([(1, 1), (1, 2), (2, 1)], planned),
        (2, 2): (State.SENT, None, None),
        **dict.fromkeys([(3, 3), (3, 4)], held),
    }
    async with database.readers() as session:
        due = select(Delivery.due_at).where(Delivery.state == State.PLANNED, Delivery.kind == Kind.QUESTION).distinct()
        assert (await session.scalars(due)).all() == [LATER]
        asked_on = select(Delivery.state).where(Delivery.kind == Kind.FOLLOW_UP)
        assert (await session.scalars(asked_on)).all() == [State.UNCERTAIN]


@pytest.mark.usefixtures("_planted")
async def test_only_what_was_being_sent_is_held_as_interrupted(database: Database) -> None:
    others = [each for each in State if each is not State.UNCERTAIN]
    states = dict(zip([(1, 1), (1, 2), (2, 1), (2, 2), (3, 3)], others, strict=True))
    async with database.sessions.begin() as session:
        for (member_id, question_id), state in states.items():
            one = update(Delivery).where(Delivery.member_id == member_id, Delivery.question_id == question_id)
            await session.execute(one.values(state=state, reason=None))

        held = await uncertain.settle_interrupted(session, now=LATER)

    kept = {key: (state, None, None) for key, state in states.items() if state is not State.SENDING}
    interrupted = {key: (State.UNCERTAIN, "interrupted", None) for key in states if key not in kept}
    assert held == 1
    assert await found(database) == kept | interrupted | {(3, 4): (State.UNCERTAIN, "no answer", None)}
    async with database.readers() as session:
        settled = select(Delivery.settled_at).where(Delivery.reason == "interrupted")
        assert (await session.scalars(settled)).all() == [LATER]
