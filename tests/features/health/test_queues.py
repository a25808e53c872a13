from datetime import timedelta

import planting
from planting import MONDAY, WEEK
from sqlalchemy import delete, update

from bot.database import Database
from bot.features.health.actions import queues as health_queues
from bot.inbox import updates
from bot.inbox.updates import RawUpdate
from bot.models import Delivery, InboxState, InboxUpdate, Kind, State

MINUTE = timedelta(minutes=1)


async def keep(database: Database, states: dict[int, InboxState]) -> None:
    """Updates that came a minute apart, in some state by now."""
    async with database.sessions.begin() as session:
        for number, state in states.items():
            await updates.keep(session, [RawUpdate(number, 7, "{}")], now=MONDAY + number * MINUTE)
            await session.execute(update(InboxUpdate).where(InboxUpdate.update_id == number).values(state=state))


async def owe(database: Database, states: list[State]) -> None:
    """One delivery in each state, due a minute apart from MONDAY on."""
    async with database.sessions.begin() as session:
        planted = planting.dialogue(questions=len(states))
        session.add(planted)
        await session.flush()
        member = await planting.join(session, planted, 1003)
        await session.execute(delete(Delivery))  # the concept note
        for number, state in enumerate(states):
            session.add(
                Delivery(
                    kind=Kind.QUESTION,
                    dialogue_id=planted.id,
                    member_id=member.id,
                    question_id=planted.questions[number].id,
                    due_at=MONDAY + number * MINUTE,
                    state=state,
                )
            )


async def test_empty_queues_have_nobody_waiting(either_database: Database) -> None:
    async with either_database.readers() as session:
        queues = await health_queues.queues(session, now=MONDAY)
        counts = await health_queues.counts(session)

    assert (queues.inbox, queues.due) == (0, 0)
    assert set(counts.inbox.values()) | set(counts.deliveries.values()) == {0}


async def test_only_what_is_new_waits_in_the_inbox(either_database: Database) -> None:
    await keep(either_database, {1: InboxState.DONE, 2: InboxState.PARKED, 3: InboxState.NEW, 4: InboxState.NEW})

    async with either_database.readers() as session:
        queues = await health_queues.queues(session, now=MONDAY + WEEK)
        counts = await health_queues.counts(session)

    assert queues.inbox == (WEEK - 3 * MINUTE).total_seconds()
    assert counts.inbox == {InboxState.NEW: 2, InboxState.PARKED: 1}


async def test_a_delivery_waits_once_it_is_due_and_until_it_is_claimed(either_database: Database) -> None:
    await owe(either_database, [State.SENT, State.UNCERTAIN, State.PLANNED, State.PLANNED])

    async with either_database.readers() as session:
        before = await health_queues.queues(session, now=MONDAY + MINUTE)
        after = await health_queues.queues(session, now=MONDAY + WEEK)
        counts = await health_queues.counts(session)

    assert before.due == 0
    assert after.due == (WEEK - 2 * MINUTE).total_seconds()
    assert counts.deliveries[State.PLANNED] == 2
    assert (counts.deliveries[State.SENT], counts.deliveries[State.UNCERTAIN]) == (1, 1)


async def test_nobody_has_waited_less_than_no_time_when_the_clock_is_put_back(either_database: Database) -> None:
    await keep(either_database, {5: InboxState.NEW})

    async with either_database.readers() as session:
        queues = await health_queues.queues(session, now=MONDAY)

    assert queues.inbox == 0
