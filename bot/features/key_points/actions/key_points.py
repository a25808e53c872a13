"""What was said is condensed: key points under each question, worded in every language, and questions for further discussion."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot import markup
from bot.core import rights, wordings
from bot.core.messages import TooLong
from bot.core.rights import Right
from bot.core.versions import Versioned
from bot.features.key_points.actions import footing as key_point_footing
from bot.features.key_points.actions import support
from bot.features.key_points.actions.footing import Footing
from bot.features.key_points.actions.points import Point, fitting
from bot.features.key_points.actions.support import Resting
from bot.models import Dialogue, KeyPoint, Member, Person, Proposal, Question, Strength

LONGEST = 1000  # characters of a key point: one sentence, or two


MOST_TYPED = 3000  # with the addresses of its links


class NotAnEditor(Exception):
    """The person may not write the Summary of this dialogue, or there is none."""


class NoSuchKeyPoint(Exception):
    """The key point was deleted, or belongs to a dialogue that the person doesn't moderate."""


@dataclass(frozen=True)
class QuestionPoints:
    """A question with the number of its key points; without `question_id`, the questions for further discussion."""

    question_id: int | None
    number: int
    title: str
    points: int


@dataclass(frozen=True)
class Outline:
    """A dialogue's Summary in short."""

    dialogue_id: int
    title: str
    chapters: tuple[QuestionPoints, ...]


async def editor(session: AsyncSession, person: Person, dialogue_id: int) -> Member:
    """The membership through which a person writes a dialogue's Summary, its dialogue loaded; raises NotAnEditor."""
    member = await session.scalar(
        select(Member)
        .where(Member.person_id == person.id, Member.dialogue_id == dialogue_id)
        .options(joinedload(Member.dialogue).selectinload(Dialogue.questions))
    )
    if member is None or not rights.may(member, Right.SUMMARISE):
        raise NotAnEditor(dialogue_id)
    return member


async def outline(session: AsyncSession, dialogue: Dialogue, *, language: str) -> Outline:
    """The questions of a dialogue (loaded), in the reader's language, and how many key points each has."""
    counted = await session.execute(
        select(KeyPoint.question_id, func.count())
        .where(KeyPoint.dialogue_id == dialogue.id)
        .group_by(KeyPoint.question_id)
    )
    points = {row[0]: row[1] for row in counted}
    chapters = [
        QuestionPoints(
            question.id,
            question.number,
            wordings.heading(question, dialogue, language),
            points.get(question.id, 0),
        )
        for question in dialogue.questions
    ]
    chapters.append(QuestionPoints(None, 0, "", points.get(None, 0)))
    return Outline(dialogue.id, wordings.in_language(dialogue.title, dialogue, language), tuple(chapters))


def number_of(dialogue: Dialogue, question_id: int | None) -> int:
    """A question's number as people count; 0 for the questions for further discussion."""
    return next((each.number for each in dialogue.questions if each.id == question_id), 0)


async def points(session: AsyncSession, dialogue: Dialogue, question_id: int | None) -> list[Point]:
    """The bullets of one question, or those for further discussion, in order."""
    of = (KeyPoint.dialogue_id == dialogue.id, KeyPoint.question_id == question_id)
    rests, ordered = await support.resting(session, *of), await _in_order(session, *of)
    footings = await key_point_footing.footings(session, ordered)
    return [
        _point(dialogue, key_point, index, rests.get(key_point.id, ()), footings.get(key_point.id))
        for index, key_point in enumerate(ordered, start=1)
    ]


async def every_point(session: AsyncSession, dialogue: Dialogue) -> dict[int | None, list[Point]]:
    """All bullets of a dialogue by question (its questions loaded)."""
    of = KeyPoint.dialogue_id == dialogue.id
    rests, ordered = await support.resting(session, of), await _in_order(session, of)
    footings = await key_point_footing.footings(session, ordered)
    grouped: dict[int | None, list[Point]] = {}
    for key_point in ordered:
        of_question = grouped.setdefault(key_point.question_id, [])
        index, rest = len(of_question) + 1, rests.get(key_point.id, ())
        of_question.append(_point(dialogue, key_point, index, rest, footings.get(key_point.id)))
    return grouped


async def _in_order(session: AsyncSession, *conditions: ColumnElement[bool]) -> Sequence[KeyPoint]:
    found = await session.scalars(select(KeyPoint).where(*conditions).order_by(KeyPoint.position, KeyPoint.id))
    return found.all()


