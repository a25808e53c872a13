"""What must not grow with the crowd: what is done again and again, and what people do."""

from collections.abc import Awaitable, Callable
from functools import partial

from effort import asked_and_answered, effort
from planting import MONDAY
from steps import join, say
from world import World

from bot.sandbox import Phone

Act = Callable[[], Awaitable[object]]

HUNDREDS, THOUSANDS = 300, 3_000
LEEWAY = 40  # how often the inbox is looked through meanwhile is chance; what grows tenfold is far above it


async def test_neither_a_tick_nor_what_people_do_reads_more_among_thousands_than_among_hundreds(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    async def count() -> None:
        for _ in range(10):  # the tallies count some at a time
            await world.bot.tick()

    async def efforts() -> dict[str, int]:
        acts: dict[str, Act] = {"tick": world.bot.tick, "reply": partial(say, world, bea, "Aprendimos a escuchar.")}
        acts |= {text: partial(say, world, bea, text) for text in ("/start", "/me", "/help")}
        acts |= {text: partial(say, world, ada, text) for text in ("/digest", "/queue", "/themes")}
        return {name: await effort(world.database, act) for name, act in acts.items()}

    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await asked_and_answered(world.database, 2_000, HUNDREDS)
    await count()
    await efforts()  # the first time there is more to do
    among_hundreds = await efforts()
    await asked_and_answered(world.database, 10_000, THOUSANDS)
    await count()

    among_thousands = await efforts()

    grown = {name: (before, among_thousands[name]) for name, before in among_hundreds.items()}
    assert {name: each for name, each in grown.items() if each[1] > each[0] + LEEWAY} == {}
