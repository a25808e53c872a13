"""What moderators made of the replies, as a codebook (REFI-QDA): themes and key points, and the words that each stands on."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import markup
from bot.core import visibility, wordings
from bot.features.exports.actions.numbers import Numbers
from bot.features.exports.actions.replies import PAGE
from bot.models import Dialogue, KeyPoint, Question, Reply, Support, Theme


@dataclass(frozen=True)
class ThemeCode:
    """A theme by its name, or a key point by its number and its sentence, under a question."""

    question: int
    name: str
    sentence: str = ""


@dataclass(frozen=True)
class Coded:
    """A key point rests on the words of a reply from `start` to `end` (code points)."""

    code: ThemeCode
    start: int
    end: int


@dataclass(frozen=True)
class Codebook:
    """The codes of a dialogue in its first language, and by the number of a reply the words that key points rest on."""

    questions: Mapping[int, str]
    themes: tuple[ThemeCode, ...]
    points: tuple[ThemeCode, ...]
    spans: Mapping[int, tuple[Coded, ...]]


async def codebook(session: AsyncSession, dialogue: Dialogue) -> Codebook:
    """The codes of a dialogue (its questions loaded)."""
    source = dialogue.source_language
    titles = {question.number: wordings.heading(question, dialogue, source) for question in dialogue.questions}
    points = await _points(session, dialogue)
    return Codebook(
        titles, await _themes(session, dialogue), tuple(points.values()), await _spans(session, dialogue, points)
    )


async def _themes(session: AsyncSession, dialogue: Dialogue) -> tuple[ThemeCode, ...]:
    rows = await session.execute(
        select(Question, Theme.name)
        .join(Theme, Theme.question_id == Question.id)
        .where(Theme.dialogue_id == dialogue.id)
        .order_by(Question.position, Theme.id)
    )
    source = dialogue.source_language
    named = [ThemeCode(question.number, wordings.nearest(name, source, source)) for question, name in rows if name]
    return tuple(dict.fromkeys(named))


async def _points(session: AsyncSession, dialogue: Dialogue) -> dict[int, ThemeCode]:
    """The key points under questions, by their ids, numbered as the Summary has them: "1.2"."""
    rows = await session.execute(
        select(Question, KeyPoint)
        .join(KeyPoint, KeyPoint.question_id == Question.id)
        .where(KeyPoint.dialogue_id == dialogue.id)
        .order_by(Question.position, KeyPoint.position)
    )
    codes: dict[int, ThemeCode] = {}
    counted: dict[int, int] = {}
    source = dialogue.source_language
    for question, point in rows:
        counted[question.number] = counted.get(question.number, 0) + 1
        sentence = markup.plain(wordings.nearest(point.text, source, source))
        codes[point.id] = ThemeCode(question.number, f"{question.number}.{counted[question.number]}", sentence)
    return codes


async def _spans(
    session: AsyncSession, dialogue: Dialogue, points: Mapping[int, ThemeCode]
) -> dict[int, tuple[Coded, ...]]:
    """The words that stand where they were chosen, in replies that members may read."""
    rows = await session.execute(
        select(Support, Reply.text)
        .join(Reply, Reply.id == Support.reply_id)
        .where(Support.key_point_id.in_(points), visibility.to_members())
        .order_by(Support.reply_id, Support.start)
    )
    numbers = await _numbers(session, dialogue)
    found: dict[int, list[Coded]] = {}
    for support, text in rows:
        number = numbers.of(support.reply_id)
        if number is not None and support.span and text[support.start : support.end] == support.span:
            found.setdefault(number, []).append(Coded(points[support.key_point_id], support.start, support.end))
    return {number: tuple(spans) for number, spans in found.items()}


async def _numbers(session: AsyncSession, dialogue: Dialogue) -> Numbers:
    """The numbers that an export gives to the replies."""
    numbers = Numbers()
    ids = await session.stream_scalars(
        select(Reply.id)
        .where(Reply.dialogue_id == dialogue.id, visibility.to_members())
        .order_by(Reply.id)
        .execution_options(yield_per=PAGE)
    )
    async for reply_id in ids:
        numbers.add(reply_id)
    return numbers
