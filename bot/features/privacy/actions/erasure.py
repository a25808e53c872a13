"""Erasure: everything about a person is deleted, or some of their replies, for good.

What members said to these stays, what moderators said to them goes along.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import members as core_members
from bot.features.menu import actions as menu_actions
from bot.features.moderation.actions import sanctions
from bot.features.privacy.actions import wordings
from bot.models import DialogueDraft, DraftHand, InboxState, InboxUpdate, Member, Pen, Person, Reply
from bot.tallies import deltas


@dataclass(frozen=True)
class Erased:
    """What went: the number of replies and of dialogues."""

    replies: int
    dialogues: int


async def erase(session: AsyncSession, person: Person, *, now: datetime) -> Erased:
    """Forget a person: account, memberships, replies with their revisions, held messages, and their raw updates.

    What other members said to them stays, and stands higher up.
    """
    replies = await delete_replies(session, Reply.member_id.in_(core_members.memberships_of(person)), now=now)
    dialogues = await session.scalar(select(func.count()).where(Member.person_id == person.id))
    await session.execute(delete(InboxUpdate).where(InboxUpdate.lane == person.telegram_id))
    await forget_raw(session, person.telegram_id)
    await menu_actions.forget(session, menu_actions.menu_of(person.telegram_id))
    await _delete_drafts(session, person)
    await deltas.forget(session, person, now=now)
    await session.execute(delete(Person).where(Person.id == person.id))
    return Erased(replies, dialogues or 0)


async def _delete_drafts(session: AsyncSession, person: Person) -> None:
    """Delete the drafts of dialogues that nobody else writes; those written together stay for the others, without a name."""
    written = select(DraftHand.draft_id).where(DraftHand.person_id == person.id)
    theirs = or_(DialogueDraft.author_id == person.id, DialogueDraft.id.in_(written))
    others = exists().where(
        DraftHand.draft_id == DialogueDraft.id, DraftHand.person_id != person.id, DraftHand.pen == Pen.AUTHOR
    )
    await session.execute(delete(DialogueDraft).where(theirs, ~others))
    # A link that nobody has opened yet carries the name of whoever passed it on.
    await session.execute(delete(DraftHand).where(DraftHand.person_id.is_(None), DraftHand.draft_id.in_(written)))


async def forget_raw(session: AsyncSession, author_id: int) -> None:
    """Delete what someone (Telegram's id) sent outside of their own chat, as far as it was parked; what is done is blank there."""
    marks = [InboxUpdate.raw.contains(f'"id": {author_id}{end}') for end in ",}"]
    await session.execute(
        delete(InboxUpdate).where(InboxUpdate.state == InboxState.PARKED, InboxUpdate.lane <= 0, or_(*marks))
    )


async def delete_replies(session: AsyncSession, theirs: ColumnElement[bool], *, now: datetime) -> int:
    """Delete replies and responses, and take them out of the tallies; returns how many of `theirs` there were.

    A member's response to one of them moves up: below what that one responded to or, where there is nothing above, it
    answers the question all the same.
    """
    mine = set(await session.scalars(select(Reply.id).where(theirs)))
    said_to_mine = select(Reply.id).where(Reply.parent_id.in_(mine), Reply.as_moderator)
    gone = mine | set(await session.scalars(said_to_mine))
    if not gone:
        return 0
    orphaned = Reply.parent_id.in_(gone) & Reply.id.not_in(gone)
    await _lift(session, orphaned)
    # What now stands by itself was counted as a response: it is counted anew, as a reply.
    await deltas.restate(session, orphaned, now=now)
    await deltas.forget_replies(session, Reply.id.in_(gone), now=now)
    await session.execute(update(Reply).where(orphaned).values(parent_id=None))
    await sanctions.forget(session, list(mine), now=now)
    emptied = await wordings.forget(session, gone)
    await session.execute(delete(Reply).where(Reply.id.in_(gone)))
    await wordings.forget_empty(session, emptied)
    return len(mine)


async def _lift(session: AsyncSession, orphaned: ColumnElement[bool]) -> None:
    """Move responses of the second level up to the first, below what stays there or goes as well."""
    above = aliased(Reply)
    higher = select(above.parent_id).where(above.id == Reply.parent_id).scalar_subquery()
    await session.execute(update(Reply).where(orphaned, higher.is_not(None)).values(parent_id=higher))
