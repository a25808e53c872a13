from datetime import timedelta

import planting
from planting import MONDAY, WEEK

from bot.database import Database
from bot.features.members.actions import late_joiners
from bot.models import KeyPoint, Objection, Strength

LATE = MONDAY + 2 * WEEK + timedelta(hours=1)


async def test_who_joins_before_a_question_has_closed_has_missed_nothing(either_database: Database) -> None:
    await planting.plant(either_database, "UTC")

    async with either_database.readers() as session:
        assert await late_joiners.so_far(session, 1, now=MONDAY) is None


async def test_who_joins_late_learns_what_closed_and_the_points_nobody_objects_to(either_database: Database) -> None:
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, 1, message_id=1)
        for position, words in enumerate(["Listening comes first.", "Nobody needs time."]):
            session.add(
                KeyPoint(
                    dialogue_id=1,
                    question_id=1,
                    position=position,
                    text={"en": words},
                    strength=Strength.MAJORITY,
                    created_at=MONDAY,
                )
            )
        await session.flush()
        session.add(Objection(key_point_id=2, member_id=1, text="I do", raised_at=MONDAY))

    async with either_database.readers() as session:
        mine, theirs = [await late_joiners.so_far(session, member_id, now=LATE) for member_id in (1, 2)]

    assert mine is not None
    assert theirs is not None
    assert [(one.number, one.points) for one in theirs.questions] == [(1, ("Listening comes first.",)), (2, ())]
    assert [[one.answered for one in told.questions] for told in (mine, theirs)] == [[True, False], [False, False]]
