from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import visibility
from bot.database import Database
from bot.models import Audience, Dialogue, Member, Reply, Role, Visibility

READER, AUTHOR = 1, 2


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """A reader, and an author who replied once on MONDAY (reply 1)."""
    await planting.plant(either_database, "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        await planting.reply(session, AUTHOR, message_id=1)
        yield session


async def seen(session: AsyncSession, *, role: Role = Role.MEMBER) -> list[int]:
    """The replies that the reader may read in that role."""
    await session.flush()
    reader = await session.get_one(Member, READER)
    reader.role = role
    return list(await session.scalars(select(Reply.id).where(visibility.to(reader)).order_by(Reply.id)))


async def change(session: AsyncSession, **values: object) -> None:
    await session.execute(update(Reply).values(**values))


async def test_a_shown_reply_is_read_by_members(session: AsyncSession) -> None:
    assert await seen(session) == [1]


@pytest.mark.parametrize(
    "values",
    [
        {"audience": Audience.MODERATORS},
        {"visibility": Visibility.WAITING},
        {"visibility": Visibility.HIDDEN},
        {"visibility": Visibility.MERGED},
    ],
)
async def test_what_is_not_for_members_or_not_shown_is_read_by_moderators_alone(
    session: AsyncSession, values: dict[str, object]
) -> None:
    await change(session, **values)

    assert await seen(session) == []
    assert await seen(session, role=Role.FACILITATOR) == []
    assert await seen(session, role=Role.MODERATOR) == [1]


async def test_a_withdrawn_reply_is_read_by_nobody(session: AsyncSession) -> None:
    await change(session, withdrawn_at=MONDAY)

    assert await seen(session) == []
    assert await seen(session, role=Role.ORGANISER) == []


@pytest.mark.parametrize("silence", ["muted_at", "removed_at"])
async def test_what_was_said_before_a_silence_stays_and_what_is_said_meanwhile_is_not_shown(
    session: AsyncSession, silence: str
) -> None:
    await session.execute(update(Member).where(Member.id == AUTHOR).values({silence: MONDAY + timedelta(hours=1)}))
    await planting.reply(session, AUTHOR, message_id=2, at=MONDAY + timedelta(hours=2))

    assert await seen(session) == [1]
    assert await seen(session, role=Role.MODERATOR) == [1, 2]


async def test_nobody_is_silenced_since_another_was(session: AsyncSession) -> None:
    await planting.join(session, await session.get_one(Dialogue, 1), 3)
    for member_id, hours in ((AUTHOR, 1), (3, -1)):
        silenced = update(Member).where(Member.id == member_id)
        await session.execute(silenced.values(muted_at=MONDAY + timedelta(hours=hours)))

    assert await seen(session) == [1]


@pytest.mark.parametrize("silence", ["muted_at", "removed_at"])
async def test_what_was_said_at_the_moment_of_a_silence_is_not_shown(session: AsyncSession, silence: str) -> None:
    await session.execute(update(Member).where(Member.id == AUTHOR).values({silence: MONDAY}))

    assert await seen(session) == []


async def test_replies_of_another_dialogue_are_not_read_even_by_moderators(session: AsyncSession) -> None:
    session.add(planting.dialogue("second"))
    await session.flush()
    elsewhere = await planting.join(session, await session.get_one(Dialogue, 2), 3)
    await planting.reply(session, elsewhere.id, message_id=3, question_id=4)

    assert await seen(session, role=Role.MODERATOR) == [1]


async def test_beyond_that_one_reads_what_one_said_and_what_moderators_responded_to_it(session: AsyncSession) -> None:
    said: dict[int, dict[str, object]] = {
        2: {"member_id": READER, "audience": Audience.MODERATORS, "visibility": Visibility.HIDDEN},
        3: {"parent_id": 2, "as_moderator": True},
        4: {"parent_id": 2},  # as a member
        5: {"parent_id": 1, "as_moderator": True},  # to another
        6: {"parent_id": 2, "as_moderator": True, "visibility": Visibility.HIDDEN},
        7: {"member_id": READER, "withdrawn_at": MONDAY},
        8: {"parent_id": 2, "as_moderator": True, "withdrawn_at": MONDAY},
        9: {"parent_id": 7, "as_moderator": True},
    }
    for number, values in said.items():
        await planting.reply(session, AUTHOR, message_id=number)
        await session.execute(update(Reply).where(Reply.id == number).values(**values))

    async def read(condition: ColumnElement[bool]) -> list[int]:
        return list(await session.scalars(select(Reply.id).where(condition).order_by(Reply.id)))

    assert await read(visibility.in_talk(select(Member.id).where(Member.id == READER))) == [2, 3, 9]
    assert await read(visibility.by_moderators()) == [3, 5, 9]


async def test_moderators_read_by_question_what_they_read_by_dialogue(session: AsyncSession) -> None:
    await change(session, visibility=Visibility.HIDDEN)
    reader = await session.get_one(Member, READER)

    seen_by = {}
    for role in (Role.MEMBER, Role.FACILITATOR, Role.MODERATOR):
        reader.role = role
        seen_by[role] = (await session.scalars(select(Reply.id).where(visibility.within(reader)))).all()

    assert seen_by == {Role.MEMBER: [], Role.FACILITATOR: [], Role.MODERATOR: [1]}
