"""A short reply is followed up: its author is asked on, once, some minutes later, and what they say then joins the reply.

Asked on is nobody who said no to anything, or enough already; and nobody twice.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import exists, false, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors
from bot.features.replies.actions import additions, answers, edits
from bot.features.replies.actions.answers import Answered, Message
from bot.features.replies.actions.expected import Expected
from bot.insight import brevity
from bot.ledger import outbox
from bot.ledger.letters import Owed
from bot.models import (
    Abstention,
    Addition,
    Delivery,
    Doubt,
    HeldMessage,
    Kind,
    Member,
    Person,
    Question,
    Reply,
    State,
    Visibility,
)

WAIT = timedelta(minutes=5)  # after what was said last: whoever writes in several messages isn't interrupted
ANSWERED_WITHIN = timedelta(
    hours=3
)  # in which what is typed next is taken for the answer; later it is a reply of its own
GOES_ON = timedelta(minutes=5)  # after an answer, in which what is typed next is more of it

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Pair = tuple[int | None, int | None]


async def owe(session: AsyncSession, expected: Expected, message: Message, *, now: datetime) -> None:
    """Owe the follow-up to a short reply that was just kept, where its question has one; one that was owed before is not again."""
    content = message.content
    private = message.room_id is None and message.parent_id is None
    in_time = message.replied_at < expected.closes_at
    if not (expected.asked_on and private and in_time and content.kind == "text" and brevity.is_short(content.text)):
        return
    about = {"member_id": expected.member_id, "question_id": expected.question_id}
    await outbox.owe(session, kind=Kind.FOLLOW_UP, dialogue_id=expected.dialogue_id, **about, due_at=now + WAIT, turn=0)


@dataclass(frozen=True)
class FollowingUp:
    """What is known of those to be asked on, as (member id, question id).

    Why they are not, until when they may still be writing, and which message of theirs is followed up.
    """

    silenced: dict[Pair, str] = field(default_factory=dict)
    writing: dict[Pair, datetime] = field(default_factory=dict)
    about: dict[Pair, int] = field(default_factory=dict)


class _Said(NamedTuple):
    member_id: int
    question_id: int
    message_id: int
    room_id: int | None
    kind: str
    text: str
    kept_at: datetime
    visibility: Visibility


_SAID = select(*(getattr(Reply, name) for name in _Said._fields)).where(
    Reply.parent_id.is_(None), Reply.withdrawn_at.is_(None)
)


async def following_up(session: AsyncSession, owed: Collection[Owed]) -> FollowingUp:
    """What speaks against the follow-ups among these deliveries."""
    pairs: set[Pair] = {(one.member_id, one.question_id) for one in owed if one.kind is Kind.FOLLOW_UP}
    if not pairs:
        return FollowingUp()
    members = {member_id for member_id, _ in pairs}
    found = FollowingUp()
    said: defaultdict[Pair, list[_Said]] = defaultdict(list)
    for row in await session.execute(_SAID.where(Reply.member_id.in_(members)).order_by(Reply.kept_at, Reply.id)):
        one = _Said._make(row)
        said[one.member_id, one.question_id].append(one)
    refused = await _refused(session, members)
    for pair in pairs:
        private = [one for one in said[pair] if one.room_id is None]
        if reason := refused.get(pair) or refused.get((pair[0], None)) or _speaks_for_itself(said[pair], private):
            found.silenced[pair] = reason
        else:
            found.writing[pair] = said[pair][-1].kept_at + WAIT
            found.about[pair] = private[-1].message_id
    return found


def _speaks_for_itself(said: Sequence[_Said], private: Sequence[_Said]) -> str | None:
    if not private:
        return "withdrawn"
    if any(one.visibility in {Visibility.HIDDEN, Visibility.MERGED} for one in said):
        return "not shown"
    if any(one.kind != "text" for one in said) or not brevity.is_short("\n".join(one.text for one in said)):
        return "said enough"
    return None


async def _refused(session: AsyncSession, members: Collection[int | None]) -> dict[Pair, str]:
    """Who said no: to a question for this week, or, without a question, to all of it."""
    abstained = await session.execute(
        select(Abstention.member_id, Abstention.question_id).where(Abstention.member_id.in_(members))
    )
    leaving = await session.scalars(
        select(Member.id)
        .join(HeldMessage, HeldMessage.person_id == Member.person_id)
        .where(Member.id.in_(members), HeldMessage.doubt == Doubt.WAY_OUT)
    )
    refused: dict[Pair, str] = {(row[0], row[1]): "not this week" for row in abstained}
    return refused | {(member_id, None): "wants out" for member_id in leaving}


async def add(
    session: AsyncSession, person: Person, among: Sequence[Expected], message: Message, *, placed: bool, now: datetime
) -> Answered | None:
    """Add a message to the reply about which its author was asked on; None if it answers no follow-up, or stands better by itself.

    It is sent as a reply to the follow-up; or it is what they type next, unless its place (one of `among`) is known already.
    """
    asked_on = {(one.member_id, one.question_id): one for one in among if one.asked_on}
    if not asked_on:
        return None
    reply = await _added_already(session, person, message)
    if reply is not None:
        return Answered(reply.id, reply.question.number, late=False, added=True)
    for asked in await _asked(session, person, message, placed=placed):
        expected = asked_on.get((asked.member_id, asked.question_id))
        if expected is not None and message.replied_at < expected.closes_at:
            reply = await _followed_up(session, expected, asked, message)
            return None if reply is None else await _add(session, reply, message, now)
    return None


async def _added_already(session: AsyncSession, person: Person, message: Message) -> Reply | None:
    part = exists().where(Addition.reply_id == Reply.id, Addition.message_id == message.message_id)
    return await session.scalar(answers.said_by(person).where(part).options(joinedload(Reply.question)))


class _AskedOn(NamedTuple):
    """A follow-up that reached its reader, or may have, at a moment; whether it is what a message is sent as a reply to."""

    member_id: int
    question_id: int
    at: datetime
    replied_to: bool


_AT = func.coalesce(Delivery.settled_at, Delivery.claimed_at)
_ARRIVED = Delivery.state.in_([State.SENDING, State.SENT, State.UNCERTAIN])


async def _asked(session: AsyncSession, person: Person, message: Message, *, placed: bool) -> list[_AskedOn]:
    """The follow-ups that a message may answer, the newest first: the one it is sent to or, if it says nothing of that, the latest."""
    theirs = Delivery.member_id.in_(select(Member.id).where(Member.person_id == person.id))
    to_it = Delivery.message_id == message.reply_to if message.reply_to is not None else false()
    latest = select(func.max(_AT)).where(theirs, Delivery.kind.in_([Kind.QUESTION, Kind.REMINDER]), _ARRIVED)
    typed_next = (message.replied_at - ANSWERED_WITHIN < _AT) & (
        func.coalesce(latest.scalar_subquery(), literal(LONG_AGO, Delivery.settled_at.type)) < _AT
    )
    may_be = to_it if placed or message.reply_to is not None else typed_next
    found = await session.execute(
        select(Delivery.member_id, Delivery.question_id, _AT, to_it)
        .where(theirs, Delivery.kind == Kind.FOLLOW_UP, _ARRIVED, may_be)
        .order_by(_AT.desc())
        .limit(1)
    )
    return [_AskedOn._make(row) for row in found]


async def _followed_up(session: AsyncSession, expected: Expected, asked: _AskedOn, message: Message) -> Reply | None:
    """The reply that a follow-up was about, locked; None if nothing can be added to it any more.

    Nothing is, if its author has chosen other terms since: it would be read by others, or under another name, than they want.
    """
    reply = await session.scalar(
        select(Reply)
        .where(Reply.member_id == expected.member_id, Reply.question_id == expected.question_id)
        .where(
            Reply.parent_id.is_(None), Reply.room_id.is_(None), Reply.withdrawn_at.is_(None), Reply.kept_at <= asked.at
        )
        .order_by(Reply.id.desc())
        .limit(1)
        .options(*edits.LOADED, joinedload(Reply.question).joinedload(Question.dialogue))
        .with_for_update(of=Reply, key_share=True)
        .execution_options(populate_existing=True)
    )
    if reply is None or reply.visibility in {Visibility.HIDDEN, Visibility.MERGED}:
        return None
    terms = (expected.audience, *authors.sign(expected.naming, name=expected.name, pseudonym=expected.pseudonym))
    if (reply.audience, reply.naming, reply.signature) != terms:
        return None
    last = max((one.added_at for one in reply.additions), default=None)
    goes_on = last is None or message.replied_at - last <= GOES_ON
    return reply if asked.replied_to or goes_on else None


async def _add(session: AsyncSession, reply: Reply, message: Message, now: datetime) -> Answered:
    if any(
        one.message_id == message.message_id for one in reply.additions
    ):  # by another, just before the reply was locked
        return Answered(reply.id, reply.question.number, late=False, added=True)
    edits.keep_as_it_was(session, reply, now)
    content = message.content
    additions.add(reply, message.message_id, content.text, now=now)
    if content.file is not None:
        reply.attachments.append(answers.attachment_of(message.message_id, content.file, caption=content.text))
        reply.kind = content.kind if reply.kind == "text" else reply.kind
    await edits.have_changed(session, reply, now)
    await session.flush()
    return Answered(reply.id, reply.question.number, late=False, added=True)
