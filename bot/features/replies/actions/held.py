"""Messages that are held until their authors say which question they answer, or what else they are."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members as core_members
from bot.core import questions
from bot.core.messages import Content, File
from bot.features.replies.actions import answers, follow_ups, placement
from bot.features.replies.actions import expected as reply_expected
from bot.features.replies.actions.answers import Answered, Message
from bot.features.replies.actions.placement import Place
from bot.models import Doubt, HeldMessage, Person

ASKING_TAKES = timedelta(minutes=1)  # after which it is time to ask again
UNASKED_AT_ONCE = 20


@dataclass(frozen=True)
class Unasked:
    """A held message whose author (Telegram id `chat_id`) has to be asked again which of `places` it belongs to, if any."""

    held_id: int
    chat_id: int
    message_id: int
    language: str
    content: Content
    places: tuple[Place, ...]
    takes_part: bool


async def is_asked_about(session: AsyncSession, person: Person, album: str | None) -> bool:
    """Whether a part of the same album is held, and its author asked about that."""
    return album is not None and any(held.content["album"] == album for held in await _all_held(session, person))


async def pending(
    session: AsyncSession, person: Person, doubt: Doubt, *, message_id: int, sent_at: datetime
) -> int | None:
    """The held message about which a person was asked the same just before this one, and hasn't answered yet."""
    latest = await session.scalar(
        select(HeldMessage)
        .where(HeldMessage.person_id == person.id, HeldMessage.doubt == doubt, HeldMessage.message_id != message_id)
        .order_by(HeldMessage.sent_at.desc(), HeldMessage.id.desc())
        .limit(1)
    )
    if latest is None or sent_at - latest.sent_at > placement.GOES_ON:
        return None
    return latest.asked_with_id or latest.id


async def hold(
    session: AsyncSession,
    person: Person,
    message_id: int,
    content: Content,
    sent_at: datetime,
    *,
    asked_at: datetime | None = None,
    reply_id: int | None = None,
    doubt: Doubt | None = None,
    asked_with: int | None = None,
) -> int:
    """Keep a message until its author says what it is, and return its id; one that is kept already stays as it was.

    One that puts a reply of another's into words goes with that reply. What is chosen for the held message that it is
    `asked_with` goes for it, too.
    """
    known = await _held_by_message(session, person, message_id)
    if known is not None:
        return known.id
    held = HeldMessage(
        person_id=person.id,
        message_id=message_id,
        content=asdict(content),
        sent_at=sent_at,
        asked_at=asked_at,
        reply_id=reply_id,
        doubt=doubt,
        asked_with_id=asked_with,
    )
    session.add(held)
    await session.flush()
    return held.id


async def mark_asked(session: AsyncSession, held_id: int, *, now: datetime) -> None:
    """The author of a held message was asked about it."""
    await session.execute(update(HeldMessage).where(HeldMessage.id == held_id).values(asked_at=now))


async def unasked(session: AsyncSession, *, now: datetime) -> list[Unasked]:
    """The held messages of some while ago whose authors were perhaps never asked: an answer was lost, or we stopped."""
    waiting = await session.execute(
        select(HeldMessage, Person)
        .join(Person, Person.id == HeldMessage.person_id)
        .where(HeldMessage.asked_at.is_(None), HeldMessage.sent_at < now - ASKING_TAKES)
        .order_by(HeldMessage.id)
        .limit(UNASKED_AT_ONCE)
    )
    return [
        Unasked(
            held.id,
            person.telegram_id,
            held.message_id,
            person.language,
            content_of(held.content),
            tuple(await placement.places(session, person, hinted=None, now=now)),
            bool(await core_members.memberships(session, person)),
        )
        for held, person in waiting.all()
    ]


async def held_text(session: AsyncSession, person: Person, *, held_id: int, authored: bool = False) -> str | None:
    """The words of a held message, in Markdown if they are to be `authored`; None if it is settled already."""
    held = await _of(session, person, held_id)
    if held is None:
        return None
    content = content_of(held.content)
    return content.authored if authored else content.text


@dataclass(frozen=True)
class HeldContent:
    """What a held message says, and the message it is."""

    message_id: int
    content: Content
    sent_at: datetime


