"""A pseudonym is drawn: a word and a number that nobody else in the dialogue has."""

import random

from sqlalchemy import Label, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Member

# One word and a number make a pseudonym; phrases knows each word in every language.
PSEUDONYM_WORDS = (
    "acacia", "almond", "baobab", "birch", "cedar", "cypress", "fig", "jacaranda", "jasmine", "linden", "lotus",
    "magnolia", "mango", "maple", "mimosa", "olive", "orchid", "palm", "pine", "poplar", "sunflower", "tamarind",
    "tulip", "willow",
)  # fmt: skip


def _has(word: str) -> Label[bool]:
    of_dialogue = Member.dialogue_id == bindparam("dialogue")
    # Each by itself: so the index of each serves.
    looks = (
        exists().where(of_dialogue, column > f"{word}-", column < f"{word}.")
        for column in (Member.pseudonym, Member.group_pseudonym)
    )
    return or_(*looks).label(word)


# Built once: that takes longer than to run it.
_USED = select(*map(_has, PSEUDONYM_WORDS))
_CHANCE = random.SystemRandom()
_FIRST_NUMBERS = 49  # so many even or odd ones of two digits; each further draw may have a number twice as high


async def draw_pseudonym(session: AsyncSession, dialogue_id: int, *, in_groups: bool = False, draws: int = 0) -> str:
    """A pseudonym that nobody in a dialogue has yet: a word of PSEUDONYM_WORDS and a number, as "cedar-28".

    The numbers of those `in_groups` are odd, so that none is drawn for a private chat in the same moment.

    Another transaction may take it meanwhile: the database's own key decides, and after so many `draws` in vain this is
    asked again. It costs the same however many members there are.
    """
    # Random, not derived from the account: nobody can work back from the pseudonym to the person.
    words = await _unused_words(session, dialogue_id) or PSEUDONYM_WORDS
    while True:
        pseudonym = f"{_CHANCE.choice(words)}-{2 * _CHANCE.randint(1, _FIRST_NUMBERS << draws) + in_groups}"
        has_it = or_(Member.pseudonym == pseudonym, Member.group_pseudonym == pseudonym)
        taken = exists().where(Member.dialogue_id == dialogue_id, has_it)
        if not await session.scalar(select(taken)):
            return pseudonym
        draws += 1


async def _unused_words(session: AsyncSession, dialogue_id: int) -> list[str]:
    """The words that nobody has: two who share one are easily mistaken for each other."""
    used = (await session.execute(_USED, {"dialogue": dialogue_id})).one()
    return [word for word, is_used in zip(PSEUDONYM_WORDS, used, strict=True) if not is_used]
