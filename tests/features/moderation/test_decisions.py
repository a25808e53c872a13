import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import planting
import pytest
from planting import MONDAY
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.rights import NotPermitted
from bot.core.visibility import NoSuchReply
from bot.database import Database
from bot.features.moderation.actions import decisions, flags, log, merging, overdue, queue, sanctions, verdicts
from bot.features.moderation.actions.decisions import AlreadyDone, CannotMerge, NotForMembers
from bot.features.moderation.actions.flags import NothingToFlag, OwnWords
from bot.features.moderation.actions.queue import View
from bot.features.moderation.actions.sanctions import AlreadyRestrained
from bot.features.replies.actions import own_replies
from bot.models import (
    Audience,
    Delivery,
    LogEntry,
    Member,
    Moderation,
    Naming,
    Notice,
    NoticeKind,
    Reply,
    Restraint,
    Role,
    Sanction,
    Visibility,
)

MODERATOR, AUTHOR, READER, OTHER, THIRD = 1, 2, 3, 4, 5
NOW = MONDAY + timedelta(hours=1)


@pytest.fixture
async def planted(either_database: Database) -> Database:
    """Member 1 moderates; member 2 wrote replies 1 and 2, member 3 reply 3; they wait for a moderator."""
    await planting.plant(either_database, *["UTC"] * 5, moderation=Moderation.BEFORE)
    async with either_database.sessions.begin() as session:
        (await session.get_one(Member, MODERATOR)).role = Role.MODERATOR
        for number, member_id in enumerate([AUTHOR, AUTHOR, READER], start=1):
            await planting.reply(session, member_id, message_id=number)
    return either_database


@pytest.fixture
async def session(planted: Database) -> AsyncIterator[AsyncSession]:
    async with planted.sessions.begin() as session:
        yield session


async def approve(session: AsyncSession, *reply_ids: int) -> None:
    moderator = await planting.person(session, MODERATOR)
    for reply_id in reply_ids:
        await decisions.approve(session, moderator, reply_id, version=0, now=NOW)


async def test_of_two_who_approve_at_one_moment_one_is_told_that_it_was_done(planted: Database) -> None:
    async def press() -> str:
        async with planted.sessions.begin() as session:
            try:
                await approve(session, 1)
            except AlreadyDone as error:
                return str(error.row and error.row.act)
            return "first"

    outcomes = await asyncio.gather(press(), press())

    assert sorted(outcomes) == ["approved", "first"]
    async with planted.readers() as session:
        assert len(list(await session.scalars(select(LogEntry.id)))) == 1


async def test_a_member_decides_nothing(session: AsyncSession) -> None:
    with pytest.raises(NotPermitted):
        await decisions.approve(session, await planting.person(session, AUTHOR), 1, version=0, now=NOW)


async def test_what_its_author_withdrew_is_not_in_the_queue(session: AsyncSession) -> None:
    author, moderator = await planting.person(session, AUTHOR), await planting.person(session, MODERATOR)
    await own_replies.set_withdrawn(session, author, reply_id=1, withdrawn=True, now=NOW)

    page = await queue.page(session, moderator, 1, View.WAITING, 0, now=NOW)

    assert page.waiting == page.total == 2
    with pytest.raises(NoSuchReply):
        await decisions.approve(session, moderator, 1, version=0, now=NOW)


async def test_what_was_meant_for_moderators_is_never_featured(session: AsyncSession) -> None:
    await approve(session, 1)
    (await session.get_one(Reply, 1)).audience = Audience.MODERATORS

    with pytest.raises(NotForMembers):
        await decisions.feature(session, await planting.person(session, MODERATOR), 1, featured=True, now=NOW)


async def told_author(session: AsyncSession) -> list[tuple[NoticeKind, bool]]:
    """Of what the author is owed word, and whether that would still be said."""
    owed = await session.scalars(
        select(Notice)
        .join(Delivery, Delivery.notice_id == Notice.id)
        .where(Delivery.member_id == AUTHOR)
        .order_by(Notice.id)
    )
    return [
        (notice.kind, await verdicts.verdict(session, notice.reply_id or 0, notice.kind) is not None)
        for notice in owed
        if notice.kind in {NoticeKind.MERGED, NoticeKind.SHOWN_AFTER_ALL}
    ]


