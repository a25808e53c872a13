"""A moderator looks at what a service proposed, and adopts it as a key point or discards it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core import visibility
from bot.features.key_points.actions import key_points, support
from bot.features.key_points.actions.key_points import NotAnEditor
from bot.models import Ground, Member, Person, Proposal, Question, Reply


class NoSuchProposal(Exception):
    """A proposal was decided on already, rests on nothing any more, or isn't the person's to decide on."""


@dataclass(frozen=True)
class Under:
    """Where a proposal belongs, or belonged."""

    dialogue_id: int
    question_id: int


@dataclass(frozen=True)
class Proposed:
    """A proposal, of so many `waiting`: the words of members it rests on as they still stand, and how many members' they are."""

    proposal_id: int
    dialogue_id: int
    question_id: int
    text: str
    service: str
    quotes: tuple[str, ...]
    members: int
    waiting: int


async def next_proposal(session: AsyncSession, question_id: int) -> Proposed | None:
    """The oldest proposal of a question; those whose words are gone from all replies are passed by."""
    waiting = [
        (proposal, grounds)
        for proposal in await _proposals(session, Proposal.question_id == question_id)
        if (grounds := await _standing(session, proposal))
    ]
    if not waiting:
        return None
    proposal, grounds = waiting[0]
    return Proposed(
        proposal_id=proposal.id,
        dialogue_id=proposal.dialogue_id,
        question_id=proposal.question_id,
        text=proposal.text,
        service=proposal.proposed_by,
        quotes=tuple(ground.span for ground in grounds),
        members=len({ground.reply.member_id for ground in grounds}),
        waiting=len(waiting),
    )


async def adopt(session: AsyncSession, person: Person, proposal_id: int, *, now: datetime) -> Under:
    """Make a proposal a key point, last under its question, on the words that still stand; raises NoSuchProposal."""
    member, proposal = await _mine(session, person, proposal_id)
    grounds = await _standing(session, proposal)
    if not grounds:
        raise NoSuchProposal(proposal_id)
    question = await session.get_one(Question, proposal.question_id)
    key_point = await key_points.add(
        session, member.dialogue, question, text=proposal.text, language=proposal.language, now=now
    )
    for ground in grounds:
        await support.rest_on(session, key_point, reply_id=ground.reply_id, start=ground.start, end=ground.end, now=now)
    return await _gone(session, proposal)


async def discard(session: AsyncSession, person: Person, proposal_id: int) -> Under:
    """Let a proposal go; raises NoSuchProposal."""
    _, proposal = await _mine(session, person, proposal_id)
    return await _gone(session, proposal)


async def _gone(session: AsyncSession, proposal: Proposal) -> Under:
    await session.delete(proposal)
    await session.flush()
    return Under(proposal.dialogue_id, proposal.question_id)


async def _mine(session: AsyncSession, person: Person, proposal_id: int) -> tuple[Member, Proposal]:
    found = await _proposals(session, Proposal.id == proposal_id)
    if not found:
        raise NoSuchProposal(proposal_id)
    try:
        return await key_points.editor(session, person, found[0].dialogue_id), found[0]
    except NotAnEditor:
        raise NoSuchProposal(proposal_id) from None


async def _proposals(session: AsyncSession, condition: ColumnElement[bool]) -> Sequence[Proposal]:
    found = await session.scalars(
        select(Proposal)
        .where(condition)
        .order_by(Proposal.id)
        .options(selectinload(Proposal.grounds).joinedload(Ground.reply))
    )
    return found.all()


async def _standing(session: AsyncSession, proposal: Proposal) -> list[Ground]:
    """The words that members may still read where they stood."""
    readable = await session.scalars(
        select(Reply.id).where(Reply.id.in_([ground.reply_id for ground in proposal.grounds]), visibility.to_members())
    )
    shown = set(readable)
    return [
        ground
        for ground in proposal.grounds
        if ground.reply_id in shown and ground.reply.text[ground.start : ground.end] == ground.span
    ]
