"""One who joins late learns what was asked before, how much was said to it, and what they may still answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import schedule, wordings
from bot.features.discussion.actions import deck
from bot.models import Member, Question, Reply


@dataclass(frozen=True)
class Closed:
    """A question that has closed, with how many replies of others there are to read; `answered` if the reader replied to it."""

    question_id: int
    number: int
    title: str
    replies: int
    answered: bool


async def so_far(session: AsyncSession, member_id: int, *, now: datetime) -> tuple[Closed, ...]:
    """The questions of a dialogue that had closed before a member came, the first one first."""
    loaded = select(Member).options(joinedload(Member.dialogue), joinedload(Member.person))
    reader = (await session.scalars(loaded.where(Member.id == member_id))).one()
    dialogue, language = reader.dialogue, reader.person.language
    zone = wordings.zone_of(reader.person, dialogue)
    questions = await session.scalars(
        select(Question).where(Question.dialogue_id == dialogue.id).order_by(Question.position)
    )
    closed = [question for question in questions if schedule.closes_at(dialogue, question, zone) <= now]
    said = select(Reply.question_id).where(Reply.member_id == member_id, Reply.parent_id.is_(None))
    answered = set(await session.scalars(said)) if closed else set()
    return tuple(
        [
            Closed(
                question.id,
                question.number,
                wordings.heading(question, dialogue, language),
                await deck.count(session, reader, question.id),
                question.id in answered,
            )
            for question in closed
        ]
    )
