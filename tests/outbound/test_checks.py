from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK

from bot.core.rights import Right
from bot.features.questions.actions.reminders import Reminding
from bot.features.replies.actions.follow_ups import FollowingUp
from bot.ledger.letters import Owed
from bot.models import Kind, Notice, NoticeKind, Question, State
from bot.outbound.actions.checks import Drop, PutOff, look_again, look_at_follow_up
from bot.outbound.actions.recipients import Recipient

EVENING, MORNING = MONDAY + timedelta(hours=13), MONDAY + timedelta(hours=23)  # the night of the planted dialogue, UTC
SECOND = timedelta(seconds=1)
# Whom each kind of notice is for: a right, or all who take part, or those as well who don't.
ALL, ABSENT_TOO = "all", "absent too"
FOR = {
    **dict.fromkeys((NoticeKind.WAITING, NoticeKind.INQUIRY), Right.JUDGE),
    **dict.fromkeys((NoticeKind.GROUP_SILENT, NoticeKind.GROUP_TROUBLE), Right.LINK),
    **dict.fromkeys((NoticeKind.ROLE_TAKEN, NoticeKind.EXPORTED), Right.APPOINT),
    NoticeKind.OBJECTION: Right.SUMMARISE,
    NoticeKind.WORDINGS_ASKED: Right.TRANSLATE,
    NoticeKind.EVENT_BRIEFING: Right.SEE_QUEUE,
    **dict.fromkeys((NoticeKind.MOVED, NoticeKind.FILE_REFUSED), Right.SCHEDULE),
    NoticeKind.EXPIRING: Right.EXPORT,
    NoticeKind.ASKING: Right.ADMIT,
    **dict.fromkeys((NoticeKind.RESTRAINT, NoticeKind.ROLE), ABSENT_TOO),
    **dict.fromkeys((NoticeKind.INQUIRY_ANSWERED, NoticeKind.NOT_LET_IN), ABSENT_TOO),
}


@dataclass
class Case:
    """A member who takes part, by UTC, and what they are owed on MONDAY; a test changes what it is about."""

    kind: Kind = Kind.QUESTION
    due_at: datetime = MONDAY
    at_once: bool = False

    def verdict(
        self,
        brings: Question | Notice | None,
        *,
        now: datetime = MONDAY,
        known: Reminding | None = None,
        **reader: object,
    ) -> Drop | PutOff | None:
        owed = Owed(
            *(1, self.kind, 1, 1, None, 1, None, None, self.due_at, 0),
            paid=False,
            at_once=self.at_once,
            claimed_at=None,
            message_id=None,
        )
        recipient = Recipient(1, ("en",), **reader)  # type: ignore[arg-type]  # as a test changes it
        return look_again(owed, recipient, planting.dialogue(), brings, known or Reminding(), now=now)


def question() -> Question:
    """Open from MONDAY for a week."""
    first: Question = planting.dialogue().questions[0]
    first.id = 1
    return first


def notice(kind: NoticeKind = NoticeKind.ANNOUNCEMENT) -> Notice:
    return Notice(kind=kind, dialogue_id=1, texts={}, details={}, created_at=MONDAY)


@pytest.mark.parametrize("kind", NoticeKind)
def test_each_kind_of_notice_goes_to_those_it_is_for_and_to_nobody_else(kind: NoticeKind) -> None:
    meant = FOR.get(kind, ALL)
    told = {
        who: Case(Kind.NOTICE).verdict(notice(kind), takes_part=takes_part, rights=frozenset(held))
        for who, takes_part, held in [
            ("member", True, ()),
            ("absent", False, ()),
            ("absent with the right", False, {meant}),
            ("with all other rights", True, set(Right) - {meant}),
        ]
    }

    for_team = isinstance(meant, Right)
    refused = Drop("no longer moderates") if for_team else None
    left = refused if for_team else Drop("left") if meant == ALL else None
    assert told == {
        "member": refused,
        "absent": left,
        "absent with the right": None if for_team else left,
        "with all other rights": refused,
    }


def test_a_digest_goes_to_who_may_see_digests_and_takes_part_or_not() -> None:
    verdicts = [
        Case(Kind.DIGEST).verdict(None, takes_part=False, rights=frozenset(held)) for held in ({Right.SEE_DIGESTS}, ())
    ]

    assert verdicts == [None, Drop("no longer moderates")]


def test_what_can_t_reach_its_reader_is_unreachable_with_the_reason_and_not_dropped() -> None:
    assert Case().verdict(question(), unreachable="blocked", takes_part=False) == Drop("blocked", State.UNREACHABLE)


