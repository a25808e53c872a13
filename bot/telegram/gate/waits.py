"""How long Telegram asked to wait (429, retry_after): with one chat, or with all; and how it is found out which (half-open circuit breaker)."""

import asyncio
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

ANSWER_SECONDS = 1.0  # that others wait for the answer to a request that went ahead: none by then says nothing


@dataclass(eq=False)
class UnclearRefusal:
    """A refusal doesn't say whose it is, the chat's or everyone's: the next request of another chat goes ahead, and tells."""

    chat_id: int
    until: float
    someone_is_ahead: bool = False
    came_back: asyncio.Event = field(default_factory=asyncio.Event)


class Waits:
    """Until when nothing may be sent; moments are the loop's."""

    def __init__(self) -> None:
        self._until: dict[int, float] = {}
        self._all_until = 0.0
        self._last_doubt: UnclearRefusal | None = None

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

    async def known(self) -> None:
        """Wait until nobody is ahead any more to find out whether all must wait; a second at most."""
        while (doubt := self._doubt) is not None and doubt.someone_is_ahead:
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    await doubt.came_back.wait()
            except TimeoutError:
                self._dispel(doubt)

    @contextlib.contextmanager
    def ahead(self, chat_id: int | None) -> Iterator[UnclearRefusal | None]:
        """Within the block a request is made; in doubt it goes ahead, and no other one is made until it is back.

        One that belongs to no chat tells nothing of the others: it has limits of its own.
        """
        doubt = self._doubt
        if doubt is None or chat_id is None:
            yield None
            return
        doubt.someone_is_ahead = True
        doubt.came_back.clear()
        try:
            yield doubt
        finally:
            doubt.someone_is_ahead = False
            doubt.came_back.set()

    def accepted(self, doubt: UnclearRefusal | None) -> None:
        """A message that went ahead was let through: the wait is that chat's own."""
        if doubt is not None:
            self._dispel(doubt)

    def refused(self, chat_id: int, seconds: float) -> bool:
        """Telegram asked to wait; returns whether that holds for all, since nothing was let through since another chat's refusal."""
        now = _now()
        self._until = {chat: until for chat, until in self._until.items() if until > now}
        until = self._until[chat_id] = max(self._until.get(chat_id, 0.0), now + seconds)
        doubt = self._doubt
        if doubt is not None and doubt.chat_id == chat_id:
            doubt.until = until
            return False
        if doubt is None or until > doubt.until:
            self._last_doubt = UnclearRefusal(chat_id, until)
        if doubt is None:
            return False
        # What both were told: a wait of hours that is one chat's own must not become everyone's.
        self._all_until = max(self._all_until, min(until, doubt.until))
        return True

    @property
    def _doubt(self) -> UnclearRefusal | None:
        doubt = self._last_doubt
        return doubt if doubt is not None and doubt.until > _now() else None

    def _dispel(self, doubt: UnclearRefusal) -> None:
        if self._last_doubt is doubt:
            self._last_doubt = None


def _now() -> float:
    return asyncio.get_running_loop().time()
