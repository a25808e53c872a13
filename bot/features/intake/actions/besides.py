"""What a message may be besides a reply: words in passing, a wish to leave, a place on the map, or something its author must say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members as core_members
from bot.core import prompts, rights
from bot.core.messages import About, Content
from bot.core.prompts import Prompt
from bot.features.intake.actions import passing_words
from bot.features.intake.actions.passing_words import QUESTION_MARKS, Passing
from bot.features.members.actions import profile
from bot.features.members.actions.profile import Profile
from bot.features.replies.actions import held, placement
from bot.models import Awaiting, Doubt, Person

SHORT = 160  # characters: a question that is longer says something, too
EDITED_WITHIN = timedelta(
    hours=1
)  # Telegram also tells of changes to old messages that nobody made, such as link previews
WORDLESS = frozenset({"sticker", "animation", "dice"})
PROSE = frozenset({".txt", ".md"})
MEDIA = frozenset({"image", "audio", "video"})


@dataclass(frozen=True)
class Incoming:
    """A message as it came: Telegram's id and date of it, what it says, which message it replies to, and what that showed.

    It `seems_work` if by its words it is a dialogue file, say, for whoever could do something with one.
    """

    message_id: int
    content: Content
    sent_at: datetime
    reply_to: int | None = None
    about: About | None = None
    seems_work: bool = False


@dataclass(frozen=True)
class SmallTalk:
    """Nothing is kept of it: it gets a reaction."""


@dataclass(frozen=True)
class HelpWanted:
    """Nothing is kept of it: it is answered with the help."""


@dataclass(frozen=True)
class ContactShared:
    """Someone's telephone number, which isn't kept."""


@dataclass(frozen=True)
class WantsOut:
    """Words such as "stop", held in case they were a reply (below a card: a response to `reply_id`)."""

    held_id: int
    reply_id: int | None
    person: Profile


@dataclass(frozen=True)
class Located:
    """A place on the map, in degrees, held until its author says what it is for; it may be a reply if anything was asked."""

    held_id: int
    latitude: float
    longitude: float
    may_reply: bool


@dataclass(frozen=True)
class Unclear:
    """Held until its author says for whom it is.

    `held_id` is None for what they are asked about already: a further part of an album, or (`more`) a further message.
    `is_work` if it is what somebody with a role works with, rather than something they say.
    """

    held_id: int | None
    may_reply: bool
    more: bool = False
    is_work: bool = False


Besides = SmallTalk | HelpWanted | ContactShared | WantsOut | Located | Unclear
"""What is no reply, or isn't certain to be one."""


def is_short_question(content: Content) -> bool:
    """Whether a message is a question of a line or two, in any script."""
    text = content.text.rstrip(" \n\"'»”’)")
    return content.kind == "text" and len(text) <= SHORT and text.endswith(QUESTION_MARKS)


def keeps_nothing(content: Content) -> bool:
    """Whether there is nothing in a message that its author says: a sticker or the like, or a number that is another's."""
    return content.kind == "contact" or (content.kind in WORDLESS and not content.text)


async def in_passing(
    session: AsyncSession, person: Person, sent: Incoming, prompt: Prompt | None, *, now: datetime
) -> SmallTalk | HelpWanted | ContactShared | WantsOut | None:
    """What is no reply whatever it is sent to; None for what may be one, or is what a prompt asked for."""
    content = sent.content
    if prompt is not None and not prompt.stays and prompt.takes(content):
        return None
    if content.kind == "text":
        return await _in_words(session, person, sent, now=now)
    if content.kind == "contact":
        return ContactShared()
    return SmallTalk() if keeps_nothing(content) else None


async def _in_words(
    session: AsyncSession, person: Person, sent: Incoming, *, now: datetime
) -> SmallTalk | HelpWanted | WantsOut | None:
    meant = passing_words.meaning(sent.content.text)
    if meant is Passing.HELP:
        return HelpWanted()
    if meant is None or not await core_members.memberships(session, person):
        return None
    card = sent.about.reply_id if sent.about else None
    if meant is Passing.STOP:
        held_id = await held.hold(session, person, sent.message_id, sent.content, sent.sent_at, doubt=Doubt.WAY_OUT)
        shown = await profile.profile(session, person, now=now)
        return WantsOut(held_id, card, shown)
    responding = card or await prompts.awaited(session, person, Awaiting.RESPONSE, now=now)
    return None if responding else SmallTalk()  # thanks to a member are a response


