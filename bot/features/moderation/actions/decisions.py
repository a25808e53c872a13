"""A moderator decides about a reply: it is shown, hidden, featured, merged into another that says the same, or responded to."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import prompts, visibility
from bot.core.messages import Content
from bot.core.rights import Right
from bot.database.looks import Look
from bot.features.discussion.actions import news, responses
from bot.features.moderation.actions import log, verdicts
from bot.features.moderation.actions.log import LogRow
from bot.features.replies.actions import answers
from bot.models import (
    Act,
    Attachment,
    Audience,
    Awaiting,
    Flag,
    Member,
    NoticeKind,
    Person,
    Reply,
    Revision,
    Visibility,
)


class Reason(StrEnum):
    """A ready reason for hiding a reply; any other is in the moderator's own words."""

    OFF_TOPIC = "off_topic"
    NAMES_OTHERS = "names_others"
    HURTS = "hurts"
    ENDANGERS = "endangers"
    ADVERTISES = "advertises"


REASON_LIMIT = 500  # characters of a reason in own words


class TooLate(Exception):
    """The reply (`reply_id`) is no longer as the moderator saw it."""

    def __init__(self, reply_id: int) -> None:
        super().__init__(f"reply {reply_id}")
        self.reply_id = reply_id


class AlreadyDone(TooLate):
    """Another press was first; `row` says what was done, and by whom, None if that isn't written down."""

    def __init__(self, reply_id: int, row: LogRow | None) -> None:
        super().__init__(reply_id)
        self.row = row


class ChangedMeanwhile(TooLate):
    """The author changed the reply after it was shown to the moderator."""


class NotForMembers(Exception):
    """The author meant the reply for the moderators alone: it can't be featured."""


class CannotMerge(Exception):
    """The other reply isn't a shown one to the same question."""


async def approve(session: AsyncSession, person: Person, reply_id: int, *, version: int, now: datetime) -> None:
    """Show a reply that waits, in the version that the moderator saw; what was flagged counts as looked at.

    Raises NoSuchReply, AlreadyDone, ChangedMeanwhile or NotPermitted.
    """
    moderator, reply = await decidable(session, person, reply_id, Right.JUDGE)
    if reply.waiting_since is None:
        raise AlreadyDone(reply_id, await log.newest(session, reply_id, Act.APPROVED, Act.HIDDEN, Act.MERGED))
    await _compare(session, reply, version)
    was_hidden = reply.hidden_reason is not None
    reply.visibility, reply.hidden_reason = Visibility.SHOWN, None
    await _settle(session, moderator, reply, Act.APPROVED, now=now)
    await news.owe_news(session, reply.id, now=now)
    if was_hidden:
        await verdicts.tell(session, reply, NoticeKind.SHOWN_AFTER_ALL, now=now)


async def hide(
    session: AsyncSession, person: Person, reply_id: int, *, reason: str, version: int | None, now: datetime
) -> None:
    """Hide a reply, for one of the ready reasons or in own words; its author is told, and may revise it.

    Without a version, whichever stands is hidden. Raises NoSuchReply, AlreadyDone, ChangedMeanwhile or NotPermitted.
    """
    moderator, reply = await decidable(session, person, reply_id, Right.JUDGE)
    if reply.visibility is Visibility.HIDDEN:
        raise AlreadyDone(reply_id, await log.newest(session, reply_id, Act.HIDDEN))
    if version is not None:
        await _compare(session, reply, version)
    reply.visibility, reply.hidden_reason = Visibility.HIDDEN, reason[:REASON_LIMIT]
    reply.featured_at = reply.merged_into_id = None
    await _settle(session, moderator, reply, Act.HIDDEN, now=now, reason=reply.hidden_reason)
    await verdicts.tell(session, reply, NoticeKind.HIDDEN, now=now)


