from planting import MONDAY
from sqlalchemy import event
from steps import join, say
from world import World

from bot.sandbox import Phone


async def test_a_tick_that_finds_nothing_to_do_begins_nothing_that_writes(
    world: World, dialogue: str, ada: Phone, bea: Phone
) -> None:
    await say(world, ada, "/start")
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await say(world, bea, "I learned to listen before I ask.")
    begun: list[object] = []
    event.listen(world.database.engine.sync_engine, "begin", begun.append)

    await world.bot.tick()

    assert begun == []
