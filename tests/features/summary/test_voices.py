from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import count
from random import Random

import condensed
import pytest
from planting import MONDAY, WEEK, join, plant, reply
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core.messages import Content
from bot.database import Database
from bot.features.summary.actions import contents, publication, voices
from bot.features.summary.actions.publication import Hindrance
from bot.features.summary.actions.voices import Coverage, LanguageShare, Share, Unheard
from bot.models import Dialogue, KeyPoint, LanguageSource, Member, Reply, Role, Support, Visibility
from bot.tallies.breakdown import SMALLEST_GROUP

numbers = count(1)


async def dialogue_of(session: AsyncSession) -> Dialogue:
    query = select(Dialogue).where(Dialogue.id == 1).options(selectinload(Dialogue.questions))
    return (await session.scalars(query)).one()


async def says(session: AsyncSession, member_id: int, language: str, *, question_id: int = 1) -> Reply:
    """A reply in a language, as a person said it was."""
    await reply(
        session, member_id, message_id=next(numbers), question_id=question_id, content=Content("text", "Words.")
    )
    said = (await session.scalars(select(Reply).order_by(Reply.id.desc()).limit(1))).one()
    said.language, said.language_source = language, LanguageSource.CORRECTED
    return said


async def rest(session: AsyncSession, *replies: Reply) -> None:
    """A key point of the replies' question that rests on them."""
    question_id = replies[0].question_id
    point = KeyPoint(dialogue_id=1, question_id=question_id, position=0, text={"en": "So it is."}, created_at=MONDAY)
    session.add(point)
    await session.flush()
    for each in replies:
        session.add(Support(key_point_id=point.id, reply_id=each.id, start=0, end=6, span="Words.", chosen_at=MONDAY))
    await session.flush()


async def scattered(session: AsyncSession, random: Random) -> None:
    """Replies and responses of some forty people, some hidden, merged, withdrawn or a moderator's, some under key points."""
    dialogue = await dialogue_of(session)
    people = [await join(session, dialogue, 100 + number) for number in range(random.randint(15, 45))]
    for each in people[:2]:
        each.role = Role.MODERATOR
    said: list[Reply] = []
    for member in people:
        for _ in range(random.randint(0, 3)):
            question_id = random.randint(1, 3)
            one = await says(session, member.id, random.choice(["en", "es", "es", "fr", "ar"]), question_id=question_id)
            others = [each for each in said if each.question_id == question_id]
            if others and random.random() < 0.2:
                one.parent_id = random.choice(others).id
            elif others and random.random() < 0.15:
                one.visibility, one.merged_into_id = Visibility.MERGED, random.choice(others).id
            elif random.random() < 0.1:
                one.visibility = random.choice([Visibility.HIDDEN, Visibility.WAITING])
            elif random.random() < 0.1:
                one.withdrawn_at = MONDAY
            said.append(one)
    for question_id in (1, 2, 3):
        some = [each for each in said if each.question_id == question_id and random.random() < 0.3]
        if some:
            await rest(session, *some)


def recount(
    replies: Iterable[Reply], team: set[int], resting: set[int]
) -> tuple[dict[int, list[int]], dict[str, list[int]]]:
    """The same numbers, person by person: replied and heard, by question and by language."""
    standing = [
        each
        for each in replies
        if each.withdrawn_at is None
        and each.visibility in (Visibility.SHOWN, Visibility.MERGED)
        and each.member_id not in team
    ]
    by_member: dict[int, list[Reply]] = defaultdict(list)
    for each in standing:
        by_member[each.member_id].append(each)
    questions: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    languages: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for theirs in by_member.values():
        first = [each for each in theirs if each.parent_id is None]
        heard = [
            each
            for each in theirs
            if each.id in resting or (each.visibility is Visibility.MERGED and each.merged_into_id in resting)
        ]
        for question_id in {each.question_id for each in first}:
            questions[question_id][0] += 1
            questions[question_id][1] += any(each.question_id == question_id for each in heard)
        if first:
            used = Counter(each.language for each in first)
            ids = {tag: min(each.id for each in first if each.language == tag) for tag in used}
            main = min(used, key=lambda tag: (-used[tag], ids[tag]))
            languages[main][0] += 1
            languages[main][1] += bool(heard)
    return questions, languages


@pytest.mark.parametrize("seed", range(6))
async def test_the_counts_are_what_a_recount_person_by_person_finds(either_database: Database, seed: int) -> None:
    await plant(either_database)
    async with either_database.sessions.begin() as session:
        await scattered(session, Random(seed))  # noqa: S311 - to be the same each time

    async with either_database.readers() as session:
        counted = await voices.count(session, 1)
        replies = (await session.scalars(select(Reply))).all()
        team = set(await session.scalars(select(Member.id).where(Member.role == Role.MODERATOR)))
        resting = set(await session.scalars(select(Support.reply_id)))

    questions, languages = recount(replies, team, resting)
    assert {key: list(numbers) for key, numbers in counted.questions.items()} == questions
    assert {key: list(numbers) for key, numbers in counted.languages.items()} == languages
    assert counted.whole[0] == len({each.member_id for each in replies if is_first_word(each, team)})


