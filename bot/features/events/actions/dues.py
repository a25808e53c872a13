"""What is told of a live event, when, and to whom: the invitation, the reminder, moderators' briefing, recording and notes; each once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.core import counting, rights
from bot.core.rights import Right
from bot.features.events.actions.live_events import Span, span
from bot.ledger import notices, outbox
from bot.models import Attendance, Delivery, Dialogue, Event, Intent, Kind, Member, NoticeKind

INVITED_BEFORE = timedelta(days=7)
BRIEFED_BEFORE = timedelta(days=1)
REMINDED_BEFORE = timedelta(hours=1)


class Stage(StrEnum):
    """How far an event is told: the column of its row that says by which notice."""

    INVITATION = "invitation_id"
    BRIEFING = "briefing_id"
    REMINDER = "reminder_id"
    RECORDING = "recording_id"
    NOTES = "notes_id"


_STANDING = (
    select(Event, Dialogue.timezone)
    .join(Dialogue, Dialogue.id == Event.dialogue_id)
    .where(Event.cancelled_at.is_(None))
    .order_by(Event.id)
)
_OF_DIALOGUE = _STANDING.where(Event.dialogue_id == bindparam("dialogue"))


def _due(event: Event, when: Span, now: datetime) -> Iterator[Stage]:
    """What is to be told of an event now, and isn't told yet, in its order."""
    if event.invitation_id is None and when.starts_at - INVITED_BEFORE <= now < when.starts_at:
        yield Stage.INVITATION
    if event.invitation_id is not None:
        if event.briefing_id is None and when.starts_at - BRIEFED_BEFORE <= now < when.starts_at:
            yield Stage.BRIEFING
        if event.reminder_id is None and when.starts_at - REMINDED_BEFORE <= now < when.ends_at:
            yield Stage.REMINDER
    if when.ends_at <= now:
        if event.recording and event.recording_id is None:
            yield Stage.RECORDING
        elif event.notes and event.notes_id is None:
            yield Stage.NOTES


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether there is something to be told of an event."""
    return bool(await _dialogues_due(session, now=now))


async def _dialogues_due(session: AsyncSession, *, now: datetime) -> list[int]:
    found = await session.execute(_STANDING)
    due = [event.dialogue_id for event, zone in found if next(_due(event, span(event, zone), now), None)]
    return sorted(set(due))


async def open_due(session: AsyncSession, *, now: datetime) -> int:
    """Owe what is due of all events to those whom it concerns; returns how many notices were opened.

    Looked at anew once the dialogue is locked: of two that look at once, the second finds it told.
    """
    opened = 0
    for dialogue_id in await _dialogues_due(session, now=now):
        await outbox.lock(session, dialogue_id)
        standing = await session.execute(
            _OF_DIALOGUE, {"dialogue": dialogue_id}, execution_options={"populate_existing": True}
        )
        for event, zone in standing.all():
            when = span(event, zone)
            for stage in _due(event, when, now):
                await _tell(session, event, when, stage, now=now)
                opened += 1
    return opened


async def _tell(session: AsyncSession, event: Event, when: Span, stage: Stage, *, now: datetime) -> None:
    match stage:
        case Stage.INVITATION:
            await owe(session, event, NoticeKind.EVENT_INVITATION, counting.takes_part(), stage=stage, now=now)
        case Stage.BRIEFING:
            whom = rights.holds(Right.SEE_QUEUE)
            await owe(session, event, NoticeKind.EVENT_BRIEFING, whom, stage=stage, now=now)
        case Stage.REMINDER:
            # It was asked for: neither night nor pause holds it.
            whom = counting.takes_part() & says(event.id, Intent.COMING)
            await owe(session, event, NoticeKind.EVENT_REMINDER, whom, stage=stage, now=now, at_once=True)
        case Stage.RECORDING | Stage.NOTES:
            whom = counting.takes_part() & _wants_report(event.id, when)
            await owe(session, event, NoticeKind.EVENT_REPORT, whom, stage=stage, now=now)
            if event.notes:  # the recording brings them along
                event.notes_id = event.notes_id or event.recording_id


def says(event_id: int, *intents: Intent) -> ColumnElement[bool]:
    """Who answered the invitation so, as a condition on Member."""
    return exists().where(
        Attendance.member_id == Member.id, Attendance.event_id == event_id, Attendance.intent.in_(intents)
    )


def _wants_report(event_id: int, when: Span) -> ColumnElement[bool]:
    """Who came, who asked for the notes, and who joined too late to be asked, as a condition on Member."""
    return says(event_id, Intent.COMING, Intent.NOTES) | (Member.joined_at > when.starts_at)


def was_invited(event: Event) -> ColumnElement[bool]:
    """Whom the invitation reached, or may have, as a condition on Member."""
    reached = exists().where(
        Delivery.notice_id == event.invitation_id, Delivery.member_id == Member.id, outbox.WENT_OUT
    )
    return counting.takes_part() & reached


async def owe(
    session: AsyncSession,
    event: Event,
    kind: NoticeKind,
    whom: ColumnElement[bool],
    *,
    now: datetime,
    stage: Stage | None = None,
    at_once: bool = False,
) -> None:
    """Owe a notice of an event to all of `whom` (of Member); what it says is written at the moment of sending."""
    details = {"event": event.id, "sequence": event.sequence, "stage": stage}
    notice = await notices.open_notice(session, kind, dialogue_id=event.dialogue_id, details=details, now=now)
    if stage is not None:
        setattr(event, stage, notice.id)
    await notices.owe_members(session, notice, whom, due_at=now, at_once=at_once)


async def brought_by(session: AsyncSession, event_id: int, notice_id: int) -> frozenset[Stage]:
    """What of an event a notice tells."""
    event = await session.get_one(Event, event_id)
    return frozenset(stage for stage in Stage if getattr(event, stage) == notice_id)


async def catch_up(session: AsyncSession, member: Member, *, now: datetime) -> None:
    """Owe one who joined, or came back, what they missed of the dialogue's events; the dialogue must be locked.

    They have just written to the bot: it comes at once.
    """
    standing = (await session.execute(_OF_DIALOGUE, {"dialogue": member.dialogue_id})).all()
    if not standing:
        return
    said = await session.scalars(select(Attendance).where(Attendance.member_id == member.id))
    intents = {answer.event_id: answer.intent for answer in said}
    for event, zone in standing:
        when = span(event, zone)
        for notice_id in sorted(_missed(event, when, intents.get(event.id), member, now)):
            await owe_one(session, event.dialogue_id, notice_id, member.id, now=now)


def _missed(event: Event, when: Span, intent: Intent | None, member: Member, now: datetime) -> set[int]:
    """The notices of an event that a member ought to have, if they haven't."""
    wanted: list[int | None] = []
    if intent is None and now < when.starts_at:
        wanted.append(event.invitation_id)
    if intent is Intent.COMING and now < when.ends_at:
        wanted.append(event.reminder_id)
    came_late = member.joined_at is not None and member.joined_at > when.starts_at
    if intent in {Intent.COMING, Intent.NOTES} or came_late:
        wanted += [event.recording_id, event.notes_id]
    return {each for each in wanted if each is not None}


async def owe_one(session: AsyncSession, dialogue_id: int, notice_id: int, member_id: int, *, now: datetime) -> None:
    """Owe a notice to one member at once, unless they have got it."""
    about = {"dialogue_id": dialogue_id, "member_id": member_id, "notice_id": notice_id}
    await outbox.owe_again(session, states=outbox.UNSENT, kind=Kind.NOTICE, **about, due_at=now, at_once=True)
