"""What a week brought, told to a member above the next question: key points so far, and a few featured replies."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from bot.actions import browsing, reading, showing
from bot.actions.browsing import Words
from bot.models import KeyPoint, Member, Question, Reply

REPLIES = 3
POINTS = 5


@dataclass(frozen=True)
class Highlights:
    """The key points of the question before (Markdown), and featured replies to it, other languages than the reader's first."""

    number: int
    points: tuple[str, ...]
    replies: tuple[Words, ...]


async def before(session: AsyncSession, reader: Member, question_id: int) -> Highlights | None:
    """The highlights of the question before this one, for a member (dialogue and person loaded); None if there are none."""
    position = select(Question.position - 1).where(Question.id == question_id).scalar_subquery()
    previous = await session.scalar(
        select(Question).where(Question.dialogue_id == reader.dialogue_id, Question.position == position)
    )
    if previous is None:
        return None
    found = Highlights(
        previous.number, await points(session, reader, previous.id), await _replies(session, reader, previous.id)
    )
    return found if found.points or found.replies else None


async def points(session: AsyncSession, reader: Member, question_id: int) -> tuple[str, ...]:
    """The key points of a question so far (Markdown), in the reader's language as far as there is one."""
    found = await session.scalars(
        select(KeyPoint)
        .where(KeyPoint.question_id == question_id)
        .order_by(KeyPoint.position, KeyPoint.id)
        .limit(POINTS)
    )
    language = reader.person.language
    return tuple(reading.in_language(point.text, reader.dialogue, language) for point in found if point.text)


async def _replies(session: AsyncSession, reader: Member, question_id: int) -> tuple[Words, ...]:
    language = reader.person.language
    found = await session.scalars(
        select(Reply)
        .where(Reply.question_id == question_id, Reply.featured_at.is_not(None), showing.to_members())
        .where(Reply.member_id != reader.id)
        .options(joinedload(Reply.member), selectinload(Reply.attachments))
        .order_by(Reply.language == language, Reply.featured_at.desc(), Reply.id.desc())
        .limit(REPLIES)
    )
    return tuple(await browsing.words(session, found.all(), language))
