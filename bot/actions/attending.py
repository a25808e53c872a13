"""What in a dialogue waits for a person: first words nobody responded to, questions to moderators, queues, silence, failures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from bot.actions import reading
from bot.actions.reading import Author
from bot.actions.tallying import LanguageFigures, Tallies
from bot.models import Audience, Delivery, Figure, KeyPoint, Participation, Reply, State, Strength, Visibility

QUOTED = 3  # of each kind
LOOKED_THROUGH = 50  # of the newest words to moderators
QUESTION_MARKS = ("?", "؟", "\N{FULLWIDTH QUESTION MARK}")
LATEST = 5


@dataclass(frozen=True)
class QuotedReply:
    """A reply as a digest shows it: whole text, to be cut by whoever writes; `files` counts what it carries."""

    author: Author
    number: int
    kind: str
    text: str
    files: int
    language: str
    late: bool
    first: bool
    replied_at: datetime


@dataclass(frozen=True)
class Waiting:
    """How many wait, and the newest of them."""

    count: int
    quoted: tuple[QuotedReply, ...]


@dataclass(frozen=True)
class Attention:
    """What waits for a person; `queue_since` is when the oldest reply in the queue came, `silent` languages (BCP 47)."""

    unanswered: Waiting
    asked_moderators: Waiting
    queue: int
    queue_since: datetime | None
    contested: int
    silent: tuple[str, ...]
    unreachable: int
    uncertain: int

    @property
    def nothing(self) -> bool:
        """Whether nothing waits."""
        waits = (self.unanswered.count, self.asked_moderators.count, self.queue, self.contested, self.silent)
        return not any((*waits, self.unreachable, self.uncertain))


def _shown() -> ColumnElement[bool]:
    return Reply.visibility == Visibility.SHOWN


async def attention(
    session: AsyncSession,
    dialogue_id: int,
    question_ids: list[int],
    tallies: Tallies,
    languages: tuple[LanguageFigures, ...],
    *,
    readable: ColumnElement[bool],
    judges: bool,
) -> Attention:
    """What waits for a person in these questions; `languages` are those of the question that is, or was last, open.

    Only replies that are `readable` are quoted; words to moderators only to one who `judges`.
    """
    queue, since = (
        await session.execute(
            select(func.count(), func.min(Reply.waiting_since)).where(
                Reply.dialogue_id == dialogue_id,
                Reply.waiting_since.is_not(None),
                Reply.withdrawn_at.is_(None),
                Reply.question_id.in_(question_ids),
            )
        )
    ).one()
    uncertain = select(func.count()).where(Delivery.question_id.in_(question_ids), Delivery.state == State.UNCERTAIN)
    contested = select(func.count()).where(
        KeyPoint.dialogue_id == dialogue_id,
        KeyPoint.strength == Strength.CONTESTED,
        KeyPoint.question_id.in_(question_ids),
    )
    return Attention(
        unanswered=await _unanswered(session, dialogue_id, question_ids, tallies.total(Figure.UNANSWERED), readable),
        asked_moderators=await _asked_moderators(session, dialogue_id, question_ids) if judges else Waiting(0, ()),
        queue=queue,
        queue_since=since,
        contested=await session.scalar(contested) or 0,
        silent=tuple(one.language for one in languages if one.language is not None and not one.replies),
        unreachable=tallies.total(Figure.UNREACHABLE),
        uncertain=await session.scalar(uncertain) or 0,
    )


async def _unanswered(
    session: AsyncSession, dialogue_id: int, question_ids: list[int], total: int, readable: ColumnElement[bool]
) -> Waiting:
    """First words nobody responded to; where they are not to all questions, only the newest are looked through."""
    rows = await session.execute(
        select(Reply.id, Reply.question_id)
        .join(Participation, Participation.unanswered_id == Reply.id)
        .where(Participation.dialogue_id == dialogue_id, Participation.unanswered_id.is_not(None))
        .order_by(Participation.unanswered_id.desc())
        .limit(LOOKED_THROUGH)
    )
    newest = rows.all()
    ids = [reply_id for reply_id, question_id in newest if question_id in question_ids]
    count = total if len(ids) == len(newest) else len(ids)
    return Waiting(count, await quoted(session, readable & Reply.id.in_(ids[:QUOTED]), limit=QUOTED))


async def _asked_moderators(session: AsyncSession, dialogue_id: int, question_ids: list[int]) -> Waiting:
    response = aliased(Reply)
    answered = select(response.id).where(response.parent_id == Reply.id, response.member_id != Reply.member_id)
    rows = await session.execute(
        select(Reply.id, Reply.text)
        .where(Reply.dialogue_id == dialogue_id, Reply.audience == _to_moderators(), Reply.withdrawn_at.is_(None))
        .where(Reply.question_id.in_(question_ids), ~answered.exists())
        .order_by(Reply.kept_at.desc(), Reply.id.desc())
        .limit(LOOKED_THROUGH)
    )
    ids = [reply_id for reply_id, text in rows if text.rstrip().endswith(QUESTION_MARKS)]
    return Waiting(len(ids), await quoted(session, Reply.id.in_(ids[:QUOTED]), limit=QUOTED))


def _to_moderators() -> ColumnElement[Any]:
    # Written out rather than bound: only then do the databases see that the partial index serves.
    return literal(Audience.MODERATORS, Reply.audience.type, literal_execute=True)


async def latest(
    session: AsyncSession, dialogue_id: int, question_ids: list[int], *, readable: ColumnElement[bool], whole: bool
) -> tuple[QuotedReply, ...]:
    """The newest replies and responses of a dialogue or, unless `whole`, of one question, the newest first."""
    scope = Reply.dialogue_id == dialogue_id if whole else Reply.question_id == question_ids[0]
    return await quoted(session, scope & readable & _shown(), limit=LATEST)


async def quoted(session: AsyncSession, condition: ColumnElement[bool], *, limit: int) -> tuple[QuotedReply, ...]:
    """Some replies to be quoted, the newest first."""
    rows = await session.scalars(
        select(Reply)
        .where(condition)
        .options(joinedload(Reply.member), joinedload(Reply.question), selectinload(Reply.attachments))
        .order_by(Reply.kept_at.desc(), Reply.id.desc())
        .limit(limit)
    )
    replies = rows.all()
    firsts = await _first_ids(session, {reply.member_id for reply in replies})
    return tuple(
        QuotedReply(
            author=reading.author_of(reply),
            number=reply.question.number,
            kind=reply.kind,
            text=reply.text,
            files=len(reply.attachments),
            language=reply.language,
            late=reply.late,
            first=reply.id in firsts,
            replied_at=reply.replied_at,
        )
        for reply in replies
    )


async def _first_ids(session: AsyncSession, member_ids: Collection[int]) -> set[int]:
    if not member_ids:
        return set()
    return set(
        await session.scalars(
            select(func.min(Reply.id)).where(Reply.member_id.in_(member_ids)).group_by(Reply.member_id)
        )
    )
