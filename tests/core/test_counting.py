"""What every number counts, each condition against rows of which one differs from the next in a single thing."""

from typing import Any

import planting
import pytest
from planting import MONDAY
from sqlalchemy import ColumnElement, delete, select

from bot.core import counting
from bot.core.messages import Content
from bot.database import Database
from bot.ledger import outbox
from bot.models import Delivery, Kind, Member, Reply, Role, State, Visibility

WITHDRAWN = {"withdrawn_at": MONDAY}
REPLIES: dict[str, dict[str, Any]] = {
    "shown": {},
    "merged": {"visibility": Visibility.MERGED},
    "waiting": {"visibility": Visibility.WAITING},
    "hidden": {"visibility": Visibility.HIDDEN},
    "without words": {"text": ""},
    "a response": {"parent_id": 1},
    "as a moderator": {"as_moderator": True},
    "of one who moderates": {"member_id": 2},
}


@pytest.fixture
async def _planted(database: Database) -> None:
    """Member 1, and 2, who moderates; each of REPLIES as it stands, and withdrawn."""
    await planting.plant(database, "UTC", "UTC", questions=1, concept_note={})
    async with database.sessions.begin() as session:
        for number in range(2 * len(REPLIES)):
            await planting.reply(session, 1, message_id=number, content=Content("text", "Words"))
        await session.flush()
        for number, (name, values) in enumerate(list(REPLIES.items()) * 2):
            reply = await session.get_one(Reply, number + 1)
            for column, value in {**values, "album": name, **(WITHDRAWN if number >= len(REPLIES) else {})}.items():
                setattr(reply, column, value)
        (await session.get_one(Member, 2)).role = Role.MODERATOR


async def found(database: Database, condition: ColumnElement[bool]) -> tuple[set[str | None], set[str | None]]:
    """Which replies fulfil it, of those that stand, and of those that are withdrawn."""
    async with database.readers() as session:
        rows = (await session.execute(select(Reply.album, Reply.withdrawn_at).where(condition))).all()
    standing, withdrawn = ({name for name, at in rows if (at is not None) is gone} for gone in (False, True))
    return standing, withdrawn


@pytest.mark.usefixtures("_planted")
async def test_each_number_of_replies_counts_what_it_says(database: Database) -> None:
    every, away = set(REPLIES), {"waiting", "hidden"}
    by_others = {"as a moderator", "of one who moderates"}

    assert await found(database, counting.is_withdrawn()) == (set(), every)
    assert await found(database, counting.is_hidden()) == ({"hidden"}, set())
    assert await found(database, counting.waits()) == ({"waiting"}, set())
    assert await found(database, counting.is_merged()) == ({"merged"}, set())
    assert await found(database, counting.stands()) == (every - away, set())
    assert await found(database, counting.by_members()) == (every - by_others, every - by_others)
    assert await found(database, counting.to_a_question()) == (every - {"a response"}, every - {"a response"})
    assert await found(database, counting.counts()) == (every - away - by_others, set())
    assert await found(database, counting.in_themes()) == ({"shown"}, set())


MEMBERS: dict[str, dict[str, Any]] = {
    "member": {},
    "member who left": {"left_at": MONDAY},
    "never joined": {"joined_at": None},
    "moderator": {"role": Role.MODERATOR},
    "moderator who left": {"role": Role.MODERATOR, "left_at": MONDAY},
    "moderator who never joined": {"role": Role.MODERATOR, "joined_at": None},
}


async def test_each_number_of_people_counts_whom_it_says(database: Database) -> None:
    await planting.plant(database, *["UTC"] * len(MEMBERS), questions=1, concept_note={})
    async with database.sessions.begin() as session:
        for number, (name, values) in enumerate(MEMBERS.items(), start=1):
            member = await session.get_one(Member, number)
            for column, value in {**values, "team_name": name}.items():
                setattr(member, column, value)

    async def who(condition: ColumnElement[bool]) -> set[str | None]:
        async with database.readers() as session:
            return set(await session.scalars(select(Member.team_name).where(condition)))

    assert await who(counting.without_role()) == {"member", "member who left", "never joined"}
    assert await who(counting.takes_part()) == {"member", "moderator"}
    assert await who(counting.is_member()) == {"member"}
    assert await who(counting.has_joined()) == {"member", "member who left"}


async def test_reached_is_to_whom_a_question_or_its_reminder_was_sent_for_certain(database: Database) -> None:
    await planting.plant(database, "UTC", "UTC", questions=1, concept_note={})
    async with database.sessions.begin() as session:
        (await session.get_one(Member, 2)).role = Role.MODERATOR
        await planting.group(session)
        await session.execute(delete(Delivery))

        reached = set()
        for reader in ({"member_id": 1}, {"member_id": 2}, {"room_id": 1}):
            for kind in Kind:
                for state in State:
                    about = {"dialogue_id": 1, "question_id": 1, **reader}
                    await outbox.owe(session, kind=kind, due_at=MONDAY, state=state, **about)
                    rows = await session.execute(
                        select(Delivery.member_id, Delivery.kind, Delivery.state).where(counting.has_arrived())
                    )
                    reached |= {tuple(row) for row in rows}
                    await session.execute(delete(Delivery))

    assert reached == {(1, Kind.QUESTION, State.SENT), (1, Kind.REMINDER, State.SENT)}
