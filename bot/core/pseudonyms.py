"""A pseudonym is drawn: a word and a number that nobody else in the dialogue has."""

import random

from sqlalchemy import Text, bindparam, exists, literal_column, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import run
from bot.models import Member

# One word and a number make a pseudonym; phrases knows each word in every language.
PSEUDONYM_WORDS = (
    "acacia", "almond", "baobab", "birch", "cedar", "cypress", "fig", "jacaranda", "jasmine", "linden", "lotus",
    "magnolia", "mango", "maple", "mimosa", "olive", "orchid", "palm", "pine", "poplar", "sunflower", "tamarind",
    "tulip", "willow",
)  # fmt: skip


# Built once: people join many at a time, and to build a statement of so many parts costs more than all else about it.
_IN_DIALOGUE = Member.dialogue_id == bindparam("dialogue")
_EITHER = (Member.pseudonym, Member.group_pseudonym)
# Each column by itself, here and below: so the index of each serves.
_TAKEN = union_all(
    *(select(column).where(_IN_DIALOGUE, column.in_(bindparam("pseudonyms", expanding=True))) for column in _EITHER)
)

# One row for each word: as columns they would make a statement too long for psycopg to remember.
_WORD = union_all(*(select(literal_column(f"'{word}'", Text).label("word")) for word in PSEUDONYM_WORDS)).cte("words")
_USED_WORDS = select(
    _WORD.c.word,
    or_(*(exists().where(_IN_DIALOGUE, each > _WORD.c.word + "-", each < _WORD.c.word + ".") for each in _EITHER)),
)
_CHANCE = random.SystemRandom()
_AT_ONCE = 8  # draws for one look: among a million members as many are in vain
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
        drawn = [
            f"{_CHANCE.choice(words)}-{2 * _CHANCE.randint(1, _FIRST_NUMBERS << draws + each) + in_groups}"
            for each in range(_AT_ONCE)
        ]
        rows = await run(session, _TAKEN, {"dialogue": dialogue_id, "pseudonyms": drawn})
        taken = {pseudonym for (pseudonym,) in rows}
        for pseudonym in drawn:
            if pseudonym not in taken:
                return pseudonym
        draws += _AT_ONCE


async def _unused_words(session: AsyncSession, dialogue_id: int) -> list[str]:
    """The words that nobody has: two who share one are easily mistaken for each other."""
    return [word for word, is_used in await run(session, _USED_WORDS, {"dialogue": dialogue_id}) if not is_used]
