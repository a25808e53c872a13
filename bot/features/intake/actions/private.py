"""A message comes in: it becomes a reply where that is certain, and is held until its author says where it isn't."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members as core_members
from bot.core import prompts, questions, wordings
from bot.core import rights as core_rights
from bot.core.messages import About, Content
from bot.core.prompts import Aside, Prompt
from bot.core.rights import Right
from bot.features.discussion.actions import cards, responses
from bot.features.discussion.actions.cards import NotReadable
from bot.features.discussion.actions.responses import Responded
from bot.features.intake.actions import besides
from bot.features.intake.actions.besides import Besides, Incoming, Located, Unclear
from bot.features.members.actions import invitations
from bot.features.members.actions.invitations import Invitation
from bot.features.replies.actions import answers, edits, follow_ups, held, placement
from bot.features.replies.actions.answers import Answered, Message
from bot.features.replies.actions.edits import Revised
from bot.features.replies.actions.placement import Place
from bot.models import Awaiting, Deal, Doubt, Person, Reply


@dataclass(frozen=True)
class Held:
    """A message that may answer several questions.

    `held_id` is None for what its author is asked about already: a further part of an album, or (`more`) a further message.
    """

    held_id: int | None
    places: tuple[Place, ...]
    more: bool = False


@dataclass(frozen=True)
class BelowCard:
    """What a moderator says below the card of a reply, in words or otherwise, held until they say what they are; `rights` tell what they may be."""

    held_id: int
    reply_id: int
    rights: frozenset[Right]
    content: Content


@dataclass(frozen=True)
class NothingAsked:
    """There is no question that a message could answer; the next one opens at `next_opening`, told in `zone`.

    One who takes part in nothing has perhaps read an invitation: `invited`.
    """

    is_member: bool
    next_opening: datetime | None
    zone: str | None
    invited: Invitation | None = None


KeptFor = Answered | Responded | Revised | Held | Aside | BelowCard | NothingAsked
"""What became of a message that seems to be a reply, or what was asked for."""


async def take_in(
    session: AsyncSession, person: Person, sent: Incoming, *, now: datetime, awaited: Mapping[Awaiting, Prompt]
) -> KeptFor | Besides:
    """Keep what a person sent, or find what else it is; `awaited` has all that people are asked to type by kind."""
    prompt = prompts.open_prompt(person, awaited, now=now)
    passing = await besides.in_passing(session, person, sent, prompt, now=now)
    if passing is not None:
        return passing
    work = await besides.work(session, person, sent, prompt, now=now)
    if work is not None:
        return work
    revised = await edits.revise(
        session, person, reply_to=sent.reply_to, message_id=sent.message_id, content=sent.content, now=now
    )
    if revised is not None:
        return revised
    hinted = await placement.hinted(session, person, reply_to=sent.reply_to, album=sent.content.album)
    if hinted is None:
        responded = await _respond(session, person, sent, now=now)
        if responded is not None:
            return responded
        hinted = await _said_to_answer(session, person, sent.about, now=now)
    if hinted is None:
        asked_for = await _asked_for(session, person, sent, prompt, now=now)
        if asked_for is not None:
            return asked_for
    return await _reply(session, person, sent, hinted, now=now)


async def _reply(
    session: AsyncSession, person: Person, sent: Incoming, hinted: tuple[int, int] | None, *, now: datetime
) -> Answered | Held | NothingAsked:
    """Keep a message as a reply, or as what it adds to one; or hold it."""
    expected = await placement.expected(session, person, hinted=hinted, now=now)
    message = Message(sent.message_id, sent.content, sent.sent_at, sent.reply_to)
    added = await follow_ups.add(session, person, expected, message, placed=hinted is not None, now=now)
    if added is not None:
        return added
    same = await placement.continued(session, person, expected, sent_at=sent.sent_at) if len(expected) > 1 else None
    if len(expected) != 1 and same is None:
        return await _hold_and_ask(session, person, sent, now=now)
    place = same or expected[0]
    answered = await answers.keep(session, place, message, now=now)
    if not answered.more_of_album:
        await follow_ups.owe(session, place, message, now=now)
    return replace(answered, assumed=same is not None)


async def _asked_for(
    session: AsyncSession, person: Person, sent: Incoming, prompt: Prompt | None, *, now: datetime
) -> Aside | Located | Unclear | None:
    """What a prompt asked for, or what its author has to say."""
    if prompt is None or not prompt.takes(sent.content):
        return await besides.unclear(session, person, sent, prompt, now=now)
    retold = await _retold(session, person)
    held_id = await held.hold(session, person, sent.message_id, sent.content, sent.sent_at, reply_id=retold)
    text = sent.content.authored if prompt.authored else sent.content.text
    aside = Aside(held_id, prompt.awaiting, person.awaiting_id, text)
    prompts.typed(person, prompt, now=now)
    return aside


async def _retold(session: AsyncSession, person: Person) -> int | None:
    """The reply that what is typed now says once more, or tells of; what responds to one is its author's own."""
    if person.awaiting is Awaiting.TRANSLATION:
        return await session.scalar(select(Deal.reply_id).where(Deal.id == person.awaiting_id))
    if person.awaiting is Awaiting.REASON:
        return await session.scalar(select(Reply.id).where(Reply.id == person.awaiting_id))
    return None


