from planting import MONDAY, reply
from sqlalchemy import func, select
from steps import join
from world import World

from bot.core.messages import Content
from bot.models import Delivery, Kind, LanguageSource, Member, Person, Reply
from bot.sandbox import Phone


async def done_unasked(world: World) -> tuple[int, LanguageSource | None]:
    """How often the second question is owed, and whether the reply to the first has been looked at."""
    async with world.database.readers() as session:
        owed = select(func.count()).where(Delivery.question_id == 2, Delivery.kind == Kind.QUESTION)
        return await session.scalar(owed) or 0, await session.scalar(select(Reply.language_source))


async def test_a_process_that_does_not_work_for_the_bot_does_nothing_unasked(
    world: World, dialogue: str, bea: Phone
) -> None:
    await join(world, bea, dialogue)
    await world.until(MONDAY)
    await world.bot.lease.give_up()
    async with world.database.sessions.begin() as session:
        member_id = await session.scalar(select(Member.id).join(Member.person).where(Person.telegram_id == bea.user_id))
        assert member_id is not None
        words = "Lo que aprendimos fue a escuchar antes de preguntar."
        await reply(session, member_id, message_id=99, content=Content("text", words))
    await world.pass_time(weeks=1)
    beside = await done_unasked(world)

    await world.bot.lease.take()
    await world.bot.tick()

    assert beside == (0, LanguageSource.ASSUMED)
    assert await done_unasked(world) == (1, LanguageSource.DETECTED)
