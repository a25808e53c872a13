import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import database as databases
from bot.database import Database
from bot.database import lease as leasing
from bot.database.lease import Lease, NotHeld, Shared, lease
from bot.features.questions.actions import deliveries
from bot.ledger import uncertain
from bot.models import Delivery, State
from bot.outbound.actions import claims

pytestmark = pytest.mark.postgresql

NAME = "sender of 42"


@asynccontextmanager
async def process(url: str) -> AsyncIterator[Lease]:
    """What a process of its own would hold: its connections, and perhaps the lease."""
    opened = databases.connect(url)
    held = lease(opened, NAME, settle)
    yield held
    await held.give_up()
    await opened.close()


async def settle(session: AsyncSession) -> None:
    await uncertain.settle_interrupted(session, now=MONDAY)


@pytest.fixture
async def ledger(postgresql_url: str) -> AsyncIterator[Database]:
    """A ledger with three deliveries that are due."""
    opened = databases.connect(postgresql_url)
    await databases.upgrade(opened)
    await planting.plant(opened, "UTC", "UTC", "UTC", questions=1, concept_note={}, reminder=None)
    async with opened.sessions.begin() as session:
        await deliveries.open_due(session, now=MONDAY)
    yield opened
    await opened.close()


async def claim(held: Lease, limit: int = 1) -> int:
    async with held.begin() as session:
        return len((await claims.claim_due(session, now=MONDAY, limit=limit)).letters)


async def states(ledger: Database) -> list[State]:
    async with ledger.readers() as session:
        return sorted(await session.scalars(select(Delivery.state)))


async def end_holder(ledger: Database) -> None:
    async with ledger.sessions.begin() as session:
        await session.execute(text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))


SOON_SECONDS = 5.0


@pytest.mark.usefixtures("ledger")
async def test_of_two_processes_one_may_claim_until_it_gives_the_lease_up(postgresql_url: str) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        taken = await one.take(), await other.take()

        assert taken == (True, False)
        assert await claim(one) == 1
        with pytest.raises(NotHeld):
            await claim(other)

        await one.give_up()

        async with asyncio.timeout(SOON_SECONDS):
            while not await other.take():  # noqa: ASYNC110 - the database lets go as it hears that the connection ended
                await asyncio.sleep(0.01)
        assert await claim(other) == 1


@pytest.mark.usefixtures("ledger")
async def test_the_holder_remains_the_holder(postgresql_url: str) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.take()

        again = [await one.take(), await other.take(), await one.take()]

        assert again == [False, False, False]
        assert (one.held, other.held) == (True, False)


@pytest.mark.usefixtures("ledger")
async def test_tokens_have_leases_of_their_own(postgresql_url: str) -> None:
    opened = databases.connect(postgresql_url)
    one, other = lease(opened, NAME, settle), lease(opened, "sender of 43", settle)

    assert [await one.take(), await other.take()] == [True, True]

    for each in (one, other):
        await each.give_up()
    await opened.close()


async def test_what_the_last_holder_was_sending_is_held_as_uncertain_before_anything_is_claimed(
    ledger: Database, postgresql_url: str
) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.take()
        await claim(one)
        await end_holder(ledger)

        await other.take()

        assert await states(ledger) == [State.PLANNED, State.PLANNED, State.UNCERTAIN]


async def test_who_lost_the_lease_in_the_middle_of_a_claim_has_claimed_nothing(
    ledger: Database, postgresql_url: str
) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.take()

        with pytest.raises((SQLAlchemyError, NotHeld)):  # whether its connection is known to be gone when it commits
            await claim_while_followed(one, other, ledger)

        assert not one.held
        assert await states(ledger) == [State.PLANNED] * 3
        assert await claim(other, limit=3) == 3


async def claim_while_followed(one: Lease, other: Lease, ledger: Database) -> None:
    async with one.begin() as session:
        await claims.claim_due(session, now=MONDAY, limit=2)
        await end_holder(ledger)
        while not await other.take():  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def test_a_holder_that_stands_still_is_followed_and_can_t_claim_or_send_when_it_goes_on(
    ledger: Database, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leasing, "WATCH", leasing.WATCH | {"idle_session_timeout": "200ms"})
    monkeypatch.setattr(leasing, "SILENCE_SECONDS", 0.2)
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.take()
        claimed = asyncio.get_running_loop().time()
        await claim(one)
        while not await other.take():  # noqa: ASYNC110 - the database ends the first's connection by its own clock
            await asyncio.sleep(0.1)

        with pytest.raises(SQLAlchemyError):
            await one.affirm(claimed)
        with pytest.raises(NotHeld):
            await claim(one)

    assert (await states(ledger)).count(State.UNCERTAIN) == 1


@pytest.mark.usefixtures("ledger")
async def test_what_was_claimed_just_now_may_be_sent_without_asking(postgresql_url: str) -> None:
    async with process(postgresql_url) as one:
        await one.take()
        await claim(one)

        await one.affirm(asyncio.get_running_loop().time())

        assert one.held


async def test_on_sqlite_the_one_process_holds_it(database: Database) -> None:
    held = lease(database, NAME, settle)

    assert [await held.take(), await held.take(), held.held] == [True, False, True]


@pytest.mark.usefixtures("ledger")
async def test_a_holder_whose_word_the_database_refused_once_holds_the_lease_still(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with process(postgresql_url) as one, process(postgresql_url) as other:
        await one.take()

        async def refused(held: Shared) -> None:
            async with held.begin() as session:
                await session.execute(text("SELECT 1 / 0"))

        with monkeypatch.context() as patched, suppress(SQLAlchemyError):
            patched.setattr(Shared, "_show", refused)
            await one.take()

        assert one.held
        assert await claim(one) == 1
        assert not await other.take()
