"""Many come at once, Telegram says wait, the bot is killed: everyone gets their answer all the same, and nothing is asked for in vain."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select
from steps import about, join, texts
from world import World, settings_for

from bot.app.application import Bot
from bot.database import Database
from bot.models import InboxState, InboxUpdate, Reply
from bot.sandbox import Clock, Flood, Phone, Sandbox

RATE = 10
CROWD = 40
SECONDS = 60.0  # that a loaded machine may need for all of it
INVITED = "You are invited"


@pytest.fixture
def flood() -> Flood:
    return Flood(per_second=RATE, retry_after=2)


@pytest.fixture
async def sandbox(clock: Clock, flood: Flood) -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=clock, flood=flood) as running:
        yield running
        assert running.refusals == []


@pytest.fixture
def bot(sandbox: Sandbox, database: Database, database_url: str, clock: Clock) -> Bot:
    settings = settings_for(sandbox, database_url, messages_per_second=RATE)
    return Bot(settings, database, clock=clock.now, tick_seconds=0.5)


@pytest.fixture
async def world(sandbox: Sandbox, bot: Bot, database: Database, clock: Clock) -> AsyncIterator[World]:
    async with bot.running():
        yield World(sandbox, bot, database, clock)


def crowd(sandbox: Sandbox, count: int = CROWD) -> list[Phone]:
    return [sandbox.phone(2000 + number, f"M{number}", language_code="en") for number in range(count)]


async def all_have(phones: Sequence[Phone], words: str) -> None:
    """Wait until each has got a message with some words."""
    try:
        async with asyncio.timeout(SECONDS):
            while any(not about(phone, words) for phone in phones):  # noqa: ASYNC110 - as people look
                await asyncio.sleep(0.05)
    except TimeoutError:
        lacking = [phone.first_name for phone in phones if not about(phone, words)]
        raise AssertionError(f"{len(lacking)} of {len(phones)} never saw {words!r}: {lacking}") from None


@pytest.mark.usefixtures("dialogue")
async def test_everyone_who_comes_in_a_rush_is_invited_and_telegram_never_has_to_refuse(
    world: World, flood: Flood
) -> None:
    phones = crowd(world.sandbox)

    for phone in phones:
        await phone.opens_link("training")
    await all_have(phones, INVITED)

    assert (flood.refused, flood.during_waits) == (0, 0)
    assert {len(texts(phone)) for phone in phones} == {1}


@pytest.mark.usefixtures("dialogue")
async def test_a_refusal_in_the_middle_of_a_rush_costs_nobody_the_invitation(world: World, flood: Flood) -> None:
    phones = crowd(world.sandbox)

    for number, phone in enumerate(phones):
        if number == CROWD // 2:
            world.sandbox.faults.add("sendMessage", times=2, status=429, retry_after=7)
        await phone.opens_link("training")
    await all_have(phones, INVITED)

    assert flood.during_waits == 0
    assert {len(texts(phone)) for phone in phones} == {1}


@pytest.mark.usefixtures("dialogue")
async def test_while_telegram_said_wait_nothing_is_asked_for_and_what_members_say_is_kept(
    world: World, flood: Flood, bea: Phone
) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    newcomers = crowd(world.sandbox, 8)
    world.sandbox.faults.add("sendMessage", times=2, status=429, retry_after=4)
    for phone in newcomers[:2]:
        await phone.opens_link("training")
    await struck(world)

    tried = len(world.sandbox.requests)
    for phone in newcomers[2:]:
        await phone.opens_link("training")
    await bea.sends("Lo que aprendí")
    async with asyncio.timeout(3):
        while await kept(world) != ["Lo que aprendí"]:  # noqa: ASYNC110 - in another task
            await asyncio.sleep(0.02)
    meanwhile = len(world.sandbox.requests)
    await all_have(newcomers, INVITED)
    await bea.receives("Gracias", timeout=SECONDS)

    assert meanwhile == tried
    assert flood.during_waits == 0
    assert {len(texts(phone)) for phone in newcomers} == {1}


async def struck(world: World) -> None:
    """Wait until the faults of a test have struck."""
    async with asyncio.timeout(SECONDS):
        while world.sandbox.faults.waiting:  # noqa: ASYNC110 - the sandbox has no event for it
            await asyncio.sleep(0.01)


async def kept(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id)))


async def test_an_answer_that_is_owed_is_brought_once_after_a_restart(
    sandbox: Sandbox, bot: Bot, database: Database, database_url: str, clock: Clock
) -> None:
    async with database.sessions.begin() as session:
        session.add(planting.dialogue())
    bea = sandbox.phone(1002, "Bea", language_code="en")
    sandbox.faults.add("sendMessage", status=429, retry_after=3600)

    async with bot.running():
        await bea.opens_link("training")
        await World(sandbox, bot, database, clock).handled()
    before, owed = len(texts(bea)), await states(database)
    async with Bot(settings_for(sandbox, database_url), database, clock=clock.now).running():
        await all_have([bea], INVITED)
        async with asyncio.timeout(SECONDS):
            while (InboxState.DONE, False) not in await states(database):  # noqa: ASYNC110 - in another task
                await asyncio.sleep(0.02)

    assert (before, owed) == (0, [(InboxState.NEW, True)])
    assert await states(database) == [(InboxState.DONE, False)]
    assert len(texts(bea)) == 1


async def states(database: Database) -> list[tuple[InboxState, bool]]:
    async with database.readers() as session:
        rows = await session.execute(select(InboxUpdate.state, InboxUpdate.owed).order_by(InboxUpdate.id))
        return [(state, owed) for state, owed in rows]


@pytest.mark.usefixtures("dialogue")
async def test_who_taps_without_pause_takes_little_from_a_question_that_goes_out(
    world: World, flood: Flood, chloe: Phone
) -> None:
    phones = crowd(world.sandbox, 20)
    for phone in phones:
        await phone.opens_link("training")
    await all_have(phones, INVITED)
    for phone in phones:
        await phone.taps(data="join:1")
    await world.handled()

    for _ in range(60):
        await chloe.sends("/help")
    world.clock.advance_to(MONDAY)
    await all_have(phones, "What have you learned in step 1?")
    helped = len(texts(chloe))

    assert flood.refused == 0
    assert flood.during_waits == 0
    assert helped < 60 / 2
