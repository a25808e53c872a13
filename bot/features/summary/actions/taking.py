"""A table of the Summary is compared with what stands here, and what was seen of it is taken: all of it, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from bot.core.dialogues import NoSuchDialogue
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import backgrounds, differing
from bot.features.summary.actions import rows as summary_rows
from bot.features.summary.actions.differing import TableAct, TableChange, TableDiff
from bot.features.summary.actions.rows import RowKind, SummaryRow
from bot.features.summary.actions.tables import SummaryTable
from bot.models import Dialogue, KeyPoint, Person, Question


@dataclass(frozen=True)
class TableTaken:
    """So many changes of a table were taken."""

    dialogue_id: int
    changes: int


@dataclass(frozen=True)
class TableSeen:
    """A dialogue whose Summary a person writes, and what a table of it would change."""

    dialogue_id: int
    slug: str
    diff: TableDiff


async def compare(session: AsyncSession, person: Person, table: SummaryTable) -> TableSeen:
    """What a table would change now. Raises NoSuchDialogue or NotAnEditor."""
    dialogue = await _of(session, person, table.slug)
    return TableSeen(dialogue.id, dialogue.slug, await _differ(session, dialogue, table, lock=False))


async def take(
    session: AsyncSession, person: Person, table: SummaryTable, key: str, *, now: datetime
) -> TableTaken | TableSeen:
    """Do what was seen (its TableDiff.key); or return what it would be by now, if that is another.

    Raises NoSuchDialogue or NotAnEditor. Of two who take a table at one moment the second looks again.
    """
    dialogue = await _of(session, person, table.slug)
    await session.execute(select(Dialogue.id).where(Dialogue.id == dialogue.id).with_for_update())
    await session.refresh(dialogue, ["labels"])
    diff = await _differ(session, dialogue, table, lock=True)
    if diff.key != key:
        return TableSeen(dialogue.id, dialogue.slug, diff)
    made: dict[str, int] = {}
    for change in diff.changes:
        await _do(session, dialogue, change, made, now=now)
    await _put_in_order(session, dialogue, table, diff, made)
    return TableTaken(dialogue.id, len(diff.changes))


async def _of(session: AsyncSession, person: Person, slug: str) -> Dialogue:
    dialogue_id = await session.scalar(select(Dialogue.id).where(Dialogue.slug == slug))
    if dialogue_id is None:
        raise NoSuchDialogue(slug)
    await key_points.editor(session, person, dialogue_id)
    return await session.get_one(Dialogue, dialogue_id, options=[selectinload(Dialogue.questions)])


async def _differ(session: AsyncSession, dialogue: Dialogue, table: SummaryTable, *, lock: bool) -> TableDiff:
    here = await summary_rows.rows(session, dialogue, lock=lock)
    return differing.differ(here, table, dialogue.languages)


async def _do(
    session: AsyncSession, dialogue: Dialogue, change: TableChange, made: dict[str, int], *, now: datetime
) -> None:
    match change.act:
        case TableAct.ADDED:
            point = await _add(session, dialogue, change, now=now)
            made[change.row.key] = point.id
        case TableAct.REMOVED:
            await key_points.remove(session, await session.get_one(KeyPoint, _id(change.row.key)))
        case TableAct.WORDED:
            await _word(session, dialogue, change.row, change.language, change.after)
        case TableAct.ORDERED:
            pass  # with those that were added


async def _add(session: AsyncSession, dialogue: Dialogue, change: TableChange, *, now: datetime) -> KeyPoint:
    (language, text), *others = change.texts
    question = _question(dialogue, change.row.number)
    point = await key_points.add(session, dialogue, question, text=text, language=language, now=now)
    for tag, wording in others:
        key_points.word(point, text=wording, language=tag)
    return point


async def _word(session: AsyncSession, dialogue: Dialogue, row: SummaryRow, language: str, text: str) -> None:
    if row.kind is RowKind.BACKGROUND:
        await backgrounds.write_background(session, dialogue, text=text, language=language)
    elif row.kind is RowKind.LABEL:
        dialogue.labels = {**dialogue.labels, row.name: {**dialogue.labels.get(row.name, {}), language: text}}
    else:
        key_points.word(await session.get_one(KeyPoint, _id(row.key)), text=text, language=language)


async def _put_in_order(
    session: AsyncSession, dialogue: Dialogue, table: SummaryTable, diff: TableDiff, made: Mapping[str, int]
) -> None:
    """Put key points where the table has them: those of an order that was changed, and behind the ones they were added behind."""
    await session.flush()
    ordered = {change.row.number: change.order for change in diff.changes if change.act is TableAct.ORDERED}
    numbers = {*ordered, *(change.row.number for change in diff.changes if change.act is TableAct.ADDED)}
    for number in sorted(numbers):
        question = _question(dialogue, number)
        found = await session.scalars(
            select(KeyPoint)
            .where(KeyPoint.dialogue_id == dialogue.id, KeyPoint.question_id == (question and question.id))
            .order_by(KeyPoint.position, KeyPoint.id)
        )
        points = {point.id: point for point in found}
        for position, point_id in enumerate(_order(list(points), ordered.get(number, ()), table, made)):
            points[point_id].position = position


def _order(here: Sequence[int], wanted: Sequence[str], table: SummaryTable, made: Mapping[str, int]) -> list[int]:
    new = set(made.values())
    moved = iter([point_id for key in wanted if (point_id := _id(key)) in here])
    places = {_id(key) for key in wanted}
    order = [next(moved) if each in places else each for each in here if each not in new]
    above = 0
    for row in table.rows:
        added = made.get(f"new:{row.at}") if not row.key else None
        if added is not None and added in here:
            order.insert(order.index(above) + 1 if above in order else _first(row.at, table, order), added)
        if added is not None or row.key:
            above = added or _id(row.key)
    return order


def _first(at: int, table: SummaryTable, order: Sequence[int]) -> int:
    """Where what stands right below a heading goes: first; behind what isn't here any more: last."""
    above = [row for row in table.rows if row.at < at and row.key]
    return 0 if above and above[-1].key.startswith(f"{RowKind.HEADING}:") else len(order)


def _question(dialogue: Dialogue, number: int) -> Question | None:
    return next((each for each in dialogue.questions if each.number == number), None)


def _id(key: str) -> int:
    """The id of a key point's row; 0 for any other."""
    kind, _, number = key.partition(":")
    return int(number) if kind == RowKind.POINT and number.isdecimal() else 0
