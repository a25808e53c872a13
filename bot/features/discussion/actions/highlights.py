"""Highlights of a week, told to a member above the next question: key points so far, and a few featured replies."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import visibility, wordings
from bot.features.discussion.actions import cards
from bot.features.discussion.actions.cards import Words
from bot.models import KeyPoint, Member, Objection, Question, Reply

REPLIES = 3
POINTS = 5


@dataclass(frozen=True)
class Highlights:
    """The key points of the question before (Markdown), and featured replies to it, other languages than the reader's first."""

    question_id: int
    number: int
    points: tuple[str, ...]
    replies: tuple[Words, ...]


# Built once: whoever sends asks this for each claim.
_ASKED = aliased(Question)
_PREVIOUS = (
    select(Question)
    .join(_ASKED, (_ASKED.dialogue_id == Question.dialogue_id) & (_ASKED.position - 1 == Question.position))
    .where(_ASKED.id == bindparam("question"))
)


async def question_before(session: AsyncSession, question_id: int) -> Question | None:
    """The question before this one in its dialogue."""
    return await session.scalar(_PREVIOUS, {"question": question_id})


async def highlights(session: AsyncSession, readers: Collection[Member], previous: Question) -> dict[int, Highlights]:
    """The highlights of a question, for members (dialogue and person loaded), by id; none where there are none."""
    featured = (Reply.question_id == previous.id) & Reply.featured_at.is_not(None) & visibility.to_members()
    authors = set(await session.scalars(select(Reply.member_id).where(featured)))
    # Those who read one language read the same, unless it would bring them their own words.
    shared: dict[tuple[str, int | None], Highlights] = {}
    found: dict[int, Highlights] = {}
    for reader in readers:
        key = reader.person.language, reader.id if reader.id in authors else None
        if key not in shared:
            said = await _replies(session, reader, featured)
            told = await points(session, reader, previous.id)
            shared[key] = Highlights(previous.id, previous.number, told, said)
        if shared[key].points or shared[key].replies:
            found[reader.id] = shared[key]
    return found


async def points(session: AsyncSession, reader: Member, question_id: int) -> tuple[str, ...]:
    """The key points of a question so far (Markdown), in the reader's language as far as there is one.

    One that somebody objects to, whose words it rests on, waits until a moderator has answered.
    """
    objected = exists().where(Objection.key_point_id == KeyPoint.id, Objection.answered_at.is_(None))
    found = await session.scalars(
        select(KeyPoint)
        .where(KeyPoint.question_id == question_id, ~objected)
        .order_by(KeyPoint.position, KeyPoint.id)
        .limit(POINTS)
    )
    language = reader.person.language
    return tuple(wordings.in_language(point.text, reader.dialogue, language) for point in found if point.text)


async def _replies(session: AsyncSession, reader: Member, featured: ColumnElement[bool]) -> tuple[Words, ...]:
    language = reader.person.language
    found = await session.scalars(
        select(Reply)
        .where(featured, Reply.member_id != reader.id)
        .options(*cards.LOADED)
        .order_by(Reply.language == language, Reply.featured_at.desc(), Reply.id.desc())
        .limit(REPLIES)
    )
    return tuple(await cards.words(session, found.all(), language))