def is_first_word(each: Reply, team: set[int]) -> bool:
    """Whether someone has replied by this."""
    shown = each.visibility in (Visibility.SHOWN, Visibility.MERGED)
    return shown and each.withdrawn_at is None and each.parent_id is None and each.member_id not in team


@pytest.mark.parametrize(
    ("replied", "heard", "told"),
    [
        (4, 4, None),
        (5, 0, Share(5, Coverage.NOBODY)),
        (5, 1, Share(5, Coverage.SOME)),
        (9, 9, Share(10, Coverage.SOME)),
        (12, 4, Share(10, Coverage.SOME)),
        (12, 7, Share(10, Coverage.ABOUT, 5)),
        (12, 8, Share(10, Coverage.NEARLY_ALL)),
        (38, 22, Share(40, Coverage.ABOUT, 20)),
        (38, 38, Share(40, Coverage.NEARLY_ALL)),
    ],
)
def test_a_share_tells_of_no_few_people_on_either_side(replied: int, heard: int, told: Share | None) -> None:
    assert voices.share(replied, heard) == told


def test_no_difference_of_what_is_told_is_a_group_under_five() -> None:
    random = Random(5)  # noqa: S311 - the same
    for _ in range(3000):
        languages = {}
        for tag in ("ar", "en", "es", "fr", "zh"):
            replied = random.choice([0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 30])
            languages[tag] = (replied, random.choice([0, random.randint(0, replied)]))
        people = sum(replied for replied, _ in languages.values())
        told = voices.told({tag: each for tag, each in languages.items() if each[0]})

        apart = {each.language for each in told if each.language}
        others = people - sum(languages[tag][0] for tag in apart)
        assert others == 0 or others >= SMALLEST_GROUP or not apart
        for each in told:
            replied, heard = languages[each.language] if each.language else (others, None)
            assert replied >= SMALLEST_GROUP
            assert each.share.replied % SMALLEST_GROUP == each.share.about % SMALLEST_GROUP == 0
            if heard is not None and each.share.heard is Coverage.ABOUT:
                assert SMALLEST_GROUP <= heard <= replied - SMALLEST_GROUP
                assert SMALLEST_GROUP <= each.share.about <= max(SMALLEST_GROUP, each.share.replied - SMALLEST_GROUP)


def test_a_silent_language_stays_told_where_another_hides_a_small_one() -> None:
    told = voices.told({"es": (12, 8), "ar": (5, 0), "zh": (2, 1)})

    assert told == (
        LanguageShare("ar", Share(5, Coverage.NOBODY)),
        LanguageShare(None, Share(15, Coverage.ABOUT, 10)),
    )


async def unheard(session: AsyncSession) -> tuple[Unheard, ...]:
    await session.flush()
    return await voices.unheard(session, 1)


async def hindered(session: AsyncSession) -> bool:
    await session.flush()
    found = await publication.obstacles(session, await contents.gather(session, "training"), now=MONDAY + WEEK)
    return any(each.reason is Hindrance.UNHEARD and each.languages == ("ar",) for each in found)


async def test_a_language_of_five_that_nobody_was_heard_of_holds_publication_up_until_someone_lets_it_stand(
    either_database: Database,
) -> None:
    await plant(either_database, *["UTC"] * 14)
    async with either_database.sessions.begin() as session:
        await rest(session, await says(session, 1, "es"))
        for member_id in (2, 3, 4, 5):
            await says(session, member_id, "ar")
        assert not await hindered(session)
        await says(session, 6, "ar")
        assert await hindered(session)

        moderator = await session.get_one(Member, 14)
        moderator.team_name = "Ada"
        await voices.let_stand(session, moderator, "ar", 10, now=MONDAY)  # as it never was
        await voices.let_stand(session, moderator, "fr", 5, now=MONDAY)
        assert await hindered(session)
        await voices.let_stand(session, moderator, "ar", 5, now=MONDAY)
        (stands,) = await unheard(session)
        assert stands.standing is not None
        assert stands.standing.by == "Ada"
        assert not await hindered(session)

        for member_id in (7, 8, 9):
            await says(session, member_id, "ar")
        assert await hindered(session)  # about ten by now: another state than was let stand
        await rest(session, await says(session, 9, "ar"))
        assert await unheard(session) == ()


async def test_whoever_was_merged_into_what_is_cited_is_heard(either_database: Database) -> None:
    async with either_database.sessions.begin() as session:
        dialogue = await condensed.plant(session, members=1)
        first = await session.get_one(Reply, 1)
        late = await join(session, dialogue, 50, language=first.language)
        await reply(session, late.id, message_id=50, question_id=first.question_id, content=Content("text", "So do I."))
        merged = await session.get_one(Reply, 2)
        merged.language, merged.visibility, merged.merged_into_id = first.language, Visibility.MERGED, first.id
        await session.flush()

        counted = await voices.count(session, dialogue.id)

    assert counted.languages == {first.language: (2, 2)}
