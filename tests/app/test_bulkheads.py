"""A fault in one piece of the work stops nothing else, and shows."""

import asyncio
from typing import Any

import aiohttp
import pytest
from planting import MONDAY
from steps import about, join
from world import World

from bot.app import agenda, guard
from bot.app.guard import Guard, see_through
from bot.database import Database, run
from bot.database.outage import Outage
from bot.sandbox import Phone
from bot.web.vitals import Vitals

STEPS = {
    "languages": "bot.features.replies.jobs.recognise",
    "tallies": "bot.tallies.updates.catch_up",
    "digests": "bot.features.digests.actions.subscriptions.open_due",
    "merged replies": "bot.features.moderation.actions.decisions.release_merged",
    "overdue": "bot.features.moderation.actions.overdue.open_due",
    "afterwords": "bot.features.summary.actions.afterwords.open_due",
    "rooms": "bot.features.groups.jobs.Furnisher.furnish",
}

# By which it is seen whether a step is to be done at all, where a statement alone can't tell.
SEEING = {
    "questions": "bot.features.questions.actions.deliveries.any_due",
    "digests": "bot.features.digests.actions.subscriptions.any_due",
}
WANTED = "bot.database.looks.Looks.wanted"


async def fail(*_args: object, **_named: object) -> None:
    raise ValueError("a fault of ours")


async def find(*_args: object, **_named: object) -> bool:
    return True


async def find_all(*_args: object, **_named: object) -> dict[str, bool]:
    return dict.fromkeys(agenda.LOOKS, True)


async def is_counted(database: Database) -> bool:
    async with database.readers() as session:
        return not await run(session, agenda.LOOKS["tallies"].found, {})


async def trouble(world: World) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{world.bot.server.url}/health/ready") as answer:
        troubles: dict[str, Any] = (await answer.json())["troubles"]
    return troubles


@pytest.mark.usefixtures("dialogue")
@pytest.mark.parametrize(("step", "fault"), [*STEPS.items(), *SEEING.items()])
async def test_a_step_that_fails_each_time_keeps_no_other_back_and_shows(
    world: World, bea: Phone, monkeypatch: pytest.MonkeyPatch, *, step: str, fault: str
) -> None:
    await join(world, bea)
    if step in SEEING:
        monkeypatch.setattr(SEEING[step], find)
    monkeypatch.setattr(WANTED, find_all)
    monkeypatch.setattr(fault, fail)

    await world.until(MONDAY)
    shown, asked = await trouble(world), len(about(bea, "paso 1"))
    monkeypatch.undo()
    await world.bot.tick()

    assert asked == (step != "questions")
    assert len(about(bea, "paso 1")) == 1
    assert list(shown) == [step]
    assert shown[step]["error"] == "ValueError"
    assert (world.bot.vitals.registry.get_sample_value("vdialogue_faults_total", {"work": step}) or 0) >= 1
    assert step not in await trouble(world)


@pytest.mark.usefixtures("dialogue")
async def test_where_nobody_can_see_what_is_to_be_done_all_of_it_is_done(
    world: World, bea: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WANTED, fail)

    await join(world, bea)
    await world.until(MONDAY)

    assert len(about(bea, "paso 1")) == 1
    assert await trouble(world) == {}
    await world.bot.tick()  # counts what the last one sent
    assert await is_counted(world.database)


@pytest.mark.usefixtures("dialogue")
async def test_a_background_task_that_fails_ends_nothing_and_is_begun_again(
    world: World, bea: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The keeper, in the midst of a commit of updates."""
    monkeypatch.setattr(guard, "FIRST_PAUSE_SECONDS", 0.01)
    failed = asyncio.Event()

    def fail_once(*_given: object) -> None:
        monkeypatch.undo()
        failed.set()
        raise ValueError("a fault of ours")

    monkeypatch.setattr(world.bot.keeper, "_commit", fail_once)
    await bea.opens_link("training")
    await failed.wait()

    await join(world, bea)
    await world.until(MONDAY)

    assert len(about(bea, "paso 1")) == 1
    assert (await trouble(world))["keeper"]["error"] == "ValueError"


async def test_a_worker_that_failed_goes_on_with_the_chats_it_had_in_hand(
    world: World, bea: Phone, dialogue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = asyncio.Event()

    def fail_once(*_given: object) -> None:
        monkeypatch.undo()
        failed.set()
        raise ValueError("a fault of ours")

    monkeypatch.setattr(world.bot.worker, "_work_off", fail_once)
    await bea.opens_link(dialogue)
    await failed.wait()

    await world.handled()

    assert bea.received != []


def a_guard() -> tuple[Guard, Vitals]:
    vitals = Vitals()
    return Guard(Outage(), vitals), vitals


async def test_work_that_ends_in_a_fault_is_begun_again_at_growing_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr(guard, "sleep", note)
    bulkheads, vitals = a_guard()

    async def work() -> None:
        if len(pauses) < 9:
            raise ExceptionGroup("several", [OSError("gone")])

    await bulkheads.keep_going("work", work)

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert vitals.registry.get_sample_value("vdialogue_faults_total", {"work": "work"}) == 9


async def test_who_is_cancelled_twice_while_ending_ends_in_order() -> None:
    ended = []

    async def end() -> None:
        for part in ("receiving", "sending", "lease"):
            await asyncio.sleep(0.01)
            ended.append(part)

    async def run() -> None:
        try:
            await asyncio.sleep(10)
        finally:
            await see_through(end())

    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(run())
        for _ in range(3):
            await asyncio.sleep(0.005)
            running.cancel()

    assert running.cancelled()
    assert ended == ["receiving", "sending", "lease"]
