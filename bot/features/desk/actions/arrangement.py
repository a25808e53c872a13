"""Which rows the loom has, and in which order: what others did to them since someone saw them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import KeyPoint, Member, Question


@dataclass(frozen=True)
class Rearranged:
    """Key points (their ids) that were `added` or are `gone` since a list was seen, and whether the others stand in another order.

    The `key` is another for any other difference, and empty for none.
    """

    added: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    is_moved: bool = False
    key: str = ""


async def order(session: AsyncSession, reader: Member, only: str) -> list[int]:
    """The key points (their ids) in the order in which their rows stand: all, or those of one question (its number as text)."""
    questions = (await session.scalars(select(Question).where(Question.dialogue_id == reader.dialogue_id))).all()
    numbers = {question.id: question.number for question in questions}
    found = await session.execute(
        select(KeyPoint.id, KeyPoint.question_id)
        .where(KeyPoint.dialogue_id == reader.dialogue_id)
        .order_by(KeyPoint.position, KeyPoint.id)
    )
    placed = [(numbers[row[1]] if row[1] else 0, row[0]) for row in found]
    wanted = [each for each in placed if only in {"", str(each[0])}]
    # The questions for further discussion, which have the number 0, stand last.
    return [key_point_id for _, key_point_id in sorted(wanted, key=lambda each: (not each[0], each[0]))]


def rearranged(seen: Sequence[int], now: Sequence[int]) -> Rearranged:
    """How a list of key points differs from the one that was seen."""
    if list(seen) == list(now):
        return Rearranged()
    before, after = set(seen), set(now)
    return Rearranged(
        added=tuple(each for each in now if each not in before),
        gone=tuple(each for each in seen if each not in after),
        is_moved=[each for each in seen if each in after] != [each for each in now if each in before],
        key=hashlib.sha256(repr((list(seen), list(now))).encode()).hexdigest()[:12],
    )
