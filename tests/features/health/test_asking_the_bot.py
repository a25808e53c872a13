import pytest
from planting import MONDAY
from world import World

from bot.features.health import jobs
from bot.features.health.actions.findings import Level, Matter


async def ask(world: World) -> dict[str, tuple[Matter, Level]]:
    assert world.bot.server.url is not None
    address = world.bot.server.url.removeprefix("http://")
    return {one.detail: (one.matter, one.level) for one in await jobs.ask_bot(address, clock=world.clock.now)}


async def test_a_running_bot_says_when_its_jobs_were_done_and_are_done_next(world: World) -> None:
    while world.bot.vitals.seconds_since("tick") is None:
        await world.bot.tick()

    told = await ask(world)

    assert told["tick"] == (Matter.JOB_DONE, Level.FINE)
    assert told["comparing tallies"] == (Matter.JOB_AHEAD, Level.FINE)


async def test_what_fails_in_a_running_bot_is_a_fault(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_args: object, **_named: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr("bot.features.questions.actions.closings.any_due", fail)
    await world.bot.tick()

    assert (await ask(world))["closings (ValueError)"] == (Matter.WORK_FAILS, Level.FAULT)


async def test_where_no_bot_answers_nothing_is_said_of_it() -> None:
    assert await jobs.ask_bot("127.0.0.1:1", clock=lambda: MONDAY) == []
