"""Telegram goes away and comes back: each is told once, and meanwhile it is asked less and less often."""

import structlog
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.telegram.sender import wait_of

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0

log = structlog.get_logger()


class Absence:
    """Whether Telegram is away, as whoever calls it in a loop finds."""

    def __init__(self) -> None:
        self._told: str | None = None
        self._pause = FIRST_PAUSE_SECONDS

    @property
    def lasts(self) -> bool:
        """Whether the last call failed."""
        return self._told is not None

    def noticed(self, error: TelegramError) -> float:
        """A call failed; returns the seconds to wait before the next."""
        if isinstance(error, Conflict):
            event, remedy = "another process polls with this token", "stop the other one"
        else:
            event, remedy = "Telegram is away", "none: the bot asks again until it answers"
        if self._told != event:
            log.warning(event, error=error.message, remedy=remedy)
        self._told = event
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE_SECONDS)
        return wait_of(error) if isinstance(error, RetryAfter) else pause

    def over(self) -> None:
        """A call was answered."""
        if self._told is not None:
            log.info("Telegram is back")
        self._told, self._pause = None, FIRST_PAUSE_SECONDS
