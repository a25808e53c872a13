import asyncio
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from drawing import Generator
from planting import MONDAY
from sqlalchemy import func, select
from steps import join, say
from world import World

from bot.inbound.polling import raw_update
from bot.models import InboxState, InboxUpdate, Reply
from bot.sandbox import Phone, Sandbox
from bot.telegram.buttons import VERBS

UPDATES = int(os.environ.get("FUZZ_UPDATES", "1000"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
BATCH = 100
PEOPLE = range(50_001, 50_021)
FIRST_ID = 10_000_000


@pytest.fixture(autouse=True)
def _lenient(sandbox: Sandbox) -> Iterator[None]:
    yield
    sandbox.refusals.clear()  # what stands in none of these chats can't be answered


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.inbound.worker.RETRY_SECONDS", 0.02)


def percentiles(waits: Sequence[float]) -> tuple[float, float]:
    return statistics.median(waits), sorted(waits)[int(len(waits) * 0.99)]


def data() -> Iterator[str]:
    yield from (word for word in VERBS)
    yield from (f"{word}:1" for word in VERBS)
    yield from (f"{word}:1:1" for word in VERBS)


@pytest.mark.usefixtures("dialogue")
async def test_updates_of_every_shape_stop_nothing_and_others_are_served_meanwhile(
    world: World, bea: Phone, record_property: Callable[[str, object], None]
) -> None:
    for person in PEOPLE:
        await world.sandbox.phone(user_id=person, first_name="Gus", language_code="es").sends("Hola")
    await join(world, bea)
    await world.until(MONDAY)
    generator, said, waits = Generator(SEED, PEOPLE, list(data())), list[str](), list[float]()

    for first in range(0, UPDATES, BATCH):
        numbers = range(FIRST_ID + first, FIRST_ID + first + BATCH)
        drawn = [generator.marred(number) if number % 3 == 0 else generator.update(number) for number in numbers]
        await world.bot.keeper.keep([raw_update(update) for update in drawn])
        said.append(f"Respuesta {first}")
        began = time.monotonic()
        await bea.sends(said[-1])
        async with asyncio.timeout(60):
            while said[-1] not in await kept(world):  # noqa: ASYNC110 - there is no event for it
                await asyncio.sleep(0.01)
        waits.append((time.monotonic() - began) * 1000)
    await world.settle()
    record_property("waits, ms: median, 99th percentile", [f"{each:.0f}" for each in percentiles(waits)])

    counts = await states(world)
    # Of each chat the last that were parked are kept: none waits, and few chats send what can't be read so often.
    assert counts.keys() <= {InboxState.DONE, InboxState.PARKED}
    assert counts[InboxState.DONE] > 0.6 * UPDATES  # a third is marred, and of what is parked each chat has its newest
    assert await unanswered(world) == 0
    await say(world, bea, "Al final")
    assert "Al final" in await kept(world)


async def kept(world: World) -> list[str]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Reply.text).order_by(Reply.id.desc()).limit(3)))


async def states(world: World) -> dict[InboxState, int]:
    async with world.database.readers() as session:
        counted = select(InboxUpdate.state, func.count().label("number")).where(InboxUpdate.update_id >= FIRST_ID)
        found = await session.execute(counted.group_by(InboxUpdate.state))
        return {row.state: row.number for row in found}


async def unanswered(world: World) -> int:
    """How many are neither done nor parked, nor only owed their answer."""
    async with world.database.readers() as session:
        waiting = (InboxUpdate.state == InboxState.NEW, ~InboxUpdate.owed)
        return await session.scalar(select(func.count()).where(*waiting)) or 0
