import asyncio
from datetime import timedelta
from typing import Any

import pytest
from planting import MONDAY
from sqlalchemy import select, update
from steps import about, join
from world import BEA, World

from bot.features.privacy.actions import erasure
from bot.models import Delivery, Kind, Person, Question
from bot.outbound import corrector
from bot.sandbox import Phone


async def reword(world: World, **texts: str | None) -> None:
    """Change the first question, where it was posted too; None is what no file can bring about."""
    async with world.database.sessions.begin() as session:
        question = (await session.scalars(select(Question).order_by(Question.id))).first()
        assert question is not None
        question.text = {**question.text, **texts}  # type: ignore[dict-item]  # see above
        await session.execute(update(Delivery).where(Delivery.kind == Kind.QUESTION).values(stale=True))


async def leave_stale(world: World) -> None:
    """Let the wording of all questions be another one than what was sent."""
    async with world.database.sessions.begin() as session:
        await session.execute(update(Delivery).where(Delivery.kind == Kind.QUESTION).values(stale=True))


async def stale(world: World) -> list[int]:
    async with world.database.readers() as session:
        return list(await session.scalars(select(Delivery.id).where(Delivery.stale)))


@pytest.mark.usefixtures("dialogue")
async def test_a_changed_wording_is_corrected_where_it_stands(world: World, bea: Phone) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    await reword(world, es="¿Qué aprendió usted?")
    before = len(bea.received)
    world.sandbox.faults.add("editMessageText", status=429, retry_after=1)

    await world.settle()
    await asyncio.sleep(1)
    await world.settle()

    assert len(about(bea, "¿Qué aprendió usted?")) == 1
    assert about(bea, "¿Qué ha aprendido en el paso 1?") == []
    assert len(bea.received) == before


@pytest.mark.usefixtures("dialogue")
async def test_edits_that_telegram_puts_off_for_hours_hold_up_no_one_else_s_question(
    world: World, ada: Phone, bea: Phone
) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    await leave_stale(world)
    world.sandbox.faults.add("editMessageText", status=429, retry_after=3 * 3600)
    await world.bot.tick()

    await join(world, ada)
    await world.until(MONDAY + timedelta(weeks=1))

    assert len(about(ada, "step 2")) == 1
    assert about(bea, "paso 2") == []
    assert [state for kind, state, _ in await world.deliveries() if kind == "question"].count("planned") == 1
    assert len(await stale(world)) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_wording_that_telegram_no_longer_lets_correct_is_left_as_it_stands(world: World, bea: Phone) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    await leave_stale(world)
    world.sandbox.faults.add("editMessageText", status=400, description="message can't be edited")

    await world.settle()
    await world.pass_time(hours=1)

    assert len(about(bea, "¿Qué ha aprendido en el paso 1?")) == 1
    assert await stale(world) == []


@pytest.mark.usefixtures("dialogue")
async def test_who_has_everything_erased_meanwhile_keeps_nobody_from_the_correction(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    for phone in (ada, bea, chloe):
        await join(world, phone)
    await world.until(MONDAY)
    await reword(world, en="What did you learn?", es="¿Qué aprendió usted?", fr="Qu’avez-vous retenu ?")
    world.sandbox.faults.add("editMessageText", chat_id=ada.user_id, delay=1)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(world.bot.tick())
        while not about(ada, "What did you learn?"):  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)
        async with world.database.sessions.begin() as session:
            person = (await session.scalars(select(Person).where(Person.telegram_id == BEA))).one()
            await erasure.erase(session, person, now=MONDAY)

    assert len(about(ada, "What did you learn?")) == 1
    assert len(about(chloe, "Qu’avez-vous retenu ?")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_one_wording_that_can_t_be_written_keeps_nobody_else_from_the_correction(
    world: World, ada: Phone, bea: Phone, chloe: Phone
) -> None:
    for phone in (ada, bea, chloe):
        await join(world, phone)
    await world.until(MONDAY)

    await reword(world, en="What did you learn?", es=None, fr="Qu’avez-vous retenu ?")
    await world.settle()

    assert len(about(ada, "What did you learn?")) == 1
    assert len(about(chloe, "Qu’avez-vous retenu ?")) == 1


@pytest.mark.usefixtures("dialogue")
async def test_a_wording_that_could_not_be_written_is_tried_again_after_a_while_and_not_before(
    world: World, ada: Phone, bea: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrector, "REWRITE_SECONDS", 1.0)
    monkeypatch.setattr(corrector, "BATCH", 1)  # each takes a look of its own
    for phone in (bea, ada):
        await join(world, phone)
    await world.until(MONDAY)

    await reword(world, en="What did you learn?", es=None)
    await world.settle()
    await reword(world, en="What did you learn there?", es="¿Qué aprendió usted?")
    await world.settle()
    at_once = [len(about(phone, words)) for phone, words in ((ada, "learn there?"), (bea, "¿Qué aprendió"))]
    await asyncio.sleep(1)
    await world.settle()

    assert at_once == [1, 0]
    assert len(about(bea, "¿Qué aprendió usted?")) == 1
    assert await stale(world) == []


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize("fault", [{"drop": "before"}, {"drop": "after"}, {"status": 502}], ids=str)
async def test_a_correction_that_did_not_get_through_is_made_later(
    world: World, ada: Phone, bea: Phone, fault: dict[str, Any]
) -> None:
    await join(world, ada)
    await join(world, bea)
    await world.until(MONDAY)
    await reword(world, en="What did you learn?", es="¿Qué aprendió usted?")
    world.sandbox.faults.add("editMessageText", times=None, **fault)

    await world.settle()
    left = len(await stale(world))
    world.sandbox.faults.clear()
    await world.pass_time(minutes=1)

    assert left == 2
    assert len(about(ada, "What did you learn?")) == len(about(bea, "¿Qué aprendió usted?")) == 1
    assert await stale(world) == []
    world.sandbox.refusals.clear()  # what had arrived without an answer is "not modified" the second time


@pytest.mark.usefixtures("dialogue")
async def test_a_wording_that_changes_while_it_is_corrected_is_corrected_again(world: World, bea: Phone) -> None:
    await join(world, bea)
    await world.until(MONDAY)
    await reword(world, es="¿Qué aprendió usted?")
    world.sandbox.faults.add("editMessageText", delay=0.5)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(world.bot.tick())
        while not about(bea, "¿Qué aprendió usted?"):  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)
        await reword(world, es="¿Qué se lleva usted?")
    await world.settle()

    assert len(about(bea, "¿Qué se lleva usted?")) == 1
    assert await stale(world) == []
