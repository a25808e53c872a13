"""The bars of the overview."""

from dataclasses import replace
from datetime import timedelta

import pytest
from samples import charted

from bot.features.desk.reports import charts


@pytest.mark.parametrize("count", [1, 4, charts.FEWEST, 30])
def test_what_is_written_below_the_bars_ends_where_the_last_of_them_does(count: int) -> None:
    shown = charted("Training")
    days = tuple(replace(shown.days[0], day=shown.days[0].day + timedelta(days=number)) for number in range(count))

    chart = charts.by_day(replace(shown, days=days))

    assert chart is not None
    assert chart.filled * chart.width == chart.bars[-1].x + charts.ROOM
    assert chart.filled <= 1
