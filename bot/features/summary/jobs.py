"""Who is not in the Summary is looked for in a child, and no transaction is open meanwhile."""

from bot import insight
from bot.child import Child
from bot.database import Database
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import overlooked
from bot.models import Person

SECONDS = 20.0  # of a processor: to load the encoder takes one or two, 10,000 replies another


async def find_overlooked(database: Database, child: Child, person_id: int, dialogue_id: int) -> tuple[int, ...]:
    """The replies (ids) farthest from every key point, for who writes the Summary; raises NotAnEditor, TookTooLong or Died."""
    async with database.readers() as session:
        reader = await key_points.editor(session, await session.get_one(Person, person_id), dialogue_id)
        material = await overlooked.gather(session, reader)
    return await child.do(insight.overlooked.find, material, seconds=SECONDS)
