"""A dialogue counted row by row, by the definitions of `core.counting`: for what is written now and then, and not for each digest."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, visibility
from bot.models import Audience, Delivery, Dialogue, Member, Reply
from bot.tallies import breakdown


@dataclass(frozen=True)
class Turnout:
    """Members of a dialogue: who has joined, takes part now, was reached, and replied.

    `languages` are those in which they spoke, with how many did in each, as far as told apart; `others` says whether
    there are more.
    """

    joined: int
    members: int
    reached: int
    replied: int
    languages: tuple[tuple[str, int], ...]
    others: bool


@dataclass(frozen=True)
class ReplyCounts:
    """What was said to a question, or in a dialogue. Of the `replies`, those that all members may read are `open`.

    The others were `merged`, are `for_moderators` alone, or were said while their author was silenced. Apart stand what
    is hidden, waits or was withdrawn, and what the team said, as far as it stands.
    """

    replies: int
    open: int
    merged: int
    for_moderators: int
    hidden: int
    waiting: int
    withdrawn: int
    of_team: int

    @property
    def silenced(self) -> int:
        """How many were said while their author was muted or removed."""
        return self.replies - self.open - self.merged - self.for_moderators


async def turnout(session: AsyncSession, dialogue_id: int) -> Turnout:
    """Count the members of a dialogue."""
    of = Member.dialogue_id == dialogue_id
    joined = select(func.count()).where(of, counting.has_joined())
    members = select(func.count()).where(of, counting.is_member())
    reached = select(func.count(Delivery.member_id.distinct())).where(
        Delivery.dialogue_id == dialogue_id, counting.has_arrived()
    )
    said = (Reply.dialogue_id == dialogue_id) & counting.counts()
    replied = select(func.count(Reply.member_id.distinct())).where(said, counting.to_a_question())
    large, others = await _languages(session, said)
    return Turnout(
        joined=await session.scalar(joined) or 0,
        members=await session.scalar(members) or 0,
        reached=await session.scalar(reached) or 0,
        replied=await session.scalar(replied) or 0,
        languages=large,
        others=others,
    )


async def _languages(session: AsyncSession, said: ColumnElement[bool]) -> tuple[tuple[tuple[str, int], ...], bool]:
    """By language, how many members spoke in it, in groups large enough; and whether others did."""
    rows = await session.execute(
        select(Reply.language, func.count(Reply.member_id.distinct())).where(said).group_by(Reply.language)
    )
    spoke = {row[0]: row[1] for row in rows}
    large = breakdown.large_enough(spoke)
    return tuple((language, spoke[language]) for language in large), len(large) < len(spoke)


async def reply_counts_by_question(session: AsyncSession, dialogue: Dialogue) -> Mapping[int, ReplyCounts]:
    """Count what was said in a dialogue, by the id of each question."""
    total = (
        await session.execute(_BY_QUESTION.where(Reply.dialogue_id == dialogue.id).group_by(Reply.question_id))
    ).all()
    found = {row[0]: ReplyCounts(*map(int, row[1:])) for row in total}
    return {question.id: found.get(question.id, ReplyCounts(*[0] * 8)) for question in dialogue.questions}


async def reply_counts(session: AsyncSession, dialogue_id: int) -> ReplyCounts:
    """Count what was said in a dialogue."""
    row = (await session.execute(_OF_ALL.where(Reply.dialogue_id == dialogue_id))).one()
    return ReplyCounts(*map(int, row))


def _counted() -> list[ColumnElement[int]]:
    theirs, counts = counting.by_members(), counting.counts()
    merged = counts & counting.is_merged()
    kinds = (
        counts,
        counts & visibility.to_members(),
        merged,
        counts & ~counting.is_merged() & (Reply.audience == Audience.MODERATORS),
        theirs & counting.is_hidden(),
        theirs & counting.waits(),
        theirs & counting.is_withdrawn(),
        ~theirs & counting.stands(),
    )
    return [func.count().filter(kind) for kind in kinds]


_BY_QUESTION = select(Reply.question_id, *_counted())
_OF_ALL = select(*_counted())
