"""How long Telegram asked to wait (429, retry_after): with one chat, or with all."""

import asyncio

TOGETHER_SECONDS = 2.0  # a second chat refused within that: then it is the bot as a whole that must wait
# One refusal alone doesn't say whose it is. If it is everyone's, the next request after that shows it; if it is the
# chat's own, nobody else has to wait for the hours that Telegram may ask for.
SUSPICION_SECONDS = 10.0


class Waits:
    """Until when nothing may be sent; moments are the loop's."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}
        self._all_until = 0.0
        self._refused: dict[int, float] = {}

    @property
    def of_all(self) -> float:
        """For how many seconds nothing may be sent at all."""
        return max(0.0, self._all_until - _now())

    def of(self, chat_id: int | None) -> float:
        """For how many seconds nothing may be sent to a chat, or to all."""
        return max(0.0, self._all_until - _now(), self._until.get(chat_id or 0, 0.0) - _now())

    def halt(self, seconds: float) -> None:
        """Send nothing at all for some seconds."""
        self._all_until = max(self._all_until, _now() + seconds)

    def refused(self, chat_id: int, seconds: float, *, its_own: bool) -> bool:
        """Telegram asked to wait; returns whether that holds for all. `its_own` if the chat had a lot of late."""
        now = _now()
        self._refused = {chat: at for chat, at in self._refused.items() if at > now - TOGETHER_SECONDS}
        together = bool(self._refused.keys() - {chat_id})
        self._refused[chat_id] = now
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        self._until[chat_id] = max(self._until.get(chat_id, 0.0), now + seconds)
        if together or not its_own:
            self.halt(seconds if together else min(seconds, SUSPICION_SECONDS))
        return together or not its_own


def _now() -> float:
    return asyncio.get_running_loop().time()