async def show_again(session: AsyncSession, person: Person, reply_id: int, *, now: datetime) -> None:
    """Show a hidden or merged reply again; who had been told is told. Raises NoSuchReply, AlreadyDone or NotPermitted."""
    moderator, reply = await decidable(session, person, reply_id, Right.JUDGE)
    if reply.visibility not in {Visibility.HIDDEN, Visibility.MERGED}:
        raise AlreadyDone(reply_id, await log.newest(session, reply_id, Act.SHOWN_AGAIN))
    reply.visibility, reply.hidden_reason, reply.merged_into_id = Visibility.SHOWN, None, None
    await _settle(session, moderator, reply, Act.SHOWN_AGAIN, now=now)
    await news.owe_news(session, reply.id, now=now)
    if await verdicts.was_told(session, reply.id, NoticeKind.HIDDEN, NoticeKind.MERGED):
        await verdicts.tell(session, reply, NoticeKind.SHOWN_AFTER_ALL, now=now)


async def unmerge(session: AsyncSession, person: Person, reply_id: int, *, before: Visibility, now: datetime) -> None:
    """Undo a merge: the reply is shown by itself again, or waits, or is hidden, as `before`.

    Raises NoSuchReply, AlreadyDone or NotPermitted.
    """
    if before is Visibility.SHOWN:
        await show_again(session, person, reply_id, now=now)
        return
    moderator, reply = await decidable(session, person, reply_id, Right.JUDGE)
    if reply.visibility is not Visibility.MERGED:
        raise AlreadyDone(reply_id, await log.newest(session, reply_id, Act.SHOWN_AGAIN, Act.UNMERGED))
    reply.visibility, reply.merged_into_id = before, None
    reply.waiting_since = now if before is Visibility.WAITING else None
    log.enter(session, moderator, Act.UNMERGED, dialogue_id=reply.dialogue_id, reply_id=reply.id, now=now)


async def feature(session: AsyncSession, person: Person, reply_id: int, *, featured: bool, now: datetime) -> None:
    """Have a shown reply featured, or no longer; raises NoSuchReply, AlreadyDone, NotForMembers or NotPermitted."""
    moderator, reply = await decidable(session, person, reply_id, Right.FEATURE)
    if reply.audience is not Audience.MEMBERS:
        raise NotForMembers
    act = Act.FEATURED if featured else Act.UNFEATURED
    if featured == (reply.featured_at is not None) or reply.visibility is not Visibility.SHOWN:
        raise AlreadyDone(reply_id, await log.newest(session, reply_id, act, Act.HIDDEN, Act.MERGED))
    reply.featured_at = now if featured else None
    log.enter(session, moderator, act, dialogue_id=reply.dialogue_id, reply_id=reply.id, now=now)


async def merge(session: AsyncSession, person: Person, reply_id: int, *, into_id: int, now: datetime) -> Visibility:
    """A reply says the same as another: it is counted, and shown as the other one; returns what it was before.

    What was merged into it before follows it. Its author is told. Raises NoSuchReply, AlreadyDone, CannotMerge or NotPermitted.
    """
    moderator, reply = await decidable(session, person, reply_id, Right.JUDGE)
    if reply.visibility is Visibility.MERGED:
        raise AlreadyDone(reply_id, await log.newest(session, reply_id, Act.MERGED))
    into = await session.scalar(select(Reply).where(Reply.id == into_id, mergeable(reply)))
    if into is None:
        raise CannotMerge
    await session.execute(update(Reply).where(Reply.merged_into_id == reply.id).values(merged_into_id=into.id))
    before = reply.visibility
    reply.visibility, reply.merged_into_id = Visibility.MERGED, into.id
    reply.featured_at = None
    await _settle(session, moderator, reply, Act.MERGED, now=now)
    await verdicts.tell(session, reply, NoticeKind.MERGED, now=now)
    return before


def mergeable(reply: Reply) -> ColumnElement[bool]:
    """The replies that another may be merged into, as a condition on Reply: shown ones to the same question."""
    same_question = (Reply.question_id == reply.question_id) & (Reply.id != reply.id)
    return same_question & visibility.to_members() & Reply.parent_id.is_(None) & Reply.as_moderator.is_(False)


