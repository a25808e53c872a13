"""Telegram goes away and comes back: each is told once, and meanwhile it is asked less and less often, and sent nothing."""

import structlog
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.telegram.request import NO_ANSWER, NOT_SENT
from bot.telegram.sender import wait_of

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
AWAY, NO_REMEDY = "Telegram is away", "none: the bot asks again until it answers"
RIVAL, STOP_RIVAL = "another process polls with this token", "stop the other one"

log = structlog.get_logger()


class Absence:
    """Whether Telegram is away, as whoever calls it in a loop finds; and whether it can be reached at all, as all calls do."""

    def __init__(self) -> None:
        self._told: str | None = None
        self._lasts, self._cut_off = False, False
        self._pause = FIRST_PAUSE_SECONDS

    @property
    def lasts(self) -> bool:
        """Whether the last call of the loop failed."""
        return self._lasts

    @property
    def cut_off(self) -> bool:
        """Whether no connection came about for the last call of all: others would only fail as well."""
        return self._cut_off

    def noticed(self, error: TelegramError) -> float:
        """A call of the loop failed; returns the seconds to wait before the next."""
        self._lasts = True
        if isinstance(error, Conflict):
            self._tell(RIVAL, error.message, STOP_RIVAL)
        else:
            self._tell(AWAY, error.message, NO_REMEDY)
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE_SECONDS)
        return wait_of(error) if isinstance(error, RetryAfter) else pause

    def over(self) -> None:
        """A call of the loop was answered."""
        self._lasts, self._pause = False, FIRST_PAUSE_SECONDS
        self._tell_the_end()

    def called(self, outcome: str) -> None:
        """A call of whoever it was ended, as the transport tells it; after one without an answer nothing is known."""
        if outcome == NOT_SENT:
            self._cut_off = True
            self._tell(AWAY, "no connection", NO_REMEDY)
        elif outcome != NO_ANSWER:
            self._cut_off = False
            self._tell_the_end()

    def _tell(self, event: str, error: str, remedy: str) -> None:
        if self._told != event:
            log.warning(event, error=error, remedy=remedy)
        self._told = event

    def _tell_the_end(self) -> None:
        if self._told is not None and not self._lasts and not self._cut_off:
            log.info("Telegram is back")
            self._told = None
