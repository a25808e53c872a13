"""The clock that a sandboxed Telegram lives by: it can run fast, stand still and jump forward."""

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Virtual time: real monotonic seconds multiplied by a speed, from a given start.

    Args:
        start: The aware moment at which the clock begins.
        speed: Virtual seconds in a real second; 0 stands still.
    """

    def __init__(self, start: datetime, *, speed: float = 1.0) -> None:
        self._speed = 0.0
        self._set(start)
        self.set_speed(speed)

    def _set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no time zone")
        self._base = moment.astimezone(UTC)
        self._since = time.monotonic()

    @property
    def speed(self) -> float:
        """Virtual seconds in a real second."""
        return self._speed

    def now(self) -> datetime:
        """The aware moment in UTC."""
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * self._speed)

    def set_speed(self, speed: float) -> None:
        """Go on from the present moment at another speed; 0 pauses.

        Raises:
            ValueError: The speed is below 0.
        """
        if speed < 0:
            raise ValueError(f"speed {speed} would turn time back")
        self._set(self.now())
        self._speed = speed

    def advance_to(self, moment: datetime) -> None:
        """Jump forward to an aware moment.

        Raises:
            ValueError: The moment is past, or has no time zone.
        """
        if moment.tzinfo is not None and moment < self.now():
            raise ValueError(f"{moment.isoformat()} is past")
        self._set(moment)

    def advance(self, distance: timedelta) -> None:
        """Jump forward by a distance.

        Raises:
            ValueError: The distance is negative.
        """
        if distance < timedelta(0):
            raise ValueError(f"{distance} would turn time back")
        self._set(self.now() + distance)
