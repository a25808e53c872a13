from datetime import timedelta

import pytest
from planting import MONDAY
from sqlalchemy import select

from bot.database import Database
from bot.inbox import lanes, updates
from bot.inbox.updates import Failed, RawUpdate, Waiting
from bot.models import InboxState, InboxUpdate


async def keep(database: Database, *ids: int) -> None:
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(each, 7, f'{{"update_id": {each}}}') for each in ids], now=MONDAY)


async def kept(database: Database, inbox_id: int = 1) -> InboxUpdate:
    async with database.readers() as session:
        return await session.get_one(InboxUpdate, inbox_id)


async def states(database: Database) -> list[InboxState]:
    async with database.readers() as session:
        return list(await session.scalars(select(InboxUpdate.state).order_by(InboxUpdate.id)))


async def test_what_comes_twice_is_kept_once(either_database: Database) -> None:
    await keep(either_database, 1, 2)

    await keep(either_database, 2, 3)

    assert len(await states(either_database)) == 3


async def test_an_update_that_fails_three_times_is_parked_and_waits_no_more(database: Database) -> None:
    await keep(database, 1)

    outcomes = []
    for _ in range(3):
        async with database.sessions.begin() as session:
            outcomes.append(await updates.mark_failed(session, 1, "Traceback"))

    async with database.readers() as session:
        waiting = await lanes.waiting(session, {7: 10})
    assert outcomes == [Failed.AGAIN, Failed.AGAIN, Failed.PARKED]
    assert waiting == []


async def test_one_that_no_further_attempt_would_mend_is_parked_at_the_first(database: Database) -> None:
    await keep(database, 1)

    async with database.sessions.begin() as session:
        outcome = await updates.mark_failed(session, 1, "Traceback", hopeless=True)

    assert outcome is Failed.PARKED
    assert await states(database) == [InboxState.PARKED]


async def test_what_comes_again_leaves_what_became_of_it_as_it_is(database: Database) -> None:
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(1, 7, "{}", error="no number")], now=MONDAY)
        await updates.keep(session, [RawUpdate(1, 7, "{}")], now=MONDAY + timedelta(hours=1))

    found = await kept(database)
    assert (found.state, found.error, found.received_at, found.attempts) == (InboxState.PARKED, "no number", MONDAY, 0)


async def test_two_of_one_id_are_told_apart_by_what_is_in_them(database: Database) -> None:
    async with database.sessions.begin() as session:
        for raw, fingerprint in (("{}", None), ("[]", None), ("{}", "as it came"), ("[]", "as it came")):
            await updates.keep(session, [RawUpdate(1, 7, raw, fingerprint=fingerprint)], now=MONDAY)

    assert len(await states(database)) == 3


TAP = '{"update_id": 1, "callback_query": {"id": "9"}}'


@pytest.mark.parametrize(
    ("lane", "raw", "remains"),
    [(7, "{}", True), (0, "{}", True), (-1, "{}", False), (7, TAP, False), (7, '{"text": "callback_query"}', True)],
)
async def test_of_what_is_done_nothing_remains_that_was_said_in_a_group_or_tapped(
    either_database: Database, lane: int, raw: str, *, remains: bool
) -> None:
    async with either_database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(1, lane, raw), RawUpdate(2, lane, raw + " ")], now=MONDAY)
        await updates.settle(session, 1, was_owed=False, over=False)

        await updates.mark_done(session, 1)

    done, other = await kept(either_database), await kept(either_database, 2)
    assert (done.state, done.owed, done.raw) == (InboxState.DONE, False, raw if remains else "")
    assert (other.state, other.owed, other.raw) == (InboxState.NEW, False, raw + " ")


@pytest.mark.parametrize("passing", [False, True])
async def test_one_of_which_only_the_answer_fails_is_done_and_never_tried_again(
    database: Database, *, passing: bool
) -> None:
    await keep(database, 1, 2)
    async with database.sessions.begin() as session:
        await updates.settle(session, 1, was_owed=False, over=False)

    async with database.sessions.begin() as session:
        outcome = await updates.mark_failed(session, 1, "Traceback", passing=passing)

    found, other = await kept(database), await kept(database, 2)
    assert outcome is Failed.DONE
    assert (found.state, found.owed, found.attempts) == (InboxState.DONE, False, 0)
    assert found.error == (None if passing else "Traceback")
    assert (other.state, other.error) == (InboxState.NEW, None)


async def test_one_that_is_tried_again_keeps_its_error_and_one_of_which_all_is_erased_needs_nothing(
    database: Database,
) -> None:
    await keep(database, 1)

    async with database.sessions.begin() as session:
        outcomes = [await updates.mark_failed(session, inbox_id, "Traceback") for inbox_id in (1, 404)]

    found = await kept(database)
    assert outcomes == [Failed.AGAIN, Failed.DONE]
    assert (found.state, found.error, found.attempts) == (InboxState.NEW, "Traceback", 1)


def test_a_chat_s_updates_are_one_queue_and_what_is_of_no_chat_waits_for_nobody() -> None:
    queues = [
        Waiting(inbox_id, lane, "{}", MONDAY).queue for inbox_id, lane in ((1, 7), (2, 7), (3, -7), (4, 0), (5, 0))
    ]

    assert queues[0] == queues[1]
    assert len(set(queues)) == 4