async def _respond(
    session: AsyncSession, person: Person, sent: Incoming, *, now: datetime
) -> Responded | BelowCard | Held | NothingAsked | None:
    """What is said to a member's reply, by the card it is sent to or after a tap on "Respond"; None for all else."""
    below = await _below_card(session, person, sent, now=now)
    if below is not None:
        return below
    reply_id = await _responding_to(session, person, sent.about, now=now)
    if reply_id is None:
        return None
    response = await responses.respond(
        session, person, reply_id, message_id=sent.message_id, content=sent.content, sent_at=sent.sent_at, now=now
    )
    # What they respond to is gone: they say themselves where their words belong.
    return response or await _hold_and_ask(session, person, sent, now=now)


async def _hold_and_ask(session: AsyncSession, person: Person, sent: Incoming, *, now: datetime) -> Held | NothingAsked:
    """Keep a message until its author says which question it answers, unless there is none."""
    places = await placement.places(session, person, hinted=None, now=now)
    if not places:
        return await nothing_asked(session, person, now=now)
    held_id, more = await besides.hold(session, person, sent, Doubt.PLACE, now=now)
    return Held(held_id, tuple(places), more)


async def _below_card(session: AsyncSession, person: Person, sent: Incoming, *, now: datetime) -> BelowCard | None:
    """Words below a card that may be a key point or a moderators' response; None for one who may write neither.

    Nor are they asked who have just tapped "Respond" on that card.
    """
    about = sent.about
    if about is None or about.reply_id is None or about.asks or sent.content.album is not None:
        return None
    rights = await core_rights.rights_on(session, person, about.reply_id)
    if sent.content.kind != "text":
        rights -= {Right.SUMMARISE}  # a key point is words
    if not rights or await prompts.awaited(session, person, Awaiting.RESPONSE, now=now) == about.reply_id:
        return None
    held_id = await held.hold(session, person, sent.message_id, sent.content, sent.sent_at)
    return BelowCard(held_id, about.reply_id, rights, sent.content)


async def _responding_to(session: AsyncSession, person: Person, about: About | None, *, now: datetime) -> int | None:
    """The reply to which a message responds: it is sent to its card, or after a tap on "Respond"."""
    awaited = await prompts.awaited(session, person, Awaiting.RESPONSE, now=now)
    reply_id = about.reply_id if about else awaited
    if reply_id is not None and awaited is not None:
        prompts.await_nothing(person)
    return reply_id


async def _said_to_answer(
    session: AsyncSession, person: Person, about: About | None, *, now: datetime
) -> tuple[int, int] | None:
    """The membership and question to which a message belongs because its author chose the question before, or replies to it."""
    question_id = about.question_id if about else None
    question_id = question_id or await prompts.awaited(session, person, Awaiting.ANSWER, now=now)
    if person.awaiting is Awaiting.ANSWER:
        prompts.await_nothing(person)
    if question_id is None:
        return None
    try:
        member, _ = await cards.reader_of(session, person, question_id)
    except NotReadable:
        return None
    return member.id, question_id


async def nothing_asked(session: AsyncSession, person: Person, *, now: datetime) -> NothingAsked:
    """What there is to say to a person whom no question was asked yet."""
    members = await core_members.memberships(session, person)
    openings = [
        (opening, wordings.zone_of(person, member.dialogue))
        for member in members
        if (opening := await questions.next_opening(session, member.dialogue, person, now=now)) is not None
    ]
    next_opening, zone = min(openings, default=(None, None))
    invited = None if members else await invitations.last_read(session, person, now=now)
    return NothingAsked(bool(members), next_opening, zone, invited)