def test_a_question_goes_out_until_the_moment_of_its_close_and_no_longer() -> None:
    close = MONDAY + WEEK

    assert Case(due_at=close - SECOND).verdict(question(), now=close - SECOND) is None
    assert Case(due_at=close - SECOND).verdict(question(), now=close) == Drop("closed")


def test_a_question_waits_for_its_opening_and_goes_out_at_that_moment() -> None:
    assert Case(due_at=MONDAY - SECOND).verdict(question(), now=MONDAY - SECOND) == PutOff(MONDAY)
    assert Case().verdict(question()) is None


@pytest.mark.parametrize("at_once", [False, True])
def test_a_question_of_which_the_day_is_over_is_missed_unless_it_was_asked_for(*, at_once: bool) -> None:
    tomorrow = Case(at_once=at_once).verdict(question(), now=MONDAY + timedelta(days=1))

    assert tomorrow == (None if at_once else Drop("missed"))


def test_a_reminder_is_not_missed_when_its_day_is_over() -> None:
    assert Case(Kind.REMINDER).verdict(question(), now=MONDAY + timedelta(days=1)) is None


@pytest.mark.parametrize("brings", [question(), notice()])
def test_what_is_unasked_waits_for_the_end_of_the_night_and_what_was_asked_for_does_not(
    brings: Question | Notice,
) -> None:
    kind = Kind.NOTICE if isinstance(brings, Notice) else Kind.QUESTION

    assert Case(kind, EVENING).verdict(brings, now=EVENING) == PutOff(MORNING)
    assert Case(kind, EVENING, at_once=True).verdict(brings, now=EVENING) is None
    assert Case(Kind.REMINDER, MORNING).verdict(question(), now=MORNING) is None


def test_a_pause_holds_questions_and_notices_until_it_ends_but_no_notice_that_was_asked_for() -> None:
    end = MONDAY + timedelta(hours=1)

    assert Case().verdict(question(), paused_until=end) == PutOff(end)
    assert Case(at_once=True).verdict(question(), paused_until=end) == PutOff(end)
    assert Case(Kind.NOTICE).verdict(notice(), paused_until=end) == PutOff(end)
    assert Case(Kind.NOTICE, at_once=True).verdict(notice(), paused_until=end) is None
    assert Case().verdict(question(), now=end, paused_until=end) is None


def test_a_notice_that_is_called_off_reaches_nobody_even_at_once() -> None:
    cancelled = notice()
    cancelled.cancelled_at = MONDAY

    assert Case(Kind.NOTICE, at_once=True).verdict(cancelled) == Drop("cancelled")


@pytest.mark.parametrize(
    ("reminders", "known", "reason"),
    [
        (True, Reminding(reached=frozenset({(1, 1)})), None),
        (False, Reminding(reached=frozenset({(1, 1)})), "no reminders wanted"),
        (False, Reminding(reached=frozenset({(1, 2), (2, 1)})), None),
        (True, Reminding(silenced={(1, 1): "replied"}), "replied"),
        (False, Reminding(silenced={(1, 1): "replied"}), "replied"),
        (True, Reminding(silenced={(1, 2): "replied", (2, 1): "replied"}), None),
    ],
)
def test_a_reminder_goes_to_whom_the_question_missed_and_to_who_wants_one_and_has_not_replied(
    known: Reminding, reason: str | None, *, reminders: bool
) -> None:
    verdict = Case(Kind.REMINDER).verdict(question(), known=known, reminders=reminders)

    assert verdict == (None if reason is None else Drop(reason))
    assert Case().verdict(question(), known=known, reminders=reminders) is None


@pytest.mark.parametrize(
    ("reader", "known", "verdict"),
    [
        ({}, FollowingUp(writing={(1, 1): MONDAY}), None),
        ({}, FollowingUp(writing={(1, 1): MONDAY + SECOND}), PutOff(MONDAY + SECOND)),
        ({}, FollowingUp(silenced={(1, 1): "said enough"}), Drop("said enough")),
        ({"reminders": False}, FollowingUp(writing={(1, 1): MONDAY}), Drop("no reminders wanted")),
        ({"paused_until": MONDAY + SECOND}, FollowingUp(writing={(1, 1): MONDAY}), Drop("pause")),
        ({"paused_until": MONDAY}, FollowingUp(writing={(1, 1): MONDAY}), None),
    ],
)
def test_nobody_is_asked_on_who_wants_a_pause_or_no_reminders_said_enough_or_is_still_writing(
    reader: dict[str, Any], known: FollowingUp, verdict: Drop | PutOff | None
) -> None:
    owed = Owed(*(1, Kind.FOLLOW_UP, 1, 1, None, 1, None, None, MONDAY, 0), paid=False, at_once=False, message_id=None)

    assert look_at_follow_up(owed, Recipient(1, ("en",), **reader), known, now=MONDAY) == verdict
