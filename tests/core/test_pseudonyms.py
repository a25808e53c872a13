from itertools import cycle

import planting
import pytest
from sqlalchemy import update

from bot.core import members, pseudonyms
from bot.database import Database
from bot.i18n import LANGUAGES, translator
from bot.models import Dialogue, Member
from bot.phrases import signatures

FIRST, *OTHERS = pseudonyms.PSEUDONYM_WORDS


async def draw(database: Database, *, in_groups: bool = False, draws: int = 0) -> tuple[str, int]:
    async with database.sessions.begin() as session:
        drawn = await pseudonyms.draw_pseudonym(session, 1, in_groups=in_groups, draws=draws)
    word, _, number = drawn.partition("-")
    return word, int(number)


async def test_numbers_have_two_digits_at_first_and_are_even_in_private_and_odd_in_groups(database: Database) -> None:
    await planting.plant(database)

    private = [(await draw(database))[1] for _ in range(40)]
    in_groups = [(await draw(database, in_groups=True))[1] for _ in range(40)]

    assert all(2 <= number <= 98 and number % 2 == 0 for number in private)
    assert all(3 <= number <= 99 and number % 2 == 1 for number in in_groups)
    assert len({*private, *in_groups}) > 20


@pytest.mark.parametrize("column", ["pseudonym", "group_pseudonym"])
async def test_nobody_gets_a_word_that_another_has_as_long_as_there_is_one_that_nobody_has(
    either_database: Database, column: str
) -> None:
    await planting.plant(either_database, *["UTC"] * len(OTHERS), questions=1, concept_note={})
    async with either_database.sessions.begin() as session:
        await session.execute(update(Member).values(pseudonym=None))
        for member_id, word in enumerate(OTHERS, start=1):
            await session.execute(update(Member).where(Member.id == member_id).values({column: f"{word}-{member_id}"}))
        session.add(planting.dialogue("other", questions=1, concept_note={}))
        await session.flush()
        elsewhere = await planting.join(session, await session.get_one(Dialogue, 2), 99)
        elsewhere.pseudonym = f"{FIRST}-2"

    drawn = {(await draw(either_database))[0] for _ in range(5)}

    assert drawn == {FIRST}


async def test_where_every_word_is_had_nobody_gets_a_pseudonym_that_another_has(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await planting.plant(database, *["UTC"] * 24, questions=1, concept_note={})
    async with database.sessions.begin() as session:
        await session.execute(update(Member).values(pseudonym=None))
        for member_id, word in enumerate(pseudonyms.PSEUDONYM_WORDS, start=1):
            await session.execute(update(Member).where(Member.id == member_id).values(pseudonym=f"{word}-2"))
    highest: list[int] = []
    numbers = cycle([1] * 11 + [2])  # the first eleven draws are in vain: a first look of eight, and more

    class Chance:
        def choice(self, words: tuple[str, ...]) -> str:
            return words[0]

        def randint(self, least: int, most: int) -> int:
            highest.append(most)
            return least + next(numbers) - 1

    monkeypatch.setattr(pseudonyms, "_CHANCE", Chance())

    assert await draw(database) == (FIRST, 4)
    assert highest == [49 << draws for draws in range(16)]


async def test_who_speaks_in_a_group_has_one_more_pseudonym_for_all_they_say_there(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC")

    async with database.sessions.begin() as session:
        member = await session.get_one(Member, 1)
        private = member.pseudonym
        await members.name_in_groups(session, member)
        first = member.group_pseudonym
        await members.name_in_groups(session, member)
        kept = member.pseudonym, member.group_pseudonym

    assert first is not None
    assert int(first.partition("-")[2]) % 2 == 1
    assert kept == (private, first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_is_told_from_all_others_in_each_language(language: str) -> None:
    shown = {signatures.pseudonym(translator(language), f"{word}-28") for word in pseudonyms.PSEUDONYM_WORDS}

    assert len(shown) == len(pseudonyms.PSEUDONYM_WORDS) == 24
