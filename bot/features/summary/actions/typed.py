"""What a moderator typed for the Summary takes its place in it, in the language they say it is in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.versions import Versioned
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.points import Point
from bot.features.replies.actions import placement
from bot.features.summary.actions import backgrounds
from bot.models import Awaiting, Dialogue, KeyPoint, Person, Question


@dataclass(frozen=True)
class Background:
    """The Background of a Summary was written in a language."""

    language: str


async def take(
    session: AsyncSession,
    person: Person,
    awaiting: Awaiting,
    about: int,
    *,
    text: str,
    language: str,
    now: datetime,
) -> Point | Background:
    """Make a typed text what the bot had asked for; `about` is Person.awaiting_id of that moment.

    Raises TooLong, NotAnEditor or NoSuchKeyPoint.
    """
    if awaiting is Awaiting.BACKGROUND:
        member = await key_points.editor(session, person, about)
        await backgrounds.write_background(session, member.dialogue, text=text, language=language)
        return Background(language)
    if awaiting is Awaiting.WORDING:
        member, key_point = await key_points.held(session, person, about)
        key_points.word(key_point, text=text, language=language)
    else:
        question = await _question(session, about) if awaiting is Awaiting.KEY_POINT else None
        member = await key_points.editor(session, person, question.dialogue_id if question else about)
        key_point = await key_points.add(session, member.dialogue, question, text=text, language=language, now=now)
    return await key_points.point(session, member.dialogue, key_point)


async def take_all(
    session: AsyncSession,
    person: Person,
    awaiting: Awaiting,
    about: int,
    *,
    texts: Mapping[str, str],
    now: datetime,
) -> Point | Background:
    """The same with a text in several languages, one of which may be missing nowhere."""
    (language, text), *others = texts.items()
    taken = await take(session, person, awaiting, about, text=text, language=language, now=now)
    for tag, other in others:
        further = Awaiting.WORDING if isinstance(taken, Point) else awaiting
        below = taken.key_point_id if isinstance(taken, Point) else about
        taken = await take(session, person, further, below, text=other, language=tag, now=now)
    return taken


async def say_language(session: AsyncSession, person: Person, key_point_id: int, seemed: str, language: str) -> Point:
    """A wording is in another language than it seemed, one that lacked a wording. Raises NoSuchKeyPoint where that isn't so."""
    member, key_point = await key_points.editable(session, person, key_point_id)
    await session.refresh(key_point, with_for_update=True)
    worded = Versioned.of_point(key_point)
    if seemed not in worded.texts or language in worded.texts or language not in member.dialogue.languages:
        raise NoSuchKeyPoint(key_point_id)
    worded.said_to_be(seemed, language).put_on_point(key_point)
    key_point.consulted_at = None
    return await key_points.point(session, member.dialogue, key_point)


@dataclass(frozen=True)
class Awaited:
    """In which languages a text may be that was typed, those that lack it first, and which have one; perhaps it is a reply."""

    languages: tuple[str, ...]
    worded: frozenset[str]
    may_reply: bool


async def awaited(session: AsyncSession, person: Person, awaiting: Awaiting, about: int, *, now: datetime) -> Awaited:
    """What is known of a text before it is looked at."""
    found = await languages(session, awaiting, about)
    key_point = await session.get(KeyPoint, about) if awaiting is Awaiting.WORDING else None
    worded = frozenset(key_point.text if key_point else found if awaiting is Awaiting.BACKGROUND else ())
    replying = bool(await placement.expected(session, person, hinted=None, now=now))
    return Awaited(tuple(found), worded, replying)


async def _question(session: AsyncSession, question_id: int) -> Question:
    question = await session.get(Question, question_id)
    if question is None:
        raise NoSuchKeyPoint(question_id)
    return question


async def languages(session: AsyncSession, awaiting: Awaiting, about: int) -> list[str]:
    """The languages in which a typed text may be: those of its dialogue; for a wording, those that lack one first."""
    worded: dict[str, str] = {}
    dialogue_id: int | None = about
    if awaiting is Awaiting.WORDING:
        key_point = await session.get(KeyPoint, about)
        dialogue_id, worded = (key_point.dialogue_id, key_point.text) if key_point else (None, {})
    elif awaiting is Awaiting.KEY_POINT:
        question = await session.get(Question, about)
        dialogue_id = question.dialogue_id if question else None
    dialogue = await session.get(Dialogue, dialogue_id) if dialogue_id else None
    return sorted(dialogue.languages, key=lambda tag: tag in worded) if dialogue else []
