"""The virtual clock."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox import Clock

START = datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_a_paused_clock_stands_still() -> None:
    clock = Clock(START, speed=0)

    time.sleep(0.01)

    assert clock.now() == START


def test_a_fast_clock_runs_ahead_of_real_time() -> None:
    clock = Clock(START, speed=3600)

    time.sleep(0.01)

    assert clock.now() >= START + timedelta(seconds=36)


def test_a_change_of_speed_keeps_the_moment() -> None:
    clock = Clock(START, speed=0)
    clock.advance(timedelta(days=7))

    clock.set_speed(1)

    assert timedelta(0) <= clock.now() - START - timedelta(days=7) < timedelta(seconds=5)


def test_a_jump_goes_to_the_moment() -> None:
    clock = Clock(START, speed=0)

    clock.advance_to(START + timedelta(hours=5))

    assert clock.now() == START + timedelta(hours=5)


def test_time_never_turns_back() -> None:
    clock = Clock(START, speed=0)

    with pytest.raises(ValueError, match="past"):
        clock.advance_to(START - timedelta(seconds=1))
    with pytest.raises(ValueError, match="back"):
        clock.advance(timedelta(seconds=-1))
    with pytest.raises(ValueError, match="back"):
        clock.set_speed(-1)


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Clock(START.replace(tzinfo=None))
