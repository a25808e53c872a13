"""The tallies held against what is counted as such: found where they differ, and put right, part by part of a dialogue."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, delete, exists, extract, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import counting
from bot.database import insert, take_turns
from bot.models import WHOLE, Delivery, Dialogue, Figure, Member, Participation, Question, Reply, Tally
from bot.tallies import deltas
from bot.tallies.deltas import Key
from bot.tallies.figures import HAPPENED
from bot.tallies.participation import COUNTED, TO_A_QUESTION

QUARTER = 15 * 60  # seconds: no zone is apart from UTC by less than a part of it
MEMBERS = 500  # whose participation is put right in one step

Part = tuple[int, int]  # a dialogue, and one of its questions, or WHOLE


async def parts(session: AsyncSession) -> list[Part]:
    """All that tallies are kept of: each dialogue as a whole, after its questions."""
    questions = await session.execute(select(Question.dialogue_id, Question.id).order_by(Question.id))
    dialogues = await session.scalars(select(Dialogue.id).order_by(Dialogue.id))
    return [*((row[0], row[1]) for row in questions), *((dialogue_id, WHOLE) for dialogue_id in dialogues)]


async def differing(session: AsyncSession) -> int:
    """In how many parts the tallies differ. Reads whole tables; what isn't counted yet is no difference."""
    found = {part for part in await parts(session) if await _difference(session, part)}
    misjudged = _misjudged(Reply.member_id > 0).with_only_columns(Member.dialogue_id).distinct()
    found |= {(dialogue_id, WHOLE) for dialogue_id in await session.scalars(misjudged)}
    return len(found)


async def put_right(session: AsyncSession, part: Part) -> bool:
    """Have the tallies of one part hold what is counted; returns whether they did not. Repeating it changes nothing."""
    await take_turns(session, Tally)
    difference = await _difference(session, part)
    await deltas.add(session, Counter(difference))
    return bool(difference)


async def put_participation_right(session: AsyncSession, *, after: int = 0) -> tuple[int, int | None]:
    """Have what is held of members be what they have said, for some with ids above `after`, and go on there.

    Returns of how many it was not, and the id to go on from: None at the end.
    """
    await take_turns(session, Tally)
    ids = select(Member.id).where(Member.id > after).order_by(Member.id).limit(MEMBERS).subquery()
    last = await session.scalar(select(func.max(ids.c.id)))
    if last is None:
        return 0, None
    misjudged = _misjudged(Reply.member_id.between(after + 1, last)).where(Member.id.between(after + 1, last))
    wrong = (await session.scalars(misjudged.with_only_columns(Member.id))).all()
    for start in range(0, len(wrong), deltas.CHUNK):
        await _write_anew(session, wrong[start : start + deltas.CHUNK])
    return len(wrong), last


def _said(theirs: ColumnElement[bool]) -> Subquery:
    """By member, how much they have said (in replies that are `theirs`) that is counted, and their first reply to a question."""
    return (
        select(
            Reply.member_id,
            func.count().label("contributions"),
            func.min(case((TO_A_QUESTION, Reply.id))).label("first_id"),
        )
        .where(theirs, COUNTED)
        .group_by(Reply.member_id)
        .subquery()
    )


def _participation(theirs: ColumnElement[bool]) -> tuple[Subquery, ColumnElement[int], ColumnElement[int | None]]:
    """What members have said, with how much that is, and their first reply if nobody else has responded to it."""
    said, response = _said(theirs), aliased(Reply)
    answered = exists().where(
        response.parent_id == said.c.first_id,
        response.counted_language.is_not(None),
        response.member_id != said.c.member_id,
    )
    return said, func.coalesce(said.c.contributions, 0), case((~answered, said.c.first_id))


def _misjudged(theirs: ColumnElement[bool]) -> Select[Member]:
    """The members of whom something else is held than what they have said."""
    said, contributions, unanswered = _participation(theirs)
    return (
        select(Member)
        .outerjoin(said, said.c.member_id == Member.id)
        .outerjoin(Participation, Participation.member_id == Member.id)
        .where(
            or_(
                func.coalesce(Participation.contributions, 0) != contributions,
                Participation.unanswered_id.is_distinct_from(unanswered),
                and_(said.c.member_id.is_not(None), Participation.member_id.is_(None)),
            )
        )
    )


