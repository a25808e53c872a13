import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from planting import MONDAY
from sqlalchemy import select, update
from steps import about, join
from world import World

from bot.models import Delivery, Halt, Kind, State
from bot.outbound.actions import settlement
from bot.sandbox import Phone
from bot.telegram.request import NOT_SENT

pytestmark = pytest.mark.usefixtures("dialogue")


def gate(world: World) -> Any:
    return world.bot.application.bot_data["house"].gate


async def question(world: World) -> tuple[State, str | None, datetime | None]:
    async with world.database.readers() as session:
        row = (await session.scalars(select(Delivery).where(Delivery.kind == Kind.QUESTION))).one()
        return row.state, row.reason, row.settled_at


async def test_what_is_due_once_all_is_to_end_stays_for_who_comes_after(world: World, bea: Phone) -> None:
    await join(world, bea)
    world.bot.sending.end()

    await world.until(MONDAY)

    assert about(bea, "paso 1") == []
    assert (await question(world))[0] is State.PLANNED


async def test_when_there_is_a_way_to_telegram_again_what_is_due_goes_out_at_once(world: World, bea: Phone) -> None:
    await join(world, bea)
    world.clock.advance_to(MONDAY)
    world.bot.sending._absence.called(NOT_SENT)  # noqa: SLF001 - as the transport tells it

    await world.bot.tick()

    assert len(about(bea, "paso 1")) == 1


@pytest.mark.on_either_database
async def test_who_takes_over_holds_what_was_being_sent_and_waits_as_long_as_telegram_had_asked(
    world: World, bea: Phone
) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    bot_id = world.bot.application.bot.id
    async with world.database.sessions.begin() as session:
        await session.execute(update(Delivery).where(Delivery.kind == Kind.QUESTION).values(state=State.SENDING))
        await settlement.halt(session, bot_id=bot_id + 1, until=MONDAY + timedelta(hours=9))
        await world.bot.sending.take_over(session)
    of_another = gate(world).halted_seconds

    async with world.database.sessions.begin() as session:
        for hours in (9, 1):
            await settlement.halt(session, bot_id=bot_id, until=MONDAY + timedelta(hours=hours))
        await world.bot.sending.take_over(session)

    assert await question(world) == (State.UNCERTAIN, "interrupted", MONDAY)
    assert of_another <= 0
    assert 3590 < gate(world).halted_seconds <= 3600


async def test_what_telegram_asks_of_all_sending_is_remembered_for_who_comes_after(world: World) -> None:
    bot_id = world.bot.application.bot.id

    gate(world).halt(3600)
    gate(world).halted.set()  # as when Telegram asks for it

    async with asyncio.timeout(5):
        until = None
        while until is None:
            await asyncio.sleep(0.05)
            async with world.database.readers() as session:
                until = await settlement.halted_until(session, bot_id=bot_id)
                others = await session.scalar(select(Halt).where(Halt.bot_id != bot_id))
    waits = until - world.clock.now()
    assert timedelta(seconds=3590) < waits <= timedelta(seconds=3600)
    assert others is None
