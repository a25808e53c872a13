from bisect import bisect_right
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import planting
import pytest

from bot.core import schedule
from bot.core.schedule import QuietHours, Rhythm
from bot.features.questions.actions import reminders
from bot.models import SendAt

MINUTE = timedelta(minutes=1)


def test_a_wall_clock_time_is_the_instant_at_which_clocks_there_show_it() -> None:
    assert schedule.instant(datetime(2026, 11, 30, 9), "America/Santo_Domingo") == datetime(
        2026, 11, 30, 13, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("Europe/Paris", datetime(2027, 3, 28, 2, 30), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 3, 14, 2, 15), datetime(2027, 3, 14, 7, 0, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 10), datetime(2027, 10, 2, 15, 30, tzinfo=UTC)),
    ],
)
def test_a_time_that_daylight_saving_skips_is_the_first_instant_after_the_gap(
    zone: str, wall: datetime, expected: datetime
) -> None:
    assert schedule.instant(wall, zone) == expected


@pytest.mark.parametrize("zone", ["Europe/Paris", "Australia/Lord_Howe"])
def test_the_end_of_a_gap_is_met_to_the_second_from_wherever_in_it(zone: str) -> None:
    gap = {"Europe/Paris": datetime(2027, 3, 28, 2), "Australia/Lord_Howe": datetime(2027, 10, 3, 2)}[zone]
    end = {"Europe/Paris": datetime(2027, 3, 28, 1), "Australia/Lord_Howe": datetime(2027, 10, 2, 15, 30)}[zone]

    found = {schedule.instant(gap + timedelta(minutes=minute, seconds=minute), zone) for minute in range(29)}

    assert found == {end.replace(tzinfo=UTC)}


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert schedule.instant(datetime(2026, 10, 25, 2, 30), "Europe/Paris") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("first_asked", [0, 1])
def test_of_a_time_that_comes_twice_either_is_told_from_the_other(first_asked: int) -> None:
    walls = [datetime(2027 + first_asked, 10, 31 - 2 * first_asked, 2, 30, fold=fold) for fold in (0, 1)]
    schedule.instant(walls[first_asked], "Europe/Berlin")

    instants = [schedule.instant(wall, "Europe/Berlin") for wall in walls]

    assert instants[1] - instants[0] == timedelta(hours=1)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 30, 20, 59, tzinfo=UTC), datetime(2026, 11, 30, 20, 59, tzinfo=UTC)),
        (datetime(2026, 11, 30, 21, 0, tzinfo=UTC), datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 7, 59, tzinfo=UTC), datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), datetime(2026, 12, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_what_falls_into_the_night_waits_for_its_end(moment: datetime, expected: datetime) -> None:
    quiet = QuietHours(time(21), time(8))

    assert quiet.waking(moment, "UTC") == expected


def test_quiet_hours_may_lie_within_one_day() -> None:
    quiet = QuietHours(time(12), time(14))

    assert quiet.waking(datetime(2026, 11, 30, 13, tzinfo=UTC), "UTC") == datetime(2026, 11, 30, 14, tzinfo=UTC)


def test_a_question_follows_each_member_s_own_clock() -> None:
    dialogue = planting.dialogue()

    due = schedule.due_at(dialogue, dialogue.questions[0], "Asia/Tokyo")

    assert due == datetime(2026, 11, 30, 0, tzinfo=UTC)  # 09:00 in Tokyo


def test_a_question_at_the_dialogue_s_instant_waits_for_the_end_of_a_member_s_night() -> None:
    dialogue = planting.dialogue(send_at=SendAt.DIALOGUE)

    due = schedule.due_at(dialogue, dialogue.questions[0], "America/Los_Angeles")

    assert due == datetime(2026, 11, 30, 16, tzinfo=UTC)  # 08:00 there, seven hours after it opened


def test_a_reminder_comes_before_the_close_and_out_of_the_night() -> None:
    dialogue = planting.dialogue(reminder=timedelta(hours=30))

    reminder = reminders.reminder_at(dialogue, dialogue.questions[0], "UTC")

    assert reminder == planting.MONDAY + planting.WEEK - timedelta(hours=25)  # 03:00 is night: 08:00


def test_there_is_no_reminder_where_the_night_leaves_no_time_for_it() -> None:
    dialogue = planting.dialogue(reminder=timedelta(hours=2), quiet_until=time(12))

    assert reminders.reminder_at(dialogue, dialogue.questions[0], "UTC") is None


@pytest.mark.parametrize("reminder", [planting.WEEK, timedelta(0)])
def test_there_is_no_reminder_at_the_very_moment_of_the_question_or_of_its_close(reminder: timedelta) -> None:
    dialogue = planting.dialogue(reminder=reminder)

    assert reminders.reminder_at(dialogue, dialogue.questions[0], "UTC") is None


def test_digests_fall_on_their_weekday_by_the_dialogue_s_wall_clock_over_a_change_of_clocks() -> None:
    dialogue = planting.dialogue(timezone="Europe/Paris", starts=datetime(2027, 3, 22, 9))

    rhythm = Rhythm(timedelta(weeks=1), time(17), "fri", "Europe/Paris")

    first, second = datetime(2027, 3, 26, 16, tzinfo=UTC), datetime(2027, 4, 2, 15, tzinfo=UTC)
    assert schedule.digests_around(dialogue, rhythm, first - MINUTE) == (None, first)
    assert schedule.digests_around(dialogue, rhythm, first) == (first, second)
    assert schedule.digests_around(dialogue, rhythm, second - MINUTE) == (first, second)


@pytest.mark.parametrize(
    ("day", "days"), [("mon", 0), ("tue", 1), ("wed", 2), ("thu", 3), ("fri", 4), ("sat", 5), ("sun", 6), (None, 0)]
)
@pytest.mark.parametrize(("at", "later"), [(time(9, 1), 0), (time(9), 1)])
def test_the_first_digest_comes_on_the_day_that_is_named_and_after_the_dialogue_has_begun(
    day: str | None, days: int, at: time, later: int
) -> None:
    dialogue = planting.dialogue()  # begins on a Monday at nine

    _, first = schedule.digests_around(dialogue, Rhythm(planting.WEEK, at, day, "UTC"), planting.MONDAY)

    over = later * (7 if day == "mon" else 1 if day is None else 0)
    assert first == datetime.combine(planting.MONDAY.date(), at, UTC) + timedelta(days=days + over)


@pytest.mark.parametrize("zone", ["UTC", "Europe/Paris", "Australia/Lord_Howe", "Pacific/Apia"])
@pytest.mark.parametrize("hours", [1, 24, 31, 7 * 24])
def test_the_digests_around_any_moment_are_those_that_counting_from_the_first_finds(zone: str, hours: int) -> None:
    dialogue = planting.dialogue(timezone="Europe/Paris", starts=datetime(2027, 3, 20, 1))
    rhythm = Rhythm(timedelta(hours=hours), time(2, 30), None, zone)
    starts = schedule.instant(dialogue.starts, dialogue.timezone)
    _, first = schedule.digests_around(dialogue, rhythm, starts)
    wall = first.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    every = [schedule.instant(wall + number * rhythm.every, zone) for number in range(6_400 // hours)]

    for moment in (starts + number * timedelta(hours=5, minutes=45) for number in range(1_000)):
        place = bisect_right(every, moment)
        expected = (every[place - 1] if place else None, every[place])
        assert schedule.digests_around(dialogue, rhythm, moment) == expected


@pytest.mark.parametrize(
    ("quiet", "clock", "waits_until"),
    [
        *(((time(12), time(14)), time(11, 59), None), ((time(12), time(14)), time(14), None)),
        *(((time(12), time(14)), time(12), time(14)), ((time(12), time(14)), time(13, 59), time(14))),
        *(((time(8), time(8)), time(8), None), ((time(8), time(8)), time(12), None)),  # no hour is between these
        *(((None, time(8)), time(3), None), ((time(21), None), time(22), None)),
    ],
)
def test_nobody_waits_where_there_is_no_night_nor_longer_than_it(
    quiet: tuple[time | None, time | None], clock: time, waits_until: time | None
) -> None:
    dialogue = planting.dialogue(quiet_from=quiet[0], quiet_until=quiet[1])
    moment = datetime.combine(planting.MONDAY.date(), clock, UTC)

    woken = schedule.waking(dialogue, moment, "UTC")

    assert woken == (moment if waits_until is None else datetime.combine(moment.date(), waits_until, UTC))


def test_a_night_that_ends_in_an_hour_that_comes_twice_puts_nothing_before_its_moment() -> None:
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # a quarter past two in Paris, for the second time

    assert QuietHours(time(21), time(2, 30)).waking(second, "Europe/Paris") == second


@pytest.mark.parametrize(
    ("send_at", "opens", "closes", "earliest", "last"),
    [
        (SendAt.MEMBER, timedelta(hours=-9), timedelta(hours=-9), timedelta(hours=-14), timedelta(hours=12)),
        (SendAt.DIALOGUE, timedelta(0), timedelta(0), timedelta(0), timedelta(0)),
    ],
)
def test_a_question_is_open_by_the_clock_that_the_dialogue_goes_by(
    send_at: SendAt, opens: timedelta, closes: timedelta, earliest: timedelta, last: timedelta
) -> None:
    dialogue = planting.dialogue(send_at=send_at, questions=2)
    first = dialogue.questions[0]

    assert schedule.opens_at(dialogue, first, "Asia/Tokyo") == planting.MONDAY + opens
    assert schedule.closes_at(dialogue, first, "Asia/Tokyo") == planting.MONDAY + planting.WEEK + closes
    assert schedule.earliest_opening(dialogue, first) == planting.MONDAY + earliest
    assert schedule.last_close(dialogue, dialogue.questions) == planting.MONDAY + 2 * planting.WEEK + last


def test_whether_two_moments_are_of_one_day_is_told_by_the_clock_there() -> None:
    evening, midnight = datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)

    assert [schedule.same_day(evening, midnight, zone) for zone in ("UTC", "America/Lima")] == [False, True]
    assert schedule.same_day(evening, evening - timedelta(hours=23), "UTC")


def test_in_the_second_of_two_hours_alike_the_last_digest_is_that_of_the_first_and_the_next_comes_after_both() -> None:
    dialogue = planting.dialogue(timezone="Europe/Paris", starts=datetime(2026, 10, 24, 9))
    hourly = Rhythm(timedelta(hours=1), time(9, 30), None, "Europe/Paris")
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)  # a quarter past two, for the second time

    around = schedule.digests_around(dialogue, hourly, second)

    assert around == (second - timedelta(minutes=45), second + timedelta(minutes=75))
