"""A message comes in: it becomes a reply where that is certain, and is held until its author says where it isn't."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
from bot.features.replies.actions import answers, edits, held, placement
from bot.features.replies.actions.answers import Answered, Message
from bot.features.replies.actions.edits import Revised
from bot.features.replies.actions.placement import Place
from bot.models import Awaiting, Person


@dataclass(frozen=True)
class Held:
    """A message that may answer several questions; `held_id` is None for a further part of an album already asked about."""

    held_id: int | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class BelowCard:
    """A moderator's words below the card of a reply, held until they say what they are; `rights` tell what they may be."""

    held_id: int
    reply_id: int
    rights: frozenset[Right]
    text: str


@dataclass(frozen=True)
class NothingAsked:
    """There is no question that a message could answer; the next one opens at `next_opening`, told in `zone`."""

    is_member: bool
    next_opening: datetime | None
    zone: str | None


async def take_in(
    session: AsyncSession,
    person: Person,
    *,
    message_id: int,
    content: Content,
    reply_to: int | None,
    sent_at: datetime,
    now: datetime,
    awaited: Mapping[Awaiting, Prompt],
    about: About | None = None,
) -> Answered | Responded | Revised | Held | Aside | BelowCard | NothingAsked:
    """Keep what a person sent; `reply_to` is the message it replies to, `about` what that showed, `sent_at` Telegram's date of it.

    `awaited` has all that people are asked to type by kind.
    """
    revised = await edits.revise(session, person, reply_to=reply_to, message_id=message_id, content=content, now=now)
    if revised is not None:
        return revised
    hinted = await placement.hinted(session, person, reply_to=reply_to, album=content.album)
    if hinted is None:
        below = await _below_card(session, person, message_id, content, about, sent_at=sent_at, now=now)
        if below is not None:
            return below
        reply_id = await _responding_to(session, person, about, now=now)
        if reply_id is not None:
            response = await responses.respond(
                session, person, reply_id, message_id=message_id, content=content, sent_at=sent_at, now=now
            )
            # What they respond to is gone: they say themselves where their words belong.
            return response or await _hold_and_ask(session, person, message_id, content, sent_at=sent_at, now=now)
        hinted = await _said_to_answer(session, person, about, now=now)
    prompt = prompts.open_prompt(person, awaited, now=now)
    if prompt is not None and hinted is None and prompt.takes(content):
        held_id = await held.hold(session, person, message_id, content, sent_at)
        text = content.authored if prompt.authored else content.text
        aside = Aside(held_id, prompt.awaiting, person.awaiting_id, text)
        prompts.await_nothing(person)
        return aside
    expected = await placement.expected(session, person, hinted=hinted, now=now)
    if len(expected) == 1:
        message = Message(message_id, content, sent_at, reply_to)
        return await answers.keep(session, expected[0], message, now=now)
    return await _hold_and_ask(session, person, message_id, content, sent_at=sent_at, now=now)


async def _hold_and_ask(
    session: AsyncSession, person: Person, message_id: int, content: Content, *, sent_at: datetime, now: datetime
) -> Held | NothingAsked:
    """Keep a message until its author says which question it answers, unless there is none."""
    places = await placement.places(session, person, hinted=None, now=now)
    if not places:
        return await nothing_asked(session, person, now=now)
    asked_already = await held.is_asked_about(session, person, content.album)
    held_id = await held.hold(session, person, message_id, content, sent_at, asked_at=now if asked_already else None)
    return Held(None if asked_already else held_id, tuple(places))


async def _below_card(
    session: AsyncSession,
    person: Person,
    message_id: int,
    content: Content,
    about: About | None,
    *,
    sent_at: datetime,
    now: datetime,
) -> BelowCard | None:
    """Words below a card that may be a key point or a moderators' response; None for one who may write neither.

    Nor are they asked who have just tapped "Respond" on that card.
    """
    if about is None or about.reply_id is None or about.asks or content.kind != "text":
        return None
    rights = await core_rights.rights_on(session, person, about.reply_id)
    if not rights or await prompts.awaited(session, person, Awaiting.RESPONSE, now=now) == about.reply_id:
        return None
    held_id = await held.hold(session, person, message_id, content, sent_at)
    return BelowCard(held_id, about.reply_id, rights, content.text)


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
    first = min(openings, default=(None, None))
    return NothingAsked(bool(members), *first)
