"""Who is reminded of an open question, and when; and who wants no reminder."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import members as core_members
from bot.core import schedule, wordings
from bot.core.members import NotAMember
from bot.database import insert
from bot.ledger.letters import Owed
from bot.models import Abstention, Delivery, Dialogue, Kind, Member, Person, Question, Reply, State

Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class Reminding:
    """What is known of those to be reminded, as (member id, question id): who said enough, and whom the question reached."""

    silenced: dict[Pair, str] = field(default_factory=dict)
    reached: frozenset[Pair] = frozenset()


async def abstain(session: AsyncSession, person: Person, question_id: int, *, now: datetime) -> None:
    """Not this week: no reminder of this question any more; raises NotAMember."""
    member = await _asked(session, person, question_id)
    await session.execute(
        insert(session, Abstention)
        .values(member_id=member.id, question_id=question_id, abstained_at=now)
        .on_conflict_do_nothing()
    )


async def stop_reminders(session: AsyncSession, person: Person, question_id: int) -> str | None:
    """No reminders any more in the dialogue of this question; returns its title if the person takes part in others, too.

    Raises NotAMember.
    """
    member = await _asked(session, person, question_id)
    member.reminders = False
    dialogues = {each.dialogue_id: each.dialogue for each in await core_members.memberships(session, person)}
    if len(dialogues) == 1 or member.dialogue_id not in dialogues:
        return None
    dialogue = dialogues[member.dialogue_id]
    return wordings.in_language(dialogue.title, dialogue, person.language)


async def _asked(session: AsyncSession, person: Person, question_id: int) -> Member:
    """The membership through which a person is asked a question, left or not; raises NotAMember, also where the question is gone."""
    member = await session.scalar(
        select(Member)
        .join(Question, Question.dialogue_id == Member.dialogue_id)
        .where(Member.person_id == person.id, Question.id == question_id)
    )
    if member is None:
        raise NotAMember(question_id)
    return member


def silent(question_id: int) -> ColumnElement[bool]:
    """Those whom the question reached, who haven't replied to it, and who let themselves be reminded."""
    reached = exists().where(
        Delivery.member_id == Member.id,
        Delivery.question_id == question_id,
        or_(Delivery.state == State.SENT, Delivery.state == State.UNCERTAIN),
    )
    replied = exists().where(
        Reply.member_id == Member.id,
        Reply.question_id == question_id,
        Reply.parent_id.is_(None),
        Reply.withdrawn_at.is_(None),
    )
    abstained = exists().where(Abstention.member_id == Member.id, Abstention.question_id == question_id)
    return reached & ~replied & ~abstained & Member.reminders.is_(True)


async def reminding(session: AsyncSession, owed: Collection[Owed]) -> Reminding:
    """What speaks against the reminders among these deliveries, or for repeating the question in them."""
    pairs = {
        (one.member_id, one.question_id)
        for one in owed
        if one.kind is Kind.REMINDER and one.member_id is not None and one.question_id is not None
    }
    if not pairs:
        return Reminding()
    members, questions = [member_id for member_id, _ in pairs], {question_id for _, question_id in pairs}
    replied, abstained, reached = [
        await session.execute(
            select(model.member_id, model.question_id).where(
                model.member_id.in_(members), model.question_id.in_(questions), *conditions
            )
        )
        for model, conditions in (
            (Reply, [Reply.parent_id.is_(None), Reply.withdrawn_at.is_(None)]),
            (Abstention, []),
            (Delivery, [Delivery.kind == Kind.QUESTION, Delivery.state == State.SENT]),
        )
    ]
    silenced = {(row[0], row[1]): "not this week" for row in abstained}
    silenced |= {(row[0], row[1]): "replied" for row in replied}
    return Reminding(silenced, frozenset((row[0], row[1]) for row in reached))


def reminder_at(dialogue: Dialogue, question: Question, zone: str) -> datetime | None:
    """When to remind a member in `zone` who hasn't replied; None where the dialogue, or the night, leaves no time for it."""
    if dialogue.reminder is None:
        return None
    due = schedule.waking(dialogue, schedule.closes_at(dialogue, question, zone) - dialogue.reminder, zone)
    return (
        due if schedule.due_at(dialogue, question, zone) < due < schedule.closes_at(dialogue, question, zone) else None
    )
