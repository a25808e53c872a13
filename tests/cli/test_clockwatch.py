from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.cli.clockwatch import ClockWatch

HOUR = timedelta(hours=1)


class Machine:
    """Two clocks that go on together, of which one can be set."""

    def __init__(self) -> None:
        self.wall, self._steady = datetime(2026, 3, 2, 9, tzinfo=UTC), 1000.0

    def goes_on(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self._steady += seconds

    def steady(self) -> float:
        return self._steady


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
def test_a_clock_that_is_set_is_told_once(jump: timedelta) -> None:
    machine = Machine()
    watch = ClockWatch(lambda: machine.wall, machine.steady)

    with capture_logs() as logs:
        machine.wall += jump
        for _ in range(3):
            machine.goes_on(10)
            watch.look()

    assert [line["seconds"] for line in logs] == [jump.total_seconds()]


def test_a_clock_that_is_corrected_little_by_little_is_not_told() -> None:
    machine = Machine()
    watch = ClockWatch(lambda: machine.wall, machine.steady)

    with capture_logs() as logs:
        for _ in range(100):
            machine.goes_on(10)
            machine.wall += timedelta(milliseconds=500)
            watch.look()

    assert logs == []
