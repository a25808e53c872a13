"""What keeps the bot from doing its work, as far as its own memory tells; and the form in which all findings come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from bot.inbox.retries import last_line
from bot.models import Delivery, InboxState, InboxUpdate, Person, State
from bot.tallies import reconciliation

STUCK = timedelta(minutes=5)  # handling and sending take seconds


class Level(StrEnum):
    """Whether a finding asks for something to be done: a note doesn't."""

    FINE = "fine"
    NOTE = "note"
    FAULT = "fault"


class Matter(StrEnum):
    """What was found."""

    TOKEN_MISSING = "token_missing"  # noqa: S105 - a word
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - a word
    TOKEN_VALID = "token_valid"  # noqa: S105 - a word
    TELEGRAM_AWAY = "telegram_away"
    CLOCK_RIGHT = "clock_right"
    CLOCK_AHEAD = "clock_ahead"
    CLOCK_BEHIND = "clock_behind"
    CLOCK_NOT_COMPARED = "clock_not_compared"
    PRIVACY_ON = "privacy_on"
    PRIVACY_OFF = "privacy_off"
    POLLING = "polling"
    WEBHOOK = "webhook"
    WEBHOOK_UNWANTED = "webhook_unwanted"
    WEBHOOK_MISSING = "webhook_missing"
    WEBHOOK_ELSEWHERE = "webhook_elsewhere"
    WEBHOOK_FAILED = "webhook_failed"
    PENDING = "pending"
    CATALOGUES_COMPILED = "catalogues_compiled"
    CATALOGUES_MISSING = "catalogues_missing"
    CATALOGUES_OUTDATED = "catalogues_outdated"
    PDF = "pdf"
    PANGO_MISSING = "pango_missing"
    OPEN_TO_ALL = "open_to_all"
    OPEN_TO_GROUP = "open_to_group"
    DATABASE_TO_COME = "database_to_come"
    DATABASE_MISSING = "database_missing"
    DATABASE_AWAY = "database_away"
    DATABASE_BEHIND = "database_behind"
    DATABASE_AHEAD = "database_ahead"
    DATABASE_BEYOND = "database_beyond"
    DATABASE_GONE = "database_gone"
    DATABASE_ARRIVING = "database_arriving"
    DATABASE_CURRENT = "database_current"
    NOTHING_STUCK = "nothing_stuck"
    PARKED = "parked"
    UNANSWERED = "unanswered"
    UNHANDLED = "unhandled"
    SENDING = "sending"
    OVERDUE = "overdue"
    BACKLOG = "backlog"
    UNWRITTEN = "unwritten"
    UNCERTAIN = "uncertain"
    UNREACHABLE = "unreachable"
    TALLIES_DIFFER = "tallies_differ"
    KEPT_TOO_LONG = "kept_too_long"
    HOOK_GIVEN_UP = "hook_given_up"
    JOB_DONE = "job_done"
    JOB_AHEAD = "job_ahead"
    WORK_FAILS = "work_fails"
    BACKUP_RECENT = "backup_recent"
    BACKUP_OLD = "backup_old"
    BACKUP_LACKING = "backup_lacking"
    BOT_REGISTERED = "bot_registered"
    BOT_PAUSED = "bot_paused"
    BOT_RESTS = "bot_rests"


@dataclass(frozen=True)
class Finding:
    """One finding: `count` of what, in how many `chats`, `since` when at the longest, and a name, address or reason in `detail`.

    `until` is the moment of what comes next.
    """

    matter: Matter
    level: Level
    count: int = 0
    detail: str = ""
    since: datetime | None = None
    until: datetime | None = None
    chats: int = 0


async def examine(session: AsyncSession, *, now: datetime) -> list[Finding]:
    """What is stuck in the inbox and among the deliveries. Reads whole tables: for a person who asks, not for every minute."""
    findings = [
        await _parked(session),
        await _older(session, Matter.UNHANDLED, InboxUpdate.received_at, InboxUpdate.state == InboxState.NEW, now),
        await _older(session, Matter.SENDING, Delivery.claimed_at, Delivery.state == State.SENDING, now),
        await _overdue(session, now),
        await _unwritten(session),
        await _unanswered(session),
        await _noted(session, Matter.UNCERTAIN, Delivery.state == State.UNCERTAIN),
        await _noted(session, Matter.UNREACHABLE, Person.unreachable_since.is_not(None) & (Person.telegram_id > 0)),
        await _tallies(session),
    ]
    found = [finding for finding in findings if finding is not None]
    if any(finding.level is Level.FAULT for finding in found):
        return found
    return [Finding(Matter.NOTHING_STUCK, Level.FINE), *found]


async def _parked(session: AsyncSession) -> Finding | None:
    is_parked = InboxUpdate.state == InboxState.PARKED
    chats = func.count(func.nullif(InboxUpdate.lane, 0).distinct())  # 0 is of no chat
    counted = select(func.count(), chats, func.min(InboxUpdate.received_at)).where(is_parked)
    count, of_chats, since = (await session.execute(counted)).one()
    if not count:
        return None
    error = await session.scalar(select(InboxUpdate.error).where(is_parked).order_by(InboxUpdate.id.desc()).limit(1))
    return Finding(Matter.PARKED, Level.FAULT, count, last_line(error), since, chats=of_chats)


async def _unanswered(session: AsyncSession) -> Finding | None:
    lacks_answer = (InboxUpdate.state == InboxState.DONE) & InboxUpdate.error.is_not(None)
    count, newest = (await session.execute(select(func.count(), func.max(InboxUpdate.id)).where(lacks_answer))).one()
    if not count:
        return None
    error = await session.scalar(select(InboxUpdate.error).where(InboxUpdate.id == newest))
    return Finding(Matter.UNANSWERED, Level.NOTE, count, last_line(error))


async def _older(
    session: AsyncSession,
    matter: Matter,
    moment: InstrumentedAttribute[Any],
    condition: ColumnElement[bool],
    now: datetime,
) -> Finding | None:
    query = select(func.count(), func.min(moment)).where(condition, moment < now - STUCK)
    count, since = (await session.execute(query)).one()
    return Finding(matter, Level.FAULT, count, since=since) if count else None


async def _overdue(session: AsyncSession, now: datetime) -> Finding | None:
    overdue = await _older(session, Matter.OVERDUE, Delivery.due_at, Delivery.state == State.PLANNED, now)
    if overdue is None:
        return None
    # A large dialogue's messages need longer than this at Telegram's pace: as long as some go out, all is well.
    going_out = await session.scalar(select(exists().where(Delivery.settled_at > now - STUCK)))
    return Finding(Matter.BACKLOG, Level.NOTE, overdue.count, since=overdue.since) if going_out else overdue


async def _unwritten(session: AsyncSession) -> Finding | None:
    is_unwritten = (Delivery.state == State.PLANNED) & Delivery.reason.is_not(None)
    count, newest = (await session.execute(select(func.count(), func.max(Delivery.id)).where(is_unwritten))).one()
    if not count:
        return None
    error = await session.scalar(select(Delivery.reason).where(Delivery.id == newest))
    return Finding(Matter.UNWRITTEN, Level.FAULT, count, detail=error or "")


async def _noted(session: AsyncSession, matter: Matter, condition: ColumnElement[bool]) -> Finding | None:
    count = await session.scalar(select(func.count()).where(condition))
    return Finding(matter, Level.NOTE, count) if count else None


async def _tallies(session: AsyncSession) -> Finding | None:
    count = await reconciliation.differing(session)
    return Finding(Matter.TALLIES_DIFFER, Level.FAULT, count) if count else None
