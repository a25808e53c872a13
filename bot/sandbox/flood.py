"""Limits on the rate (flood control), by the strictest reading of what Telegram documents: a 429 binds until its wait is over."""

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.refusing import RefusedError

ALL = 0
"""Stands for all chats, where a wait is the bot's own."""

RECEIVING = frozenset({"getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo", "getMe"})
MINUTE = 60.0


@dataclass
class Budget:
    """What is left of a burst in one chat, as it was at a moment."""

    left: float
    at: float


@dataclass
class Flood:
    """Limits on messages, in real time; what is beyond them is refused with 429.

    From then until `retry_after` seconds are over everything for that chat is refused, or for all if it was the bot's own
    limit; nothing of that begins the wait anew.

    Attributes:
        per_second: Messages in any second, to all chats together.
        retry_after: Seconds that are to be waited after a refusal.
        chat_burst: Messages to one chat one after the other; then `chat_per_second`.
        chat_per_second: How fast a chat's burst grows again.
        group_per_minute: Messages to one group in any minute.
        clock: Where its seconds come from.
        accepted: How many requests counted, and were let through.
        refused: How many broke a limit.
        during_waits: How many came although they were to wait.
    """

    per_second: int = 30
    retry_after: int = 3
    chat_burst: int = 5
    chat_per_second: float = 1.0
    group_per_minute: int = 20
    clock: Callable[[], float] = time.monotonic
    accepted: int = 0
    refused: int = 0
    during_waits: int = 0
    _sent: deque[float] = field(default_factory=deque)
    _budgets: dict[int, Budget] = field(default_factory=dict)
    _in_groups: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _until: dict[int, float] = field(default_factory=dict)

    def check(self, method: str, values: Mapping[str, Any], chat_id: int | None = None) -> None:
        """Count a request; `chat_id` is the chat of one that names none itself.

        Raises:
            RefusedError: 429, when there are too many, or when it was to wait.
        """
        if method in RECEIVING:
            return
        named = str(values.get("chat_id", ""))
        chat = int(named) if named.removeprefix("-").isdecimal() else chat_id
        now = self.clock()
        self._keep_waits(chat, now)
        if chat is not None and counts(method):
            self._keep_limits(chat, now)
            self.accepted += 1

    def _keep_waits(self, chat: int | None, now: float) -> None:
        until = max(self._until.get(ALL, 0.0), self._until.get(chat or ALL, 0.0))
        if until > now:
            self.during_waits += 1
            raise _refusal(math.ceil(until - now))

    def _keep_limits(self, chat: int, now: float) -> None:
        _forget(self._sent, now - 1)
        _forget(self._in_groups[chat], now - MINUTE)
        budget = self._budgets.setdefault(chat, Budget(self.chat_burst, now))
        left = min(float(self.chat_burst), budget.left + (now - budget.at) * self.chat_per_second)
        if len(self._sent) >= self.per_second:
            self._refuse(ALL, now)
        if left < 1 or (chat < 0 and len(self._in_groups[chat]) >= self.group_per_minute):
            self._refuse(chat, now)
        self._budgets[chat] = Budget(left - 1, now)
        self._sent.append(now)
        self._in_groups[chat].append(now)

    def _refuse(self, whom: int, now: float) -> None:
        self.refused += 1
        self._until[whom] = now + self.retry_after
        raise _refusal(self.retry_after)


def counts(method: str) -> bool:
    """Whether a method counts to the rate: all that send, copy, forward or edit."""
    return method.startswith(("send", "copy", "forward", "edit")) and method != "sendChatAction"


def _forget(moments: deque[float], before: float) -> None:
    while moments and moments[0] <= before:
        moments.popleft()


def _refusal(seconds: int) -> RefusedError:
    return RefusedError(
        f"retry after {seconds}", error_code=429, circumstance=True, parameters={"retry_after": seconds}
    )
