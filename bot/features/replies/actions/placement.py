"""Where a message belongs: the questions it may answer, and what tells which of them it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import wordings
from bot.features.replies.actions import answers
from bot.features.replies.actions import expected as reply_expected
from bot.features.replies.actions.expected import Expected
from bot.models import Delivery, Kind, Member, Person, Question, Reply, State

GOES_ON = timedelta(minutes=5)  # after a reply, in which what is written next answers the same question


@dataclass(frozen=True)
class Place:
    """A question that a message may belong to, and the membership through which."""

    member_id: int
    question_id: int
    number: int
    title: str
    dialogue_title: str
    is_open: bool


async def expected(
    session: AsyncSession, person: Person, *, hinted: tuple[int, int] | None, now: datetime
) -> list[Expected]:
    """Which reply a message is: one where that is certain, several where the person must say, none where nothing was asked.

    Without a hint (membership, question): to the open questions; when none is open, to the last that closed in each
    dialogue (it will be late). When none has begun by the clock, to those that the person was sent nevertheless,
    before the clock was set back or they moved to a zone further west.
    """
    asked = await reply_expected.of_person(session, person)
    for one in asked:
        if (one.member_id, one.question_id) == hinted:
            return [one]
    begun = [one for one in asked if one.opens_at <= now] or await _sent(session, person, asked)
    still_open = [one for one in begun if now < one.closes_at]
    return still_open or list({one.member_id: one for one in begun}.values())


async def continued(
    session: AsyncSession, person: Person, among: Sequence[Expected], *, sent_at: datetime
) -> Expected | None:
    """The one of several that a message goes on answering: the reply just before did, and nothing was asked since."""
    said = answers.said_by(person).where(
        Reply.room_id.is_(None), Reply.parent_id.is_(None), Reply.replied_at <= sent_at
    )
    last = await session.scalar(said.order_by(Reply.replied_at.desc(), Reply.id.desc()).limit(1))
    if last is None or sent_at - last.replied_at > GOES_ON:
        return None
    asked_since = exists().where(
        Delivery.member_id == Member.id,
        Member.person_id == person.id,
        Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]),
        Delivery.settled_at > last.replied_at,
    )
    if await session.scalar(select(asked_since)):
        return None
    place = last.member_id, last.question_id
    return next((one for one in among if (one.member_id, one.question_id) == place), None)


async def _sent(session: AsyncSession, person: Person, asked: Sequence[Expected]) -> list[Expected]:
    """Those that this person was sent the question of."""
    deliveries = await session.execute(
        select(Delivery.member_id, Delivery.question_id)
        .join(Delivery.member)
        .where(Member.person_id == person.id, Delivery.kind == Kind.QUESTION, Delivery.state == State.SENT)
    )
    sent = {(member_id, question_id) for member_id, question_id in deliveries}
    return [one for one in asked if (one.member_id, one.question_id) in sent]


async def places(
    session: AsyncSession, person: Person, *, hinted: tuple[int, int] | None, now: datetime
) -> list[Place]:
    """The same, as the person is shown it."""
    found = await expected(session, person, hinted=hinted, now=now)
    questions = await session.scalars(
        select(Question)
        .where(Question.id.in_([one.question_id for one in found]))
        .options(joinedload(Question.dialogue))
    )
    by_id = {question.id: question for question in questions}
    return [_place(one, by_id[one.question_id], person, now) for one in found]


def _place(expected: Expected, question: Question, person: Person, now: datetime) -> Place:
    dialogue = question.dialogue
    return Place(
        member_id=expected.member_id,
        question_id=expected.question_id,
        number=expected.number,
        title=wordings.heading(question, dialogue, person.language),
        dialogue_title=wordings.in_language(dialogue.title, dialogue, person.language),
        is_open=now < expected.closes_at,
    )


async def hinted(
    session: AsyncSession, person: Person, *, reply_to: int | None, album: str | None
) -> tuple[int, int] | None:
    """The membership and question to which the message replied to, or its album, already belongs; None without a hint."""
    if album is None and reply_to is None:
        return None
    said = answers.said_by(person).where(Reply.room_id.is_(None)).with_only_columns(Reply.member_id, Reply.question_id)
    if album is not None:
        together = (await session.execute(said.where(Reply.album == album))).first()
        if together:
            return together[0], together[1]
    if reply_to is None:
        return None
    sent = (
        select(Delivery.member_id, Delivery.question_id)
        .join(Delivery.member)
        .where(Member.person_id == person.id, Delivery.message_id == reply_to)
        .where(Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER, Kind.RECORDING, Kind.FOLLOW_UP]))
    )
    for member_id, question_id in (await session.execute(sent)).all():
        if member_id is not None and question_id is not None:
            return member_id, question_id
    itself = (await session.execute(said.where(answers.message_is(reply_to)))).first()
    return (itself[0], itself[1]) if itself else None
