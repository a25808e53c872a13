import pytest
from planting import MONDAY

from bot.database import Database
from bot.inbox import updates
from bot.inbox.updates import RawUpdate, SettledElsewhere
from bot.models import InboxUpdate


async def keep(database: Database) -> None:
    async with database.sessions.begin() as session:
        await updates.keep(session, [RawUpdate(1, 7, "{}")], now=MONDAY)


async def settle(database: Database, *, was_owed: bool, over: bool = False) -> None:
    async with database.sessions.begin() as session:
        await updates.settle(session, 1, was_owed=was_owed, over=over)


@pytest.mark.parametrize("over", [False, True])
async def test_what_another_process_has_done_meanwhile_is_not_done_twice(
    either_database: Database, *, over: bool
) -> None:
    await keep(either_database)
    await settle(either_database, was_owed=False, over=over)

    with pytest.raises(SettledElsewhere):
        await settle(either_database, was_owed=False)


async def test_an_answer_that_is_owed_may_be_given_again(either_database: Database) -> None:
    await keep(either_database)
    await settle(either_database, was_owed=False)

    await settle(either_database, was_owed=True)
    await settle(either_database, was_owed=True, over=True)

    with pytest.raises(SettledElsewhere):
        await settle(either_database, was_owed=True)


async def test_what_its_sender_had_erased_is_in_nobody_s_hands(either_database: Database) -> None:
    await keep(either_database)
    async with either_database.sessions.begin() as session:
        await session.delete(await session.get_one(InboxUpdate, 1))
        await session.flush()

        await updates.settle(session, 1, was_owed=False, over=False)
