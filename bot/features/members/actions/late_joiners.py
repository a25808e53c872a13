"""One who joins late learns what was asked before, what has come of it, and what they may still answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import schedule, wordings
from bot.features.discussion.actions import highlights
from bot.models import Member, Question, Reply


@dataclass(frozen=True)
class Asked:
    """A question that has closed, with its key points so far (Markdown); `answered` says whether the reader replied to it."""

    question_id: int
    number: int
    title: str
    points: tuple[str, ...]
    answered: bool


@dataclass(frozen=True)
class SoFar:
    """What a dialogue is about, in short (Markdown), and its questions that have closed, the first one first."""

    summary: str
    questions: tuple[Asked, ...]


async def so_far(session: AsyncSession, member_id: int, *, now: datetime) -> SoFar | None:
    """What has happened in a dialogue before a member came; None while no question has closed."""
    loaded = select(Member).options(joinedload(Member.dialogue), joinedload(Member.person))
    reader = (await session.scalars(loaded.where(Member.id == member_id))).one()
    dialogue, language = reader.dialogue, reader.person.language
    zone = wordings.zone_of(reader.person, dialogue)
    questions = await session.scalars(
        select(Question).where(Question.dialogue_id == dialogue.id).order_by(Question.position)
    )
    closed = [question for question in questions if schedule.closes_at(dialogue, question, zone) <= now]
    said = select(Reply.question_id).where(Reply.member_id == member_id, Reply.parent_id.is_(None))
    answered = set(await session.scalars(said))
    asked = [
        Asked(
            question.id,
            question.number,
            wordings.heading(question, dialogue, language),
            await highlights.points(session, reader, question.id),
            question.id in answered,
        )
        for question in closed
    ]
    return SoFar(wordings.in_language(dialogue.summary, dialogue, language), tuple(asked)) if asked else None
