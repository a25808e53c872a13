"""A key point is changed by someone who saw it before: what others did meanwhile is not overwritten (lost update)."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core.versions import Versioned
from bot.core.wordings import Opened
from bot.features.key_points.actions import key_points
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.models import Dialogue, KeyPoint, Person, Question


class PointWithoutWords(Exception):
    """A key point would have no word in any language."""


class PointChanged(Exception):
    """Someone else changed the key point since it was shown."""


def amend(key_point: KeyPoint, *, text: str, language: str, opened: Opened) -> None:
    """Give a bullet (key_points.held) its wording in one language, or take that away; its contributors have to see it anew.

    Raises TooLong, PointWithoutWords, or wordings.Overtaken where someone else wrote there meanwhile.
    """
    text = key_points.in_one_paragraph(text)
    amended = Versioned.of_point(key_point).amended(language, text, opened)
    if amended.texts == key_point.text:
        return
    if not amended.texts:
        raise PointWithoutWords
    amended.put_on_point(key_point)
    key_point.consulted_at = None


async def write(
    session: AsyncSession, dialogue: Dialogue, question: Question | None, texts: Mapping[str, str], *, now: datetime
) -> KeyPoint:
    """Put a bullet with these wordings last under a question, or last of those for further discussion; once, if sent twice.

    Raises TooLong or PointWithoutWords.
    """
    worded = {tag: said for tag, text in texts.items() if (said := key_points.in_one_paragraph(text))}
    if not worded:
        raise PointWithoutWords
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    there = await session.scalars(
        select(KeyPoint).where(KeyPoint.dialogue_id == dialogue.id, KeyPoint.question_id == (question and question.id))
    )
    for key_point in there:
        if key_point.text == worded:
            return key_point
    first, *others = worded
    key_point = await key_points.add(session, dialogue, question, text=worded[first], language=first, now=now)
    for tag in others:
        key_points.word(key_point, text=worded[tag], language=tag)
    await session.flush()
    return key_point


async def remove(session: AsyncSession, key_point: KeyPoint, seen: str) -> None:
    """Delete a bullet (key_points.held) that was seen as `state_of` says; raises PointChanged."""
    if state_of(key_point.text) != seen:
        raise PointChanged(key_point.id)
    await key_points.remove(session, key_point)


def state_of(texts: Mapping[str, str]) -> str:
    """By what all wordings of a bullet are known again."""
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:16]


async def place(session: AsyncSession, person: Person, key_point_id: int, before: int | None) -> None:
    """Put a bullet before another one (its id) of the same list, or last; raises NoSuchKeyPoint where one of them is gone."""
    member, key_point = await key_points.editable(session, person, key_point_id)
    # Not the bullet first: who places another one would hold that, and each wait for the other.
    await session.execute(select(Dialogue.id).where(Dialogue.id == member.dialogue_id).with_for_update())
    found = await session.scalars(
        select(KeyPoint)
        .where(KeyPoint.dialogue_id == member.dialogue_id, KeyPoint.question_id == key_point.question_id)
        .order_by(KeyPoint.position, KeyPoint.id)
        .execution_options(populate_existing=True)
    )
    others = [each for each in found if each.id != key_point_id]
    ids = [each.id for each in others]
    if before == key_point_id:
        return
    if before is not None and before not in ids:
        raise NoSuchKeyPoint(before)
    at = len(others) if before is None else ids.index(before)
    for position, each in enumerate([*others[:at], key_point, *others[at:]]):
        each.position = position