async def respond(
    session: AsyncSession,
    person: Person,
    reply_id: int,
    *,
    content: Content,
    message_id: int,
    sent_at: datetime,
    now: datetime,
) -> None:
    """Keep what a moderator says to a reply, as the moderator's; it waits for nobody. Raises NoSuchReply or NotPermitted."""
    moderator, reply = await decidable(session, person, reply_id, Right.RESPOND)
    answered = await answers.answer(
        session,
        member_id=moderator.id,
        question_id=reply.question_id,
        message_id=message_id,
        content=content,
        replied_at=sent_at,
        now=now,
        parent_id=await responses.parent_id(session, reply),
    )
    response = await session.get_one(Reply, answered.reply_id)
    response.as_moderator, response.audience = True, reply.audience
    response.visibility, response.waiting_since = Visibility.SHOWN, None
    await news.owe_news(session, response.id, now=now)
    log.enter(session, moderator, Act.RESPONDED, dialogue_id=reply.dialogue_id, reply_id=reply.id, now=now)


async def await_words(
    session: AsyncSession, person: Person, reply_id: int, awaiting: Awaiting, *, now: datetime
) -> None:
    """Await from a moderator what they want to say to a reply, or (Awaiting.REASON) about hiding it.

    Raises NoSuchReply or NotPermitted.
    """
    await decidable(session, person, reply_id, Right.JUDGE if awaiting is Awaiting.REASON else Right.RESPOND)
    prompts.ask(person, awaiting, reply_id, now=now)


# Written out rather than bound: only then do the databases see that the partial index serves.
_MERGED = Reply.visibility == literal(Visibility.MERGED, Reply.visibility.type, literal_execute=True)
_SHOWN = select(Reply.id).where(Reply.visibility == Visibility.SHOWN, Reply.withdrawn_at.is_(None))
_ALONE = (_MERGED, Reply.merged_into_id.is_(None) | Reply.merged_into_id.not_in(_SHOWN))
ALONE = Look(select(Reply.id).where(*_ALONE).limit(1))
"""What says the same as a reply that is gone, or no longer shown."""


async def release_merged(session: AsyncSession, *, now: datetime) -> None:
    """What says the same as a reply that is gone, or no longer shown, speaks for itself again, once a moderator looked."""
    await session.execute(
        update(Reply).where(*_ALONE).values(visibility=Visibility.WAITING, waiting_since=now, merged_into_id=None)
    )


async def version_of(session: AsyncSession, reply_id: int) -> int:
    """Which version of a reply stands: a number that grows with each edit and each part of an album."""
    return (await versions_of(session, [reply_id])).get(reply_id, 0)


async def versions_of(session: AsyncSession, reply_ids: Collection[int]) -> dict[int, int]:
    """The same of several replies, by their ids."""
    revisions = select(func.count()).where(Revision.reply_id == Reply.id).correlate(Reply).scalar_subquery()
    parts = select(func.count()).where(Attachment.reply_id == Reply.id).correlate(Reply).scalar_subquery()
    rows = await session.execute(select(Reply.id, revisions + parts).where(Reply.id.in_(reply_ids)))
    return {row[0]: row[1] for row in rows}


async def decidable(session: AsyncSession, person: Person, reply_id: int, right: Right) -> tuple[Member, Reply]:
    """The moderator and the reply, which nobody else changes until the transaction ends."""
    return await visibility.readable(session, person, reply_id, right, lock=True)


async def _compare(session: AsyncSession, reply: Reply, version: int) -> None:
    if await version_of(session, reply.id) != version:
        raise ChangedMeanwhile(reply.id)


async def _settle(
    session: AsyncSession, moderator: Member, reply: Reply, act: Act, *, now: datetime, reason: str | None = None
) -> None:
    """A moderator has looked: the reply waits no longer, and the flags it had count no more."""
    reply.waiting_since = None
    await session.execute(update(Flag).where(Flag.reply_id == reply.id, Flag.looked_at.is_(None)).values(looked_at=now))
    log.enter(session, moderator, act, dialogue_id=reply.dialogue_id, reply_id=reply.id, reason=reason, now=now)