def is_work_file(content: Content) -> bool:
    """Whether a message is a file of an office program, a table, data or the like: no picture, sound or film, and no plain text."""
    file = content.file
    if content.kind != "document" or file is None:
        return False
    medium = (file.mime_type or "").partition("/")[0]
    return medium not in MEDIA and PurePath(file.file_name or "").suffix.lower() not in PROSE


async def work(
    session: AsyncSession, person: Person, sent: Incoming, prompt: Prompt | None, *, now: datetime
) -> Unclear | None:
    """A file that somebody with a role sends: whatever it is sent to, it is no reply before they say so.

    They send dialogue files, tables and what other tools made; one that couldn't be read would be shown to all. None for what
    a prompt asked for.
    """
    asked_for = prompt is not None and prompt.takes(sent.content)
    if asked_for or not (sent.seems_work or is_work_file(sent.content)):
        return None
    if not await rights.is_of_team(session, person):
        return None
    may_reply = bool(await placement.expected(session, person, hinted=None, now=now))
    is_asked = await held.is_asked_about(session, person, sent.content.album)
    asked_at = now if is_asked else None
    held_id = await held.hold(session, person, sent.message_id, sent.content, sent.sent_at, asked_at=asked_at)
    return Unclear(None if is_asked else held_id, may_reply, is_work=True)


async def edited(session: AsyncSession, person: Person, incoming: Incoming, *, now: datetime) -> Unclear | None:
    """Words that were not kept, such as "ok", and are others now: their author says for whom they are.

    None where they are in passing still, were sent long ago, or can't be for anybody.
    """
    content = incoming.content
    late = now - incoming.sent_at > EDITED_WITHIN
    if late or content.kind != "text" or content.text.startswith("/") or passing_words.meaning(content.text):
        return None
    if not await core_members.memberships(session, person):
        return None
    may_reply = bool(await placement.expected(session, person, hinted=None, now=now))
    return Unclear(await held.hold(session, person, incoming.message_id, content, incoming.sent_at), may_reply)


async def unclear(
    session: AsyncSession, person: Person, sent: Incoming, prompt: Prompt | None, *, now: datetime
) -> Located | Unclear | None:
    """What its author has to say: a place on the map, a short question, words to a message that asks for none.

    None for all else, and for a person who takes part in nothing.
    """
    content = sent.content
    place = content.file.details if content.kind == "location" and content.file else None
    # An album isn't typed: it was perhaps meant for whoever was just asked for.
    for_a_prompt = prompt is not None and prompt.anything and content.album is not None
    if place is None and not (is_short_question(content) or _to_no_question(sent) or for_a_prompt):
        return None
    if not await core_members.memberships(session, person):
        return None
    may_reply = bool(await placement.expected(session, person, hinted=None, now=now))
    if place is not None:
        held_id = await held.hold(session, person, sent.message_id, content, sent.sent_at)
        return Located(held_id, place["latitude"], place["longitude"], may_reply)
    asked_about, more = await hold(session, person, sent, Doubt.PURPOSE, now=now)
    return Unclear(asked_about, may_reply, more)


async def hold(
    session: AsyncSession, person: Person, sent: Incoming, doubt: Doubt, *, now: datetime
) -> tuple[int | None, bool]:
    """Keep a message until its author says what it is: its id, or None where they are asked already.

    And whether that is for another message, just before, so that what they choose for it goes for this one, too.
    """
    content = sent.content
    of_album = await held.is_asked_about(session, person, content.album)
    first = await held.pending(session, person, doubt, message_id=sent.message_id, sent_at=sent.sent_at)
    asked_at = now if of_album or first else None
    held_id = await held.hold(
        session, person, sent.message_id, content, sent.sent_at, asked_at=asked_at, doubt=doubt, asked_with=first
    )
    return None if asked_at else held_id, first is not None and not of_album


def _to_no_question(sent: Incoming) -> bool:
    """Whether it replies to a message that shows neither a question nor what a member said."""
    shown = sent.about
    return sent.reply_to is not None and (shown is None or (shown.question_id is None and shown.reply_id is None))
