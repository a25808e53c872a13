from datetime import timedelta

import planting
from planting import MONDAY, WEEK

from bot.core import members, questions
from bot.database import Database
from bot.models import Dialogue, Member, Role

SECOND = timedelta(seconds=1)


async def plant(database: Database) -> None:
    """Person 1 takes part in dialogue 1 (three questions) and 2 (two, a day later), has left 3, and observes 4."""
    await planting.plant(database, "UTC")
    async with database.sessions.begin() as session:
        later = MONDAY.replace(tzinfo=None) + timedelta(days=1)
        for slug, count in (("second", 2), ("left", 1), ("observed", 1)):
            planted = planting.dialogue(slug, questions=count)
            if slug == "second":
                for question in planted.questions:
                    question.opens, question.closes = later, later + timedelta(days=2)
            session.add(planted)
        await session.flush()
        for dialogue_id in (2, 3):
            await planting.join(session, await session.get_one(Dialogue, dialogue_id), 1, zone="UTC")
        (await session.get_one(Member, 3)).left_at = MONDAY
        person = await planting.person(session, 1)
        await members.enrol(session, person, await session.get_one(Dialogue, 4), role=Role.OBSERVER)


async def test_the_questions_one_may_answer_are_the_open_ones_where_one_takes_part_and_first_what_closes_first(
    database: Database,
) -> None:
    await plant(database)

    async with database.readers() as session:
        person = await planting.person(session, 1)
        at = {
            moment: [
                (one.question_id, one.number, one.total, one.titled, one.own_clock)
                for one in await questions.open_questions(session, person, now=MONDAY + moment)
            ]
            for moment in (-SECOND, timedelta(0), timedelta(days=1), timedelta(days=3), WEEK)
        }

    first, second = (1, 1, 3, True, True), [(4, 1, 2, True, True), (5, 2, 2, True, True)]
    assert list(at.values()) == [[], [first], [*second, first], [first], [(2, 2, 3, True, True)]]


async def test_of_several_dialogues_each_has_its_own_number_of_questions(database: Database) -> None:
    await plant(database)
    async with database.sessions.begin() as session:
        session.add(planting.dialogue("empty", questions=0))

    async with database.readers() as session:
        assert await questions.totals(session, [1, 2, 5]) == {1: 3, 2: 2, 5: 0}


async def test_the_next_question_is_the_first_still_to_open_by_the_reader_s_clock(database: Database) -> None:
    await plant(database)

    async with database.readers() as session:
        person, dialogue = await planting.person(session, 1), await session.get_one(Dialogue, 1)
        nexts = [
            await questions.next_opening(session, dialogue, person, now=MONDAY + moment)
            for moment in (-SECOND, timedelta(0), 2 * WEEK)
        ]

    assert nexts == [MONDAY, MONDAY + WEEK, None]
