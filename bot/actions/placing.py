"""Where a message belongs: the questions it may answer, and what tells which of them it does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.actions import answering, planning, reading
from bot.models import Delivery, Kind, Member, Person, Question, Reply, State


@dataclass(frozen=True)
class Place:
    """A question that a message may belong to, and the membership through which."""

    member_id: int
    question_id: int
    number: int
    title: str
    dialogue_title: str
    is_open: bool


async def places(
    session: AsyncSession, person: Person, *, hinted: tuple[int, int] | None, now: datetime
) -> list[Place]:
    """Where a message belongs: one place where that is certain, several where the person must say, none where nothing was asked.

    Without a hint (membership, question): the open questions; when none is open, the last that closed in each
    dialogue (the reply will be late). When none has begun by the clock, those that the person was sent nevertheless,
    before the clock was set back or they moved to a zone further west.
    """
    asked = await reading.questions_of(session, person)
    for member, question in asked:
        if (member.id, question.id) == hinted:
            return [_place(member, question, person, now)]
    begun = [
        (member, question)
        for member, question in asked
        if planning.opens_at(member.dialogue, question, reading.zone_of(person, member.dialogue)) <= now
    ]
    shown = begun or await _sent(session, person, asked)
    found = [_place(member, question, person, now) for member, question in shown]
    still_open = [place for place in found if place.is_open]
    return still_open or list({place.member_id: place for place in found}.values())


async def _sent(
    session: AsyncSession, person: Person, asked: Sequence[tuple[Member, Question]]
) -> list[tuple[Member, Question]]:
    """Those of the questions that this person was sent."""
    deliveries = await session.execute(
        select(Delivery.member_id, Delivery.question_id)
        .join(Delivery.member)
        .where(Member.person_id == person.id, Delivery.kind == Kind.QUESTION, Delivery.state == State.SENT)
    )
    sent = {(member_id, question_id) for member_id, question_id in deliveries}
    return [(member, question) for member, question in asked if (member.id, question.id) in sent]


def _place(member: Member, question: Question, person: Person, now: datetime) -> Place:
    dialogue = member.dialogue
    return Place(
        member_id=member.id,
        question_id=question.id,
        number=question.number,
        title=reading.in_language(question.title or question.text, dialogue, person.language),
        dialogue_title=reading.in_language(dialogue.title, dialogue, person.language),
        is_open=now < planning.closes_at(dialogue, question, reading.zone_of(person, dialogue)),
    )


async def hinted(
    session: AsyncSession, person: Person, *, reply_to: int | None, album: str | None
) -> tuple[int, int] | None:
    """The membership and question to which the message replied to, or its album, already belongs; None without a hint."""
    said = (
        answering.said_by(person).where(Reply.room_id.is_(None)).with_only_columns(Reply.member_id, Reply.question_id)
    )
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
        .where(Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]))
    )
    row: Any = (await session.execute(sent)).first() or (
        await session.execute(said.where(answering.message_is(reply_to)))
    ).first()
    return (row[0], row[1]) if row else None
