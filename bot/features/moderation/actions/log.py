"""The log of moderation: what moderators did is written down, for organisers to read and to take along."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from bot.core import authors
from bot.core.authors import Author
from bot.models import Act, LogEntry, Member, Reply, Role


@dataclass(frozen=True)
class LogRow:
    """One act: `actor_id` is a membership's, None for the flags of members or one who was erased.

    `author` is how the reply's author is named on it; nothing else tells whom an act on a member concerned.
    `whose` is the name, among those with a role, of the one who was given `role`.
    """

    done_at: datetime
    actor_id: int | None
    actor_name: str | None
    act: Act
    reply_id: int | None
    question: int | None
    author: Author | None
    role: Role | None
    whose: str | None
    reason: str | None


def enter(
    session: AsyncSession,
    actor: Member | None,
    act: Act,
    *,
    dialogue_id: int,
    now: datetime,
    reply_id: int | None = None,
    role: Role | None = None,
    whose: Member | None = None,
    reason: str | None = None,
) -> None:
    """Write an act down; without an actor it was the flags of members, or whoever hosts the bot."""
    session.add(
        LogEntry(
            dialogue_id=dialogue_id,
            actor_id=actor and actor.id,
            act=act,
            reply_id=reply_id,
            role=role,
            whose_id=whose and whose.id,
            reason=reason,
            done_at=now,
        )
    )


async def newest(session: AsyncSession, reply_id: int, *acts: Act) -> LogRow | None:
    """The last of some acts on a reply; None if there was none."""
    entry = await session.scalar(
        select(LogEntry)
        .where(LogEntry.reply_id == reply_id, LogEntry.act.in_(acts))
        .options(*_ALL_OF_IT)
        .order_by(LogEntry.id.desc())
        .limit(1)
    )
    return _row(entry) if entry else None


@dataclass(frozen=True)
class LogPage:
    """Some acts, the newest first; `further` is the entry before which the next ones come, None at the end.

    `actors` are those who did anything here, by a membership's id and by name.
    """

    rows: tuple[LogRow, ...]
    further: int | None
    actors: tuple[tuple[int, str | None], ...]


async def page(
    session: AsyncSession,
    dialogue_id: int,
    *,
    acts: Collection[Act] = (),
    actor_id: int | None = None,
    before: int | None = None,
    most: int,
) -> LogPage:
    """Some of the log of a dialogue: of these acts or all, of one actor or all, before an entry or from the newest on."""
    found = select(LogEntry).where(LogEntry.dialogue_id == dialogue_id).options(*_ALL_OF_IT)
    if acts:
        found = found.where(LogEntry.act.in_(acts))
    if actor_id is not None:
        found = found.where(LogEntry.actor_id == actor_id)
    if before is not None:
        found = found.where(LogEntry.id < before)
    entries = (await session.scalars(found.order_by(LogEntry.id.desc()).limit(most + 1))).all()
    actors = await session.execute(
        select(Member.id, Member.team_name)
        .where(Member.id.in_(select(LogEntry.actor_id).where(LogEntry.dialogue_id == dialogue_id)))
        .order_by(Member.id)
    )
    return LogPage(
        rows=tuple(_row(entry) for entry in entries[:most]),
        further=entries[most - 1].id if len(entries) > most else None,
        actors=tuple((row[0], row[1]) for row in actors),
    )


async def rows(session: AsyncSession, dialogue_id: int) -> list[LogRow]:
    """The whole log of a dialogue, oldest first."""
    entries = await session.scalars(
        select(LogEntry)
        .where(LogEntry.dialogue_id == dialogue_id)
        .options(*_ALL_OF_IT)
        .order_by(LogEntry.done_at, LogEntry.id)
    )
    return [_row(entry) for entry in entries.all()]


_ALL_OF_IT = (
    joinedload(LogEntry.actor),
    joinedload(LogEntry.whose),
    joinedload(LogEntry.reply).options(joinedload(Reply.member), joinedload(Reply.question)),
)


def _row(entry: LogEntry) -> LogRow:
    reply = entry.reply
    return LogRow(
        done_at=entry.done_at,
        actor_id=entry.actor_id,
        actor_name=entry.actor.team_name if entry.actor else None,
        act=entry.act,
        reply_id=entry.reply_id,
        question=reply.question.number if reply else None,
        author=authors.author_of(reply) if reply else None,
        role=entry.role,
        whose=entry.whose.team_name if entry.whose else None,
        reason=entry.reason,
    )
