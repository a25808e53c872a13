from datetime import timedelta

import planting
from planting import MONDAY, WEEK

from bot.database import Database
from bot.features.members.actions import late_joiners

LATE = MONDAY + 2 * WEEK + timedelta(hours=1)


async def test_who_joins_before_a_question_has_closed_has_missed_nothing(either_database: Database) -> None:
    await planting.plant(either_database, "UTC")

    async with either_database.readers() as session:
        assert await late_joiners.so_far(session, 1, now=MONDAY) == ()


async def test_who_joins_late_learns_what_closed_and_how_much_they_may_read_of_it(either_database: Database) -> None:
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, 1, message_id=1)

    async with either_database.readers() as session:
        mine, theirs = [await late_joiners.so_far(session, member_id, now=LATE) for member_id in (1, 2)]

    assert [(one.number, one.title, one.replies, one.answered) for one in theirs] == [
        (1, "Step 1", 1, False),
        (2, "Step 2", 0, False),
    ]
    assert [(one.replies, one.answered) for one in mine] == [(0, True), (0, False)]