async def _write_anew(session: AsyncSession, member_ids: Sequence[int]) -> None:
    said, contributions, unanswered = _participation(Reply.member_id.in_(member_ids))
    rows = await session.execute(
        select(Member.id, Member.dialogue_id, contributions, unanswered)
        .join(said, said.c.member_id == Member.id)
        .where(Member.id.in_(member_ids))
    )
    names = ("member_id", "dialogue_id", "contributions", "unanswered_id")
    values = [dict(zip(names, row, strict=True)) for row in rows]
    await session.execute(delete(Participation).where(Participation.member_id.in_(member_ids)))
    if values:
        await session.execute(insert(session, Participation).values(values))


async def _difference(session: AsyncSession, part: Part) -> dict[Key, int]:
    """What would have to be added to the tallies of a part."""
    dialogue_id, question_id = part
    counted = await (_of_dialogue(session, part) if question_id == WHOLE else _of_question(session, part))
    held = await session.execute(
        select(Tally.figure, Tally.day, Tally.language, Tally.count).where(
            Tally.dialogue_id == dialogue_id, Tally.question_id == question_id, Tally.figure.not_in(HAPPENED)
        )
    )
    for figure, day, language, number in held:
        counted[dialogue_id, question_id, figure, day, language] -= number
    return {key: number for key, number in counted.items() if number}


async def _of_question(session: AsyncSession, part: Part) -> Counter[Key]:
    dialogue_id, question_id = part
    counted: Counter[Key] = Counter()
    zone = ZoneInfo(await session.scalar(select(Dialogue.timezone).where(Dialogue.id == dialogue_id)) or "UTC")
    quarter = func.floor(extract("epoch", Reply.replied_at) / QUARTER)
    said = await session.execute(
        select(TO_A_QUESTION, quarter, Reply.counted_language, func.count())
        .where(Reply.question_id == question_id, COUNTED)
        .group_by(TO_A_QUESTION, quarter, Reply.counted_language)
    )
    for to_a_question, quarters, language, replies in said:
        day = datetime.fromtimestamp(int(quarters) * QUARTER, UTC).astimezone(zone).date().isoformat()
        figure = Figure.REPLIES if to_a_question else Figure.RESPONSES
        counted[dialogue_id, question_id, figure, day, str(language)] += replies
    await _people(session, counted, part, Reply.question_id == question_id, Delivery.question_id == question_id)
    return counted


async def _of_dialogue(session: AsyncSession, part: Part) -> Counter[Key]:
    dialogue_id, _ = part
    counted: Counter[Key] = Counter()
    await _people(session, counted, part, Reply.dialogue_id == dialogue_id, Delivery.dialogue_id == dialogue_id)
    members = await session.execute(
        select(Member.counted_language, func.count())
        .where(Member.dialogue_id == dialogue_id, Member.counted_language.is_not(None), counting.without_role())
        .group_by(Member.counted_language)
    )
    for language, members_in_it in members:
        counted[dialogue_id, WHOLE, Figure.MEMBERS, "", str(language)] = members_in_it
    theirs = (Member.dialogue_id == dialogue_id) & counting.without_role()
    for figure, condition in (
        (Figure.UNREACHABLE, Member.counted_unreachable & theirs),
        (Figure.TAPPED, Member.counted_tapped & theirs),
        (
            Figure.UNANSWERED,
            Participation.unanswered_id.is_not(None) & (Participation.dialogue_id == dialogue_id),
        ),
    ):
        number = await session.scalar(select(func.count()).where(condition))
        counted[dialogue_id, WHOLE, figure, "", ""] = number or 0
    return counted


async def _people(
    session: AsyncSession, counted: Counter[Key], part: Part, said: ColumnElement[bool], owed: ColumnElement[bool]
) -> None:
    """Count those who replied, and those who were reached."""
    replied = select(func.count(Reply.member_id.distinct())).where(said, COUNTED, TO_A_QUESTION)
    reached = select(func.count(Delivery.member_id.distinct())).where(owed, Delivery.counted, counting.has_arrived())
    for figure, query in ((Figure.REPLIED, replied), (Figure.REACHED, reached)):
        counted[*part, figure, "", ""] = await session.scalar(query) or 0
