from datetime import UTC, datetime, timedelta
from typing import Any

import planting
import pytest
from planting import MONDAY, WEEK

from bot.core.rights import Right
from bot.features.digests.actions.requests import Last, NoSuchQuestion, Request, Scope
from bot.models import Member, Role

LATE = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)  # past midnight in Kathmandu


def request(now: datetime = MONDAY, *, reader: Role | None = None, last: Last | None = None, **scope: Any) -> Request:
    member = Member(role=reader) if reader else None
    return Request(planting.dialogue(timezone="Asia/Kathmandu"), member, "en", now, Scope(**scope), last)


@pytest.mark.parametrize(
    ("now", "current"),
    [(MONDAY - WEEK, 1), (MONDAY, 1), (MONDAY + WEEK, 2), (MONDAY + 9 * WEEK, 3)],
)
def test_the_current_question_is_the_last_that_opened_or_the_first_before_any_has(now: datetime, current: int) -> None:
    asked = request(now)

    assert asked.current(asked.questions()).number == current


def test_a_request_for_one_question_is_about_that_one_alone() -> None:
    assert [question.number for question in request(number=2).questions()] == [2]
    with pytest.raises(NoSuchQuestion, match="question 4 of 3"):
        request(number=4).questions()


def test_seven_days_end_with_today_by_the_clock_of_the_dialogue() -> None:
    asked = request(LATE, week=True)

    assert (str(asked.first_day), str(asked.today)) == ("2026-11-28", "2026-12-04")
    assert asked.since == LATE - timedelta(days=7)


def test_what_is_new_is_counted_from_the_last_that_arrived() -> None:
    last = Last(MONDAY, {"0": {"joined": 2}})

    assert (request(LATE, last=last).since, request(LATE).since) == (MONDAY, None)


def test_the_host_reads_all_and_presses_nothing() -> None:
    assert (request().judges, request().rights) == (True, frozenset())
    assert Right.JUDGE in request(reader=Role.MODERATOR).rights
    assert not request(reader=Role.FACILITATOR).judges


def test_a_question_is_open_from_its_opening_until_before_its_close() -> None:
    first = request().questions()[0]
    edges = [MONDAY - timedelta(hours=5, minutes=46), MONDAY - timedelta(hours=5, minutes=45)]
    edges += [edge + WEEK for edge in edges]

    assert [request(now).is_open(first) for now in edges] == [False, True, True, False]
