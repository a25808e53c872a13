"""Where a person stands, as one who comes back is told it: what is open in each of their dialogues, and which ones they have left."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors, members, questions, schedule, wordings
from bot.core.authors import Author
from bot.core.questions import AskedQuestion
from bot.models import Delivery, Dialogue, Kind, Member, Person, Question, Reply, State


@dataclass(frozen=True)
class OpenQuestion:
    """A question that may be answered in time now; it `follows` where it is about to be sent."""

    asked: AskedQuestion
    follows: bool
    answered: bool


@dataclass(frozen=True)
class Whereabouts:
    """One membership; `next_opens_at` is an instant, told in `zone`, None after the last question."""

    dialogue_id: int
    title: str
    author: Author
    open: tuple[OpenQuestion, ...]
    next_opens_at: datetime | None
    zone: str
    zone_chosen: bool


@dataclass(frozen=True)
class Former:
    """A dialogue that a person has left, and may come back to by a tap, on the terms they agreed to."""

    dialogue_id: int
    title: str


async def whereabouts(
    session: AsyncSession, person: Person, *, entrance: str | None = None, now: datetime
) -> list[Whereabouts]:
    """Where a person stands in each of their dialogues, or in the one that a link leads to alone."""
    found = await members.memberships(session, person)
    return [await of_member(session, each, now=now) for each in found if _leads(entrance, each.dialogue)]


def _leads(entrance: str | None, dialogue: Dialogue) -> bool:
    """Whether a link that ends so leads to a dialogue; without one, all are meant."""
    return entrance in (None, dialogue.slug, dialogue.entrance)


async def of_member(session: AsyncSession, member: Member, *, now: datetime) -> Whereabouts:
    """Where one member stands; `member.dialogue` and `member.person` must be loaded."""
    dialogue, person = member.dialogue, member.person
    return Whereabouts(
        dialogue_id=dialogue.id,
        title=wordings.in_language(dialogue.title, dialogue, person.language),
        author=authors.author(member),
        open=await _open(session, member, now=now),
        next_opens_at=await questions.next_opening(session, dialogue, person, now=now),
        zone=wordings.zone_of(person, dialogue),
        zone_chosen=person.timezone is not None,
    )


async def _open(session: AsyncSession, member: Member, *, now: datetime) -> tuple[OpenQuestion, ...]:
    owed = exists().where(
        Delivery.member_id == member.id,
        Delivery.question_id == Question.id,
        Delivery.kind == Kind.QUESTION,
        Delivery.state.in_((State.PLANNED, State.SENDING)),
        Delivery.due_at <= now,
    )
    answered = exists().where(Reply.member_id == member.id, Reply.question_id == Question.id, Reply.parent_id.is_(None))
    rows = await session.execute(
        select(Question, owed, answered)
        .where(Question.dialogue_id == member.dialogue_id)
        .order_by(Question.closes, Question.position)
    )
    dialogue, zone, all_of_it = member.dialogue, wordings.zone_of(member.person, member.dialogue), rows.all()
    waits = member.person.is_paused(now)
    return tuple(
        OpenQuestion(
            questions.asked(
                *(dialogue, question),
                language=member.person.language,
                zone=zone,
                total=len(all_of_it),
                own_clock=member.person.timezone is not None,
            ),
            follows=follows and not waits,
            answered=replied,
        )
        for question, follows, replied in all_of_it
        if schedule.opens_at(dialogue, question, zone) <= now < schedule.closes_at(dialogue, question, zone)
    )


async def left(session: AsyncSession, person: Person, *, entrance: str | None = None, now: datetime) -> list[Former]:
    """The dialogues a person has left and may come back to: those they left lately, and those that go on, on the same terms."""
    found = await session.scalars(
        select(Member)
        .join(Member.dialogue)
        .where(Member.person_id == person.id, Member.left_at.is_not(None), Member.removed_at.is_(None))
        .options(joinedload(Member.dialogue).selectinload(Dialogue.questions))
        .order_by(Member.left_at.desc())
    )
    return [
        Former(member.dialogue_id, wordings.in_language(member.dialogue.title, member.dialogue, person.language))
        for member in found
        if _leads(entrance, member.dialogue) and _may_come_back(member, now=now)
    ]


def _may_come_back(member: Member, *, now: datetime) -> bool:
    if members.left_lately(member, now=now):
        return True
    same_terms = member.consent_version == members.CONSENT_VERSION
    dialogue = member.dialogue
    return same_terms and bool(dialogue.questions) and schedule.last_close(dialogue, dialogue.questions) > now
