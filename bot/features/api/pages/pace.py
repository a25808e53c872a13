"""How fast a system may ask (rate limiter, token bucket): kept in the process, told in each answer."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

MOST_KNOWN = 1000  # buckets: those that are full again say nothing


@dataclass(frozen=True)
class TokenPace:
    """So many requests a second in the long run, and so many at once."""

    per_second: float = 5.0
    burst: int = 20

    @property
    def policy(self) -> str:
        """As RateLimit-Policy tells it (draft-ietf-httpapi-ratelimit-headers): the quota, and in how many seconds it is there again."""
        return f'"token";q={self.burst};w={max(1, math.ceil(self.burst / self.per_second))}'


@dataclass(frozen=True)
class Taken:
    """How many requests are left at once, and after how many seconds there is one more; `refused` if there was none for this."""

    left: int
    seconds: int
    refused: bool

    @property
    def told(self) -> str:
        """As RateLimit tells it."""
        return f'"token";r={self.left};t={self.seconds}'


class Buckets:
    """What is left to each of those who ask, by a number of theirs."""

    def __init__(self, pace: TokenPace, clock: Callable[[], float] = time.monotonic) -> None:
        self.pace, self._clock = pace, clock
        self._left: dict[int, tuple[float, float]] = {}

    def take(self, who: int) -> Taken:
        """One request of somebody's."""
        now = self._clock()
        left, since = self._left.get(who, (float(self.pace.burst), now))
        left = min(self.pace.burst, left + (now - since) * self.pace.per_second)
        refused = left < 1
        self._left[who] = (left if refused else left - 1, now)
        if len(self._left) > MOST_KNOWN:
            self._forget(now)
        left = self._left[who][0] if who in self._left else float(self.pace.burst)
        missing = max(0.0, 1 - left) / self.pace.per_second
        return Taken(math.floor(left), math.ceil(missing), refused)

    def _forget(self, now: float) -> None:
        full = self.pace.burst / self.pace.per_second
        self._left = {who: kept for who, kept in self._left.items() if now - kept[1] < full}
