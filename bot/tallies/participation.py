"""How much each member has said, and whose first words nobody has responded to yet.

Who has let themselves be heard since a question reached them, be it by one tap: nobody tells the bot who reads.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.core import counting
from bot.database import insert
from bot.models import WHOLE, Delivery, Member, Participation, Person, Reply, State
from bot.tallies.rows import ReplyRow

COUNTED = Reply.counted_language.is_not(None) & counting.by_members()
TO_A_QUESTION = counting.to_a_question()


@dataclass
class Said:
    """What some members have said: replies by (member, question), and everything by member, before and after a step."""

    replies: Counter[tuple[int, int]]
    everything: Counter[int]
    dialogues: dict[int, int] = field(default_factory=dict)  # of the members whose count has changed
    before: dict[tuple[int, int], int] = field(default_factory=dict)

    def change(self, reply: ReplyRow, number: int) -> None:
        """A reply or response has come (1), or no longer stands (-1)."""
        member_id = reply.member_id
        self.dialogues[member_id] = reply.dialogue_id
        self.everything[member_id] += number
        if reply.parent_id is None:
            for question_id in (WHOLE, reply.question_id):
                self.before.setdefault((member_id, question_id), self.replies[member_id, question_id])
                self.replies[member_id, question_id] += number

    def newly_replied(self) -> Iterable[tuple[int, int, int]]:
        """By dialogue and question, 1 for each member who now has replied and hadn't before, -1 for the contrary."""
        for (member_id, question_id), before in self.before.items():
            number = bool(self.replies[member_id, question_id]) - bool(before)
            if number:
                yield self.dialogues[member_id], question_id, number


async def said_by(session: AsyncSession, member_ids: Collection[int]) -> Said:
    """What these members have said as far as it is counted."""
    rows = await session.execute(
        select(Reply.member_id, Reply.question_id, TO_A_QUESTION, func.count())
        .where(Reply.member_id.in_(member_ids), COUNTED)
        .group_by(Reply.member_id, Reply.question_id, TO_A_QUESTION)
    )
    said = Said(Counter(), Counter())
    for member_id, question_id, to_a_question, number in rows:
        said.everything[member_id] += number
        if to_a_question:
            said.replies[member_id, question_id] += number
            said.replies[member_id, WHOLE] += number
    return said


async def write_down(session: AsyncSession, said: Said, responded_to: Collection[int]) -> list[tuple[int, int]]:
    """Write down how much those who said something have said, and whether their first words were responded to.

    Those whose words are in `responded_to` (ids of replies) are looked at too. Returns, for each member whose first
    words have come to wait for a response, the dialogue and 1; for each who no longer does, the dialogue and -1.
    """
    authors = await session.execute(
        select(Reply.member_id, Reply.dialogue_id).where(Reply.id.in_(responded_to), counting.by_members())
    )
    dialogues = said.dialogues | {row[0]: row[1] for row in authors}
    waiting = await _unanswered(session, dialogues)
    known = await session.execute(
        select(Participation.member_id, Participation.contributions, Participation.unanswered_id).where(
            Participation.member_id.in_(dialogues)
        )
    )
    before = {member_id: (contributions, unanswered_id) for member_id, contributions, unanswered_id in known}
    rows, changed = [], []
    for member_id, dialogue_id in sorted(dialogues.items()):
        contributions, unanswered_id = before.get(member_id, (0, None))
        everything = said.everything[member_id] if member_id in said.dialogues else contributions
        rows.append(
            {
                "member_id": member_id,
                "dialogue_id": dialogue_id,
                "contributions": everything,
                "unanswered_id": waiting.get(member_id),
            }
        )
        number = (member_id in waiting) - (unanswered_id is not None)
        if number:
            changed.append((dialogue_id, number))
    if rows:
        new = insert(session, Participation).values(rows)
        columns = {name: new.excluded[name] for name in ("contributions", "unanswered_id")}
        await session.execute(new.on_conflict_do_update(index_elements=["member_id"], set_=columns))
    return changed


async def _unanswered(session: AsyncSession, member_ids: Collection[int]) -> dict[int, int]:
    """By member, their first reply, if nobody else has responded to it."""
    rows = await session.execute(
        select(Reply.member_id, func.min(Reply.id))
        .where(Reply.member_id.in_(member_ids), COUNTED, TO_A_QUESTION)
        .group_by(Reply.member_id)
    )
    first = {row[1]: row[0] for row in rows}
    response = aliased(Reply)
    answered = await session.scalars(
        select(response.parent_id)
        .join(Reply, Reply.id == response.parent_id)
        .where(response.parent_id.in_(first), response.counted_language.is_not(None))
        .where(response.member_id != Reply.member_id)
    )
    for reply_id in answered.unique():
        first.pop(reply_id or 0, None)
    return {member_id: reply_id for reply_id, member_id in first.items()}


async def tap(session: AsyncSession, person: Person, *, now: datetime) -> None:
    """A person has pressed a button: so they have in each dialogue that has asked them something."""
    asked = exists().where(
        Delivery.member_id == Member.id,
        Delivery.question_id.is_not(None),
        Delivery.state.in_([State.SENT, State.UNCERTAIN]),
    )
    await _note(session, (Member.person_id == person.id) & Member.joined_at.is_not(None) & asked, now)


async def spoke(session: AsyncSession, member_ids: Collection[int], *, now: datetime) -> None:
    """These members have said something."""
    await _note(session, Member.id.in_(member_ids), now)


async def _note(session: AsyncSession, condition: ColumnElement[bool], now: datetime) -> None:
    await session.execute(
        update(Member)
        .where(condition, Member.tapped_at.is_(None))
        .values(tapped_at=now, outdated=True)
        .execution_options(synchronize_session=False)
    )
