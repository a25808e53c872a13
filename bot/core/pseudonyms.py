"""A pseudonym is drawn: a word and a number that nobody else in the dialogue has."""

import random

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Member

# One word and a number make a pseudonym; phrases knows each word in every language.
PSEUDONYM_WORDS = (
    "acacia", "almond", "baobab", "birch", "cedar", "cypress", "fig", "jacaranda", "jasmine", "linden", "lotus",
    "magnolia", "mango", "maple", "mimosa", "olive", "orchid", "palm", "pine", "poplar", "sunflower", "tamarind",
    "tulip", "willow",
)  # fmt: skip


_CHANCE = random.SystemRandom()


async def free_pseudonym(session: AsyncSession, dialogue_id: int) -> str:
    """A pseudonym that nobody in a dialogue has: a word of PSEUDONYM_WORDS and a number, as "cedar-27"."""
    # Random, not derived from the account: nobody can work back from the pseudonym to the person.
    taken = set(await session.scalars(select(Member.pseudonym).where(Member.dialogue_id == dialogue_id)))
    highest = 99 + len(taken)
    # Two who share a word are easily mistaken for each other: as long as there is one, a word that nobody has.
    used = {pseudonym.partition("-")[0] for pseudonym in taken if pseudonym}
    words = [word for word in PSEUDONYM_WORDS if word not in used] or PSEUDONYM_WORDS
    while True:
        pseudonym = f"{_CHANCE.choice(words)}-{_CHANCE.randint(2, highest)}"
        if pseudonym not in taken:
            return pseudonym
