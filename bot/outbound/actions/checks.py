"""A delivery is looked at once more before it goes out: what no longer holds is dropped or put off."""

from dataclasses import dataclass
from datetime import datetime

from bot.core import schedule
from bot.core.rights import NEEDED_TO_BE_TOLD, TOLD_TO_THE_ABSENT, Right
from bot.features.questions.actions.reminders import Reminding
from bot.features.replies.actions.follow_ups import FollowingUp
from bot.ledger.letters import Owed
from bot.models import Dialogue, Kind, Notice, Question, State
from bot.outbound.actions.recipients import Recipient


@dataclass(frozen=True)
class Drop:
    """It isn't sent; `state` is dropped or unreachable."""

    reason: str
    state: State = State.DROPPED


@dataclass(frozen=True)
class PutOff:
    """It is due later."""

    until: datetime


def look_again(
    owed: Owed,
    recipient: Recipient,
    dialogue: Dialogue,
    brings: Question | Notice | None,
    known: Reminding,
    *,
    now: datetime,
) -> Drop | PutOff | None:
    """What speaks against sending a delivery now; None if nothing does."""
    if recipient.unreachable is not None:
        return Drop(recipient.unreachable, State.UNREACHABLE)
    needed = Right.SEE_DIGESTS if owed.kind is Kind.DIGEST else None
    if isinstance(brings, Notice):
        needed = NEEDED_TO_BE_TOLD.get(brings.kind)
    if needed is not None and needed not in recipient.rights:
        return Drop("no longer moderates")
    absent = not recipient.takes_part and not (isinstance(brings, Notice) and brings.kind in TOLD_TO_THE_ABSENT)
    if needed is None and absent:
        return Drop("left")
    match brings:
        case Notice():
            return _look_at_notice(owed, recipient, dialogue, brings, now)
        case Question():
            return _look_at_question(owed, recipient, dialogue, brings, known, now=now)
    return None


def look_at_follow_up(owed: Owed, recipient: Recipient, known: FollowingUp, *, now: datetime) -> Drop | PutOff | None:
    """What speaks against asking somebody on now."""
    pair = owed.member_id, owed.question_id
    if _pause(recipient, now) is not None:
        return Drop("pause")
    if not recipient.reminders:
        return Drop("no reminders wanted")
    if pair in known.silenced:
        return Drop(known.silenced[pair])
    return PutOff(known.writing[pair]) if known.writing[pair] > now else None


def _look_at_notice(
    owed: Owed, recipient: Recipient, dialogue: Dialogue, notice: Notice, now: datetime
) -> Drop | PutOff | None:
    if notice.cancelled_at is not None:
        return Drop("cancelled")
    if owed.at_once:
        return None
    return _pause(recipient, now) or _night(owed, recipient, dialogue, now)


def _look_at_question(
    owed: Owed, recipient: Recipient, dialogue: Dialogue, question: Question, known: Reminding, *, now: datetime
) -> Drop | PutOff | None:
    zone = recipient.zone or dialogue.timezone
    if schedule.closes_at(dialogue, question, zone) <= now:
        return Drop("closed")
    if later := _pause(recipient, now) or _opening(owed, dialogue, question, zone, now=now):
        return later
    if owed.kind is Kind.REMINDER and (reason := _needs_no_reminder(owed, recipient, question, known)):
        return Drop(reason)
    if owed.at_once:
        return None
    # The day is judged before the night: what fell due this evening may still come tomorrow morning.
    if owed.kind is Kind.QUESTION and not schedule.same_day(owed.due_at, now, zone):
        return Drop("missed")
    return _night(owed, recipient, dialogue, now)


def _opening(owed: Owed, dialogue: Dialogue, question: Question, zone: str, *, now: datetime) -> PutOff | None:
    """Whatever its delivery says, a question isn't shown before it opens: it may have been moved since."""
    opens_at = schedule.opens_at(dialogue, question, zone)
    return PutOff(opens_at) if owed.kind is Kind.QUESTION and opens_at > now else None


def _needs_no_reminder(owed: Owed, recipient: Recipient, question: Question, known: Reminding) -> str | None:
    if not recipient.reminders and (owed.member_id, question.id) in known.reached:
        return "no reminders wanted"
    return known.silenced.get((owed.member_id, question.id))


def _pause(recipient: Recipient, now: datetime) -> PutOff | None:
    return (
        PutOff(recipient.paused_until) if recipient.paused_until is not None and recipient.paused_until > now else None
    )


def _night(owed: Owed, recipient: Recipient, dialogue: Dialogue, now: datetime) -> PutOff | None:
    if owed.room_id is not None:
        return None  # a room's readers live in many zones
    morning = schedule.waking(dialogue, now, recipient.zone or dialogue.timezone)
    return PutOff(morning) if morning > now else None