async def held(session: AsyncSession, person: Person, *, held_id: int) -> HeldContent | None:
    """A held message; None if it is settled already."""
    found = await _of(session, person, held_id)
    return HeldContent(found.message_id, content_of(found.content), found.sent_at) if found else None


async def places_for(session: AsyncSession, person: Person, *, held_id: int, now: datetime) -> list[Place] | None:
    """The questions that a held message may answer; None if it is settled already."""
    held = await _of(session, person, held_id)
    return None if held is None else await placement.places(session, person, hinted=None, now=now)


async def _of(session: AsyncSession, person: Person, held_id: int) -> HeldMessage | None:
    return await session.scalar(
        select(HeldMessage).where(HeldMessage.id == held_id, HeldMessage.person_id == person.id)
    )


async def _held_by_message(session: AsyncSession, person: Person, message_id: int) -> HeldMessage | None:
    return await session.scalar(
        select(HeldMessage).where(HeldMessage.person_id == person.id, HeldMessage.message_id == message_id)
    )


async def _all_held(session: AsyncSession, person: Person) -> Sequence[HeldMessage]:
    held = await session.scalars(
        select(HeldMessage).where(HeldMessage.person_id == person.id).order_by(HeldMessage.message_id)
    )
    return held.all()


async def settle(
    session: AsyncSession, person: Person, *, held_id: int, member_id: int, question_id: int, now: datetime
) -> Answered | None:
    """Make a held message, with all that was asked about with it, a reply to the question its author chose; returns the last.

    None if it is settled already, or the person isn't asked that question (in that membership).
    """
    chosen = await _of(session, person, held_id)
    asked = await questions.questions_of(session, person)
    if chosen is None or all((member.id, question.id) != (member_id, question_id) for member, question in asked):
        return None
    answered = None
    expected = await reply_expected.of_member(session, member_id=member_id, question_id=question_id)
    for held in await _together(session, person, chosen):
        message = Message(held.message_id, content_of(held.content), held.sent_at)
        kept = await answers.keep(session, expected, message, now=now)
        await follow_ups.owe(session, expected, message, now=now)
        if answered is None or kept.reply_id != answered.reply_id:
            answered = replace(kept, last=content_of(held.content) if answered else None)
        await session.delete(held)
    return answered


async def _together(session: AsyncSession, person: Person, chosen: HeldMessage) -> Sequence[HeldMessage]:
    """A held message with those that were asked about with it, and the rest of their albums."""
    all_held, first = await _all_held(session, person), chosen.asked_with_id or chosen.id
    asked = [held for held in all_held if first in {held.id, held.asked_with_id}]
    albums = {held.content["album"] for held in asked} - {None}
    return [held for held in all_held if held in asked or held.content["album"] in albums]


async def take(session: AsyncSession, person: Person, *, held_id: int) -> list[HeldContent]:
    """Give a held message, with all that was asked about with it, to be kept as something else: it is held no longer. Empty if it is settled."""
    chosen = await _of(session, person, held_id)
    taken = []
    for held in await _together(session, person, chosen) if chosen else ():
        taken.append(HeldContent(held.message_id, content_of(held.content), held.sent_at))
        await session.delete(held)
    return taken


async def discard(session: AsyncSession, person: Person, *, held_id: int) -> bool:
    """Forget a held message, with all that was asked about with it: its author says that it is no reply, or it has served its purpose.

    False if it is settled already.
    """
    return bool(await take(session, person, held_id=held_id))


async def settle_ways_out(session: AsyncSession, person: Person) -> None:
    """Forget what seemed to say that somebody wants less of all this, now that they have taken a way: it was no reply."""
    theirs = HeldMessage.person_id == person.id, HeldMessage.doubt == Doubt.WAY_OUT
    await session.execute(delete(HeldMessage).where(*theirs))


def content_of(kept: Mapping[str, Any]) -> Content:
    """What a message says, out of what `asdict` made of it."""
    file = kept["file"]
    return Content(**{**kept, "file": File(**file) if file else None})


async def edit(session: AsyncSession, person: Person, *, message_id: int, content: Content) -> bool:
    """Follow an edit of a held message; false if no such message is held."""
    held = await _held_by_message(session, person, message_id)
    if held is None:
        return False
    held.content = asdict(content)
    return True
