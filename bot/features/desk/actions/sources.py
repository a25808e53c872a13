"""Replies that a key point may rest on, offered beside its row a few at a time, those most like it first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import wordings
from bot.core.rights import Right
from bot.features.desk.actions import reading
from bot.features.desk.actions.reading import ReadReply
from bot.features.key_points.actions import key_points, support
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.points import Point
from bot.models import KeyPoint, Member, Person

AT_ONCE = 5  # replies, in full


@dataclass(frozen=True)
class SourceReply:
    """A reply; `sentences` of it (where each begins, in code points, and its words), if there are several."""

    reply: ReadReply
    sentences: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Sources:
    """Some of the replies that a key point may rest on and doesn't yet; `further` is the place where the next ones begin, None on the last page."""

    title: str
    reader: Member
    point: Point
    replies: tuple[SourceReply, ...]
    further: int | None


async def of_row(session: AsyncSession, person: Person, slug: str, key_point_id: int) -> tuple[Member, KeyPoint]:
    """A key point of a dialogue that may rest on replies, and who may change it. Raises NoSuchDialogue, NotPermitted or NoSuchKeyPoint."""
    reader = await reading.reader_of(session, person, slug, Right.SUMMARISE)
    member, key_point = await key_points.editable(session, person, key_point_id)
    if member.id != reader.id or key_point.question_id is None:
        raise NoSuchKeyPoint(key_point_id)
    return member, key_point


async def page(
    session: AsyncSession, person: Person, slug: str, key_point_id: int, *, ordered: Sequence[int], first: int
) -> Sources:
    """The next replies of those in order (ids), from the place `first` on; the same errors."""
    reader, key_point = await of_row(session, person, slug, key_point_id)
    point = await key_points.point(session, reader.dialogue, key_point)
    under = {one.reply_id for one in point.resting}
    places = list(islice(_free(ordered, under, first), AT_ONCE + 1))
    replies = await reading.several(session, reader, person, [ordered[place] for place in places[:AT_ONCE]])
    return Sources(
        title=wordings.in_language(reader.dialogue.title, reader.dialogue, person.language),
        reader=reader,
        point=point,
        replies=tuple(SourceReply(reply, _sentences(reply.words.text)) for reply in replies),
        further=places[AT_ONCE] if len(places) > AT_ONCE else None,
    )


def _free(ordered: Sequence[int], under: set[int], first: int) -> Iterable[int]:
    return (place for place in range(first, len(ordered)) if ordered[place] not in under)


def _sentences(text: str) -> tuple[tuple[int, str], ...]:
    spans = support.sentences(text)
    return tuple((start, text[start:end]) for start, end in spans) if len(spans) > 1 else ()