@pytest.mark.parametrize("before", [Visibility.SHOWN, Visibility.WAITING, Visibility.HIDDEN])
async def test_a_merge_is_told_to_the_author_and_undone_to_what_the_reply_was_before(
    session: AsyncSession, before: Visibility
) -> None:
    moderator = await planting.person(session, MODERATOR)
    await approve(session, 3)
    if before is Visibility.SHOWN:
        await approve(session, 1)
    if before is Visibility.HIDDEN:
        await decisions.hide(session, moderator, 1, reason="off_topic", version=0, now=NOW)

    assert await decisions.merge(session, moderator, 1, into_id=3, now=NOW) is before
    merged = await told_author(session)
    await decisions.unmerge(session, moderator, 1, before=before, now=NOW)

    reply = await session.get_one(Reply, 1, populate_existing=True)
    assert (reply.visibility, reply.merged_into_id) == (before, None)
    assert (reply.waiting_since is not None) is (before is Visibility.WAITING)
    assert merged == [(NoticeKind.MERGED, True)]
    assert await told_author(session) == [(NoticeKind.MERGED, False)]  # in time: they hear nothing
    with pytest.raises(AlreadyDone):
        await decisions.unmerge(session, moderator, 1, before=before, now=NOW)


async def test_who_revised_a_hidden_reply_is_told_that_it_is_shown(session: AsyncSession) -> None:
    moderator = await planting.person(session, MODERATOR)
    await decisions.hide(session, moderator, 1, reason="off_topic", version=0, now=NOW)
    revised = await session.get_one(Reply, 1)
    revised.visibility, revised.waiting_since = Visibility.WAITING, NOW

    await approve(session, 1, 2)

    assert await told_author(session) == [(NoticeKind.SHOWN_AFTER_ALL, True)]


async def test_a_reply_is_merged_into_a_shown_one_and_speaks_again_when_that_is_gone(session: AsyncSession) -> None:
    moderator = await planting.person(session, MODERATOR)
    with pytest.raises(CannotMerge):
        await decisions.merge(session, moderator, 1, into_id=3, now=NOW)
    await approve(session, 3)

    await decisions.merge(session, moderator, 1, into_id=3, now=NOW)
    await decisions.release_merged(session, now=NOW)
    merged = await session.get_one(Reply, 1)
    assert (merged.visibility, merged.merged_into_id) == (Visibility.MERGED, 3)
    await decisions.hide(session, moderator, 3, reason="hurts", version=None, now=NOW)
    await decisions.release_merged(session, now=NOW)

    await session.refresh(merged)
    assert (merged.visibility, merged.waiting_since, merged.merged_into_id) == (Visibility.WAITING, NOW, None)


async def test_nobody_flags_their_own_reply_or_one_they_cannot_read(session: AsyncSession) -> None:
    await approve(session, 1)
    author, reader = await planting.person(session, AUTHOR), await planting.person(session, READER)

    with pytest.raises(OwnWords):
        await flags.flag(session, author, 1, now=NOW)
    with pytest.raises(NothingToFlag):
        await flags.flag(session, reader, 2, now=NOW)


async def test_flags_that_were_looked_at_hide_nothing_again(session: AsyncSession) -> None:
    await approve(session, 1)
    people = [await planting.person(session, each) for each in (READER, OTHER, THIRD)]
    for person in people:
        await flags.flag(session, person, 1, now=NOW)
    reply = await session.get_one(Reply, 1)
    assert reply.visibility is Visibility.WAITING
    await approve(session, 1)

    again = await flags.flag(session, people[0], 1, now=NOW)

    assert not again.is_new
    assert (reply.visibility, reply.waiting_since) == (Visibility.SHOWN, None)


async def test_one_flag_has_a_reply_looked_at_and_hides_nothing(session: AsyncSession) -> None:
    await approve(session, 1)

    await flags.flag(session, await planting.person(session, READER), 1, now=NOW)

    reply = await session.get_one(Reply, 1)
    assert (reply.visibility, reply.waiting_since) == (Visibility.SHOWN, NOW)