def _point(
    dialogue: Dialogue, key_point: KeyPoint, index: int, rests: Sequence[Resting], footing: Footing | None
) -> Point:
    return Point(
        key_point_id=key_point.id,
        dialogue_id=dialogue.id,
        question_id=key_point.question_id,
        number=number_of(dialogue, key_point.question_id),
        index=index,
        texts={tag: key_point.text[tag] for tag in dialogue.languages if tag in key_point.text},
        missing=tuple(tag for tag in dialogue.languages if tag not in key_point.text),
        strength=key_point.strength,
        resting=tuple(rests),
        languages=tuple(dialogue.languages),
        source_language=dialogue.source_language,
        versions=dict(key_point.versions),
        footing=footing,
        earlier=key_point.earlier,
        asked=key_point.asked,
    )


async def editable(session: AsyncSession, person: Person, key_point_id: int) -> tuple[Member, KeyPoint]:
    """A key point that a person may change, with their membership; raises NoSuchKeyPoint."""
    key_point = await session.get(KeyPoint, key_point_id)
    if key_point is None:
        raise NoSuchKeyPoint(key_point_id)
    try:
        return await editor(session, person, key_point.dialogue_id), key_point
    except NotAnEditor:
        raise NoSuchKeyPoint(key_point_id) from None


async def held(session: AsyncSession, person: Person, key_point_id: int) -> tuple[Member, KeyPoint]:
    """The same, and nobody else words it meanwhile: all wordings are one value, of which two who write would each keep their own."""
    member, key_point = await editable(session, person, key_point_id)
    await session.refresh(key_point, with_for_update=True)
    return member, key_point


async def held_in(session: AsyncSession, dialogue: Dialogue, key_point_id: int) -> KeyPoint:
    """A key point of a dialogue, so that nobody else words it meanwhile; raises NoSuchKeyPoint."""
    found = select(KeyPoint).where(KeyPoint.id == key_point_id, KeyPoint.dialogue_id == dialogue.id)
    key_point = await session.scalar(found.with_for_update().execution_options(populate_existing=True))
    if key_point is None:
        raise NoSuchKeyPoint(key_point_id)
    return key_point


async def point(session: AsyncSession, dialogue: Dialogue, key_point: KeyPoint) -> Point:
    """One bullet of a dialogue (its questions loaded) as it stands now."""
    await session.flush()
    together = await points(session, dialogue, key_point.question_id)
    return next(each for each in together if each.key_point_id == key_point.id)


async def add(
    session: AsyncSession, dialogue: Dialogue, question: Question | None, *, text: str, language: str, now: datetime
) -> KeyPoint:
    """Put a new bullet last under a question, or last of those for further discussion; raises TooLong."""
    last = await session.scalar(
        select(func.max(KeyPoint.position)).where(
            KeyPoint.dialogue_id == dialogue.id, KeyPoint.question_id == (question and question.id)
        )
    )
    key_point = KeyPoint(
        dialogue_id=dialogue.id,
        question_id=question and question.id,
        position=0 if last is None else last + 1,
        text={language: in_one_paragraph(text)},
        versions={},
        created_at=now,
    )
    session.add(key_point)
    await session.flush()
    return key_point


async def are_proposed(session: AsyncSession, question_id: int | None) -> bool:
    """Whether key points are proposed for a question, and wait for a moderator."""
    return bool(await session.scalar(select(exists().where(Proposal.question_id == question_id))))


async def label(session: AsyncSession, dialogue: Dialogue, key_point: KeyPoint, strength: Strength | None) -> Point:
    """Say how far members were of one mind, or nothing (None); what doesn't fit what it rests on is left as it was."""
    shown = await point(session, dialogue, key_point)
    if strength is None or strength in fitting(shown.members):
        key_point.strength = strength
    return await point(session, dialogue, key_point)


def word(key_point: KeyPoint, *, text: str, language: str) -> None:
    """Give a bullet its wording in one language; its contributors have to see it anew. Raises TooLong."""
    text = in_one_paragraph(text)
    Versioned.of_point(key_point).reworded(language, text).put_on_point(key_point)
    key_point.consulted_at = None


def in_one_paragraph(text: str) -> str:
    """A text as a bullet holds it; raises TooLong."""
    text = " ".join(text.split())
    shown = markup.length(markup.plain(text))  # an address doesn't count, up to a point
    if shown > LONGEST or len(text) > MOST_TYPED:
        raise TooLong(max(shown, len(text) - MOST_TYPED + LONGEST), LONGEST)
    return text


async def move(session: AsyncSession, key_point: KeyPoint, *, later: bool) -> None:
    """Let a bullet change places with its neighbour; the first stays first, the last stays last."""
    together = list(
        await _in_order(
            session, KeyPoint.dialogue_id == key_point.dialogue_id, KeyPoint.question_id == key_point.question_id
        )
    )
    place = together.index(key_point)
    together.insert(max(0, place + (1 if later else -1)), together.pop(place))
    for position, each in enumerate(together):
        each.position = position


async def remove(session: AsyncSession, key_point: KeyPoint) -> None:
    """Delete a bullet, with what it rested on and what was said against it."""
    await session.delete(key_point)
    await session.flush()
