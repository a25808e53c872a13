from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members
from bot.database import Database
from bot.features.discussion.actions import quick_replies
from bot.features.moderation.actions import flags, sanctions
from bot.features.privacy.actions import refusal
from bot.inbox import updates
from bot.inbox.updates import RawUpdate
from bot.models import (
    Base,
    Dialogue,
    Flag,
    InboxState,
    InboxUpdate,
    Member,
    OptOut,
    Person,
    Reply,
    Restraint,
    Role,
    Rung,
    RungKind,
    Sanction,
)

HEARD, JOINED = 900, 2  # Telegram's ids
NOW = MONDAY + timedelta(hours=1)


@pytest.fixture
async def session(either_database: Database) -> AsyncIterator[AsyncSession]:
    """Member 1 moderates, 2 and 3 joined; 900 only spoke in the group (reply 1), where 2 responded to it (reply 2)."""
    await planting.plant(either_database, "UTC", "UTC", "UTC")
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, 1)).role = Role.MODERATOR
        await planting.group(session)
        person = await planting.person(session, HEARD)
        person.unreachable_since = MONDAY
        member = await members.enrol(session, person, await session.get_one(Dialogue, 1), role=Role.MEMBER)
        await session.flush()
        await planting.reply(session, member.id, message_id=60, room_id=1)
        await planting.reply(session, 2, message_id=61, room_id=1, parent_id=1)
        yield session


async def count(session: AsyncSession, model: type[Base]) -> int:
    return await session.scalar(select(func.count()).select_from(model)) or 0


async def texts(session: AsyncSession) -> list[tuple[str, int | None]]:
    """What is kept, and what it responds to."""
    found = await session.execute(select(Reply.text, Reply.parent_id).order_by(Reply.id))
    return [(row[0], row[1]) for row in found]


async def test_of_one_who_only_spoke_in_the_group_a_refusal_is_all_that_is_left(session: AsyncSession) -> None:
    reader = await planting.person(session, 3)
    await flags.flag(session, reader, 1, now=NOW)
    member = await session.get_one(Member, 3)
    await quick_replies.chime(session, member, RungKind.SAME, question_id=1, reply_id=1, now=NOW)

    erased = await refusal.refuse(session, HEARD, now=NOW)

    assert erased == 1
    assert await texts(session) == [("Reply 61", None)]
    assert await session.scalar(select(Person.id).where(Person.telegram_id == HEARD)) is None
    assert [await count(session, model) for model in (Flag, Rung)] == [0, 0]
    assert (await session.scalars(select(OptOut.author_id))).all() == [HEARD]


async def test_flags_and_rungs_of_theirs_go_with_them(session: AsyncSession) -> None:
    heard = (await session.scalars(select(Member).join(Member.person).where(Person.telegram_id == HEARD))).one()
    session.add(Flag(reply_id=2, member_id=heard.id, flagged_at=NOW))
    await quick_replies.chime(session, heard, RungKind.EXAMPLE, question_id=1, reply_id=2, now=NOW)

    await refusal.refuse(session, HEARD, now=NOW)

    assert [await count(session, model) for model in (Flag, Rung)] == [0, 0]


async def test_a_member_s_private_words_and_membership_stay(session: AsyncSession) -> None:
    await planting.reply(session, 2, message_id=5)

    erased = await refusal.refuse(session, JOINED, now=NOW)

    assert erased == 1
    assert await texts(session) == [("Reply 60", None), ("Reply 5", None)]
    assert (await session.get_one(Member, 2)).takes_part


async def test_a_second_refusal_and_one_of_a_stranger_change_nothing_more(session: AsyncSession) -> None:
    await refusal.refuse(session, HEARD, now=NOW)

    assert await refusal.refuse(session, HEARD, now=NOW) == 0
    assert await refusal.refuse(session, 12345, now=NOW) == 0
    assert await count(session, OptOut) == 2


@pytest.mark.parametrize("restraint", Restraint)
async def test_a_sanction_that_came_through_what_is_erased_is_lifted_since_nobody_could_lift_it_later(
    session: AsyncSession, restraint: Restraint
) -> None:
    moderator = await planting.person(session, 1)
    await sanctions.restrain(session, moderator, 2, restraint, now=NOW)

    await refusal.refuse(session, JOINED, now=NOW)

    member = await session.get_one(Member, 2)
    assert (member.muted_at, member.removed_at) == (None, None)
    assert await count(session, Sanction) == 0


async def test_a_sanction_through_what_was_said_in_private_outlasts_a_refusal(session: AsyncSession) -> None:
    await planting.reply(session, 2, message_id=5)
    moderator = await planting.person(session, 1)
    await sanctions.restrain(session, moderator, 3, Restraint.REMOVED, now=NOW)

    await refusal.refuse(session, JOINED, now=NOW)

    assert (await session.get_one(Member, 2)).removed_at == NOW


async def test_raw_words_that_were_parked_go_too_and_others_stay(session: AsyncSession) -> None:
    for update_id, author in enumerate((HEARD, 9001), start=1):
        raw = f'{{"update_id": {update_id}, "message": {{"from": {{"id": {author}, "is_bot": false}}}}}}'
        await updates.keep(session, [RawUpdate(update_id, planting.CIRCLE, raw)], now=NOW)
    await session.execute(update(InboxUpdate).values(state=InboxState.PARKED))

    await refusal.refuse(session, HEARD, now=NOW)

    assert (await session.scalars(select(InboxUpdate.update_id))).all() == [2]


async def test_a_refusal_that_is_taken_back_is_gone(session: AsyncSession) -> None:
    await refusal.refuse(session, HEARD, now=NOW)

    await refusal.allow(session, HEARD)

    assert await count(session, OptOut) == 0
