"""When the questions of a dialogue open and close, as its moderators see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import members, rights, wordings
from bot.core import schedule as core_schedule
from bot.core.rights import NotPermitted, Right
from bot.features.questions.actions import deliveries, moves
from bot.models import Dialogue, Member, Person, Question


@dataclass(frozen=True)
class Period:
    """One question as the schedule shows it: the wall clocks of its ends, and the instants these are in the dialogue's zone.

    It was `missed` if it was to go out, and nobody got it.
    """

    question_id: int
    number: int
    title: str
    opens: datetime
    closes: datetime
    opens_at: datetime
    closes_at: datetime
    posted: bool
    missed: bool
    over: bool


@dataclass(frozen=True)
class Schedule:
    """A dialogue's questions in order; moments are told in `zone`. `undoable` is the last move, if it can still be undone.

    Who sees it `may_edit` all else as well if they organise the dialogue.
    """

    dialogue_id: int
    title: str
    zone: str
    periods: tuple[Period, ...]
    undoable: int | None = None
    may_edit: bool = False

    def period(self, question_id: int) -> Period:
        """One of its questions."""
        return next(period for period in self.periods if period.question_id == question_id)


async def schedule(session: AsyncSession, person: Person, dialogue_id: int, *, now: datetime) -> Schedule:
    """When the questions of a dialogue open and close, for its moderator; raises NotPermitted."""
    dialogue = await session.scalar(
        select(Dialogue)
        .join(Member, Member.dialogue_id == Dialogue.id)
        .where(Dialogue.id == dialogue_id, Member.person_id == person.id, rights.holds(Right.SCHEDULE))
        .options(selectinload(Dialogue.questions))
    )
    if dialogue is None:
        raise NotPermitted
    periods = [await _period(session, dialogue, question, person.language, now=now) for question in dialogue.questions]
    title = wordings.in_language(dialogue.title, dialogue, person.language)
    undoable = await moves.last_move(session, dialogue, now=now)
    member = await members.membership(session, person, dialogue.id)
    may_edit = member is not None and rights.may(member, Right.APPOINT)
    return Schedule(dialogue.id, title, dialogue.timezone, tuple(periods), undoable, may_edit)


async def _period(
    session: AsyncSession, dialogue: Dialogue, question: Question, language: str, *, now: datetime
) -> Period:
    posted = await deliveries.is_posted(session, question)
    return Period(
        question_id=question.id,
        number=question.number,
        title=wordings.heading(question, dialogue, language),
        opens=question.opens,
        closes=question.closes,
        opens_at=core_schedule.instant(question.opens, dialogue.timezone),
        closes_at=core_schedule.instant(question.closes, dialogue.timezone),
        posted=posted,
        missed=not posted and await deliveries.is_missed(session, question),
        over=core_schedule.last_close(dialogue, [question]) <= now,
    )


async def schedule_around(session: AsyncSession, person: Person, question_id: int, *, now: datetime) -> Schedule:
    """The schedule of the dialogue that a question belongs to; raises NotPermitted."""
    dialogue_id = await session.scalar(select(Question.dialogue_id).where(Question.id == question_id))
    return await schedule(session, person, dialogue_id or 0, now=now)
