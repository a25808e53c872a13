"""A day that was typed, in any order of day, month and year."""

from datetime import datetime, time

import pytest

from bot.features.drafts.actions import dates

NOW = datetime(2026, 11, 30, 12)
MEANT = datetime(2026, 12, 7, 9)


def read(text: str) -> list[datetime]:
    return dates.read(text, usual=time(9), now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-12-07", "2026/12/7", "7.12.2026", "7 December", "Monday 7 Dec 2026", "December 7th, 2026"),
        *("7 de diciembre de 2026", "lunes 7 dic", "7 décembre", "7 декабря 2026", "2026年12月7日", "٧ ديسمبر ٢٠٢٦"),
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert read(text) == [MEANT]


def test_a_day_that_can_be_told_either_way_is_both() -> None:
    assert read("12/07/2026") == [datetime(2026, 7, 12, 9), datetime(2026, 12, 7, 9)]
    assert read("13/12/2026") == [datetime(2026, 12, 13, 9)]


def test_a_time_of_day_may_stand_beside_it_and_a_year_may_be_missing() -> None:
    assert read("7 December at 14:30") == [datetime(2026, 12, 7, 14, 30)]
    assert read("3 March 8h15") == [datetime(2027, 3, 3, 8, 15)]


@pytest.mark.parametrize("text", ["soon", "", "31/02/2027", "2026-13-40", "1405/09/16", "7/12/26", "7 December 25:00"])
def test_what_is_no_day_of_this_calendar_is_none(text: str) -> None:
    assert read(text) == []
