"""The frame around a question for one member: the week before, who will see the reply, what others say, the rungs."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.features.discussion.actions import deck, quick_replies
from bot.features.discussion.actions import highlights as discussion_highlights
from bot.features.discussion.actions import terms as discussion_terms
from bot.features.discussion.actions.deck import Came
from bot.features.discussion.actions.highlights import Highlights
from bot.features.discussion.actions.quick_replies import Chimes
from bot.features.discussion.actions.terms import Terms
from bot.models import Member, Question


@dataclass(frozen=True)
class Before:
    """The question before, and what others replied to it."""

    question_id: int
    number: int
    came: Came


@dataclass(frozen=True)
class Frame:
    """`terms` only before the member's first reply in the dialogue; `replies` counts those of others.

    `before` is the number of the question before and what came to it, None where nothing did. One who is `reminded` can
    let the question go.
    """

    question_id: int
    replies: int
    chimes: Chimes
    terms: Terms | None
    highlights: Highlights | None
    before: Before | None
    reminded: bool


_READERS = (
    select(Member)
    .options(joinedload(Member.dialogue), joinedload(Member.person))
    .where(Member.id.in_(bindparam("ids", expanding=True)))
)


async def frame(session: AsyncSession, member_id: int, question_id: int) -> Frame:
    """The frame of a question as it is now, for one member."""
    return (await frames(session, {member_id}, question_id))[member_id]


async def frames(session: AsyncSession, member_ids: Collection[int], question_id: int) -> dict[int, Frame]:
    """The same for several members of its dialogue, by member id; what is alike for many is read once."""
    readers = (await session.scalars(_READERS, {"ids": list(member_ids)})).all()
    came = await deck.came(session, readers, question_id)
    chimes = await quick_replies.of_question(session, member_ids, question_id)
    terms = await discussion_terms.before_first_reply(session, readers)
    previous = await discussion_highlights.question_before(session, question_id)
    highlights = await discussion_highlights.highlights(session, readers, previous) if previous else {}
    came_before = await deck.came(session, readers, previous.id) if previous else {}
    return {
        each.id: Frame(
            question_id=question_id,
            replies=came[each.id].replies,
            chimes=chimes[each.id],
            terms=terms.get(each.id),
            highlights=highlights.get(each.id),
            before=_before(previous, came_before.get(each.id)),
            reminded=each.reminders and each.dialogue.reminder is not None,
        )
        for each in readers
    }


def _before(previous: Question | None, came: Came | None) -> Before | None:
    return Before(previous.id, previous.number, came) if previous and came and came.replies else None
