"""A group in which a dialogue takes place: how it is linked, what the bot wrote there, what was kept."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload
from steps import say
from world import World

from bot.models import Member, Reply
from bot.sandbox import Phone
from bot.sandbox.groups import Group as Chat

GROUP = -500
SUPERGROUP = -1001000000001
NOTICE = "takes part in the dialogue"


async def link(world: World, organiser: Phone, circle: Chat, words: str = "training") -> None:
    """Link a group, and wait until it was told what is kept."""
    await say(world, organiser, f"/link {words}".strip(), chat=circle)


def in_circle(circle: Chat, words: str) -> list[dict[str, Any]]:
    """The bot's messages in a group that hold some words."""
    return [message for message in circle.received if words in message.get("text", "")]


async def replies(world: World) -> list[Reply]:
    async with world.database.readers() as session:
        found = await session.scalars(
            select(Reply).options(joinedload(Reply.member).joinedload(Member.person)).order_by(Reply.id)
        )
        return list(found.all())
