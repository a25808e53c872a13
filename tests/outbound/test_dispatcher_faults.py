"""What fails in one delivery, or between two of them, is set aside or told, and stops nothing else."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from planting import MONDAY, WEEK
from scenes import scene
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from steps import about, join
from world import ADA, BEA, CHLOE, World

from bot.features.health.actions import findings
from bot.features.health.actions.findings import Matter
from bot.ledger.letters import Letter
from bot.ledger.outcomes import Outcome
from bot.outbound.actions import checks, claims, contents, settlement
from bot.outbound.dispatcher import Dispatcher
from bot.sandbox import Phone

pytestmark = pytest.mark.usefixtures("dialogue")


@pytest.fixture
@scene
async def _joined(world: World, dialogue: str, ada: Phone, bea: Phone, chloe: Phone) -> None:
    del dialogue
    for phone in (ada, bea, chloe):
        await join(world, phone)


async def states(world: World) -> list[str]:
    return [state for kind, state, _ in await world.deliveries() if kind == "question"]


async def unwritten(world: World) -> list[tuple[int, str]]:
    async with world.database.readers() as session:
        found = await findings.examine(session, now=world.clock.now())
    return [(one.count, one.detail) for one in found if one.matter is Matter.UNWRITTEN]


def failing_for(real: Any, telegram_id: int) -> Any:
    """As it is, but for one recipient, at whom it raises."""

    def look(owed: object, recipient: Any, *others: object, **named: object) -> object:
        if recipient.chat_id == telegram_id:
            raise ValueError("a fault of ours")
        return real(owed, recipient, *others, **named)

    return look


@pytest.mark.usefixtures("_joined")
async def test_a_row_that_can_t_be_looked_at_is_set_aside_and_found_and_goes_out_once_it_can_be(
    world: World, ada: Phone, bea: Phone, chloe: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "look_again", failing_for(checks.look_again, BEA))

    await world.until(MONDAY)
    sent = [len(about(phone, words)) for phone, words in ((ada, "step 1"), (bea, "paso 1"), (chloe, "étape 1"))]
    found = await unwritten(world)
    monkeypatch.undo()
    await world.pass_time(minutes=16)

    assert sent == [1, 0, 1]
    assert found == [(1, "ValueError('a fault of ours')")]
    assert len(about(bea, "paso 1")) == 1
    assert await unwritten(world) == []


@pytest.mark.usefixtures("_joined")
async def test_a_row_whose_claim_fails_holds_up_only_itself(
    world: World, ada: Phone, bea: Phone, chloe: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be read at all, as a value that no version knows, fails for all that is claimed with it."""
    async with world.database.readers() as session:
        of_bea = (
            "SELECT member.id FROM member JOIN person ON person.id = member.person_id WHERE person.telegram_id = :bea"
        )
        member_id = await session.scalar(text(of_bea), {"bea": BEA})
    read = contents.read

    async def fail(session: AsyncSession, owed: Sequence[Any]) -> Any:
        if any(one.member_id == member_id for one in owed):
            raise LookupError("no such kind")
        return await read(session, owed)

    monkeypatch.setattr(contents, "read", fail)
    await world.until(MONDAY)
    await world.bot.tick()
    sent = [len(about(phone, words)) for phone, words in ((ada, "step 1"), (bea, "paso 1"), (chloe, "étape 1"))]
    found = await unwritten(world)
    monkeypatch.undo()
    await world.pass_time(minutes=16)

    assert sent == [1, 0, 1]
    assert found == [(1, "LookupError('no such kind')")]
    assert len(about(bea, "paso 1")) == 1


@pytest.mark.usefixtures("_joined")
async def test_a_fault_between_two_claims_leaves_nothing_on_its_way(
    world: World, ada: Phone, bea: Phone, chloe: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters that Telegram has taken are recorded, and their chats and slots serve again."""
    world.sandbox.faults.add("sendMessage", delay=0.3, times=3)
    due = claims.is_due

    async def fail(*_args: object, **_named: object) -> bool:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(claims, "is_due", fail)
    await world.until(MONDAY)
    recorded, troubles = await states(world), dict(world.bot.vitals.troubles)
    monkeypatch.setattr(claims, "is_due", due)
    await world.until(MONDAY + WEEK)

    assert recorded == ["sent"] * 3
    assert troubles["free letters"].error == "ValueError"
    for phone, words in ((ada, "step"), (bea, "paso"), (chloe, "étape")):
        assert [len(about(phone, f"{words} {number}")) for number in (1, 2)] == [1, 1]


@pytest.mark.usefixtures("_joined")
async def test_one_outcome_that_can_t_be_recorded_keeps_no_other_and_is_recorded_later(
    world: World, ada: Phone, bea: Phone, chloe: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = settlement.record

    async def fail(session: AsyncSession, outcomes: Sequence[tuple[Letter, Outcome]], **named: Any) -> None:
        if any(letter.chat_id == CHLOE for letter, _ in outcomes):
            raise ValueError("a fault of ours")
        await record(session, outcomes, **named)

    monkeypatch.setattr(settlement, "record", fail)
    await world.until(MONDAY)
    recorded = sorted(await states(world))
    monkeypatch.undo()
    await world.until(MONDAY + timedelta(minutes=1))

    assert recorded == ["sending", "sent", "sent"]
    assert await states(world) == ["sent"] * 3
    for phone, words in ((ada, "step 1"), (bea, "paso 1"), (chloe, "étape 1")):
        assert len(about(phone, words)) == 1


@pytest.mark.usefixtures("_joined")
async def test_who_is_broken_off_gives_back_chats(
    world: World, ada: Phone, bea: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next question reaches a chat whose last letter was on its way when its sending was cancelled."""
    send, begun = Dispatcher._send, asyncio.Event()  # noqa: SLF001 - nothing else cancels a single letter

    async def hang(dispatcher: Dispatcher, letter: Letter, *others: Any) -> Outcome:
        if letter.chat_id == ADA:
            begun.set()
            await asyncio.sleep(60)
        return await send(dispatcher, letter, *others)

    monkeypatch.setattr(Dispatcher, "_send", hang)
    world.clock.advance_to(MONDAY)
    async with asyncio.TaskGroup() as tasks:
        tick = tasks.create_task(world.bot.tick())
        await begun.wait()
        tick.cancel()
    monkeypatch.undo()
    await world.until(MONDAY + WEEK)

    assert len(about(bea, "paso 2")) == 1
    assert len(about(ada, "step 2")) == 1