async def test_a_mute_through_an_anonymous_reply_shows_on_no_other(session: AsyncSession) -> None:
    moderator = await planting.person(session, MODERATOR)
    (await session.get_one(Reply, 1)).naming = Naming.ANONYMOUS
    await session.flush()
    await sanctions.restrain(session, moderator, 1, Restraint.MUTED, now=NOW)

    first, second = [(await queue.page(session, moderator, 1, View.WAITING, offset, now=NOW)).card for offset in (0, 1)]
    await sanctions.restrain(session, moderator, 2, Restraint.MUTED, now=NOW)  # as if nothing had been

    assert first is not None
    assert second is not None
    assert (first.reply_id, first.restraints) == (1, frozenset({Restraint.MUTED}))
    assert (second.reply_id, second.restraints) == (2, frozenset())
    with pytest.raises(AlreadyRestrained):
        await sanctions.restrain(session, moderator, 1, Restraint.MUTED, now=NOW)
    rows = await log.rows(session, 1)
    assert [(row.reply_id, row.author and row.author.naming) for row in rows] == [
        (1, Naming.ANONYMOUS),
        (2, Naming.PSEUDONYM),
    ]


async def test_a_mute_lasts_until_the_last_sanction_is_lifted(session: AsyncSession) -> None:
    moderator = await planting.person(session, MODERATOR)
    (await session.get_one(Reply, 1)).naming = Naming.ANONYMOUS
    await session.flush()
    for reply_id in (1, 2):
        await sanctions.restrain(session, moderator, reply_id, Restraint.MUTED, now=NOW)
    author = await session.get_one(Member, AUTHOR)

    await sanctions.lift(session, moderator, 1, now=NOW)
    assert author.muted_at == NOW
    await sanctions.lift(session, moderator, 2, now=NOW)

    assert author.muted_at is None


async def test_what_was_said_at_the_moment_of_a_mute_waits_from_its_end_on(session: AsyncSession) -> None:
    moderator = await planting.person(session, MODERATOR)
    sanction_id = await muted_through(session, 1)
    said = await planting.reply(session, AUTHOR, message_id=9, at=NOW)
    seen = [(await queue.page(session, moderator, 1, View.WAITING, 0, now=NOW)).total]

    await sanctions.lift(session, moderator, sanction_id, now=NOW + timedelta(days=1))
    seen.append((await queue.page(session, moderator, 1, View.WAITING, 0, now=NOW)).total)

    reply = await session.get_one(Reply, said.reply_id)
    assert reply.waiting_since == NOW + timedelta(days=1)
    assert seen == [3, 4]


async def muted_through(session: AsyncSession, reply_id: int) -> int:
    """Mute the author of a reply at NOW; the id of that sanction."""
    await sanctions.restrain(session, await planting.person(session, MODERATOR), reply_id, Restraint.MUTED, now=NOW)
    found: int | None = await session.scalar(select(Sanction.id))
    assert found is not None
    return found


async def test_moderators_are_owed_one_notice_a_day_of_what_waits_too_long(session: AsyncSession) -> None:
    late = MONDAY + timedelta(hours=6)

    opened = [await overdue.open_due(session, now=late + timedelta(hours=hours)) for hours in (-1, 0, 1, 23, 24)]

    assert opened == [0, 1, 0, 0, 1]
    readers = await session.scalars(
        select(Delivery.member_id)
        .join(Notice, Notice.id == Delivery.notice_id)
        .where(Notice.kind == NoticeKind.WAITING)
    )
    assert set(readers) == {MODERATOR}


async def test_the_replies_with_most_words_in_common_are_offered_first(session: AsyncSession) -> None:
    for reply_id, text in ((1, "we lack money"), (2, "time is short"), (3, "we lack all money")):
        (await session.get_one(Reply, reply_id)).text = text
    await approve(session, 2, 3)

    offered = await merging.candidates(session, await planting.person(session, MODERATOR), 1)

    assert [other.reply_id for other in offered] == [3, 2]


async def test_two_dialogues_of_one_title_are_told_apart_in_the_queue(session: AsyncSession) -> None:
    again = planting.dialogue("training-2")
    session.add(again)
    await session.flush()
    (await planting.join(session, again, MODERATOR)).role = Role.MODERATOR

    choices, _ = await queue.choices(session, await planting.person(session, MODERATOR))

    assert sorted(title for _, title in choices) == ["Training (2026, training)", "Training (2026, training-2)"]
