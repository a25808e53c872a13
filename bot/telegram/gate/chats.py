"""How much one chat takes (token bucket): a short burst, then one message at a time."""

import asyncio

BURST = 4  # Bot FAQ: short bursts are let through; one less than what stands up to the strictest reading
PRIVATE_SECONDS = 1.0  # for each further message to a person; Bot FAQ: about one a second
# For each further message to a group; Bot FAQ: 20 a minute, which a burst and one in three seconds would exceed.
GROUP_SECONDS = 4.0
GROUP_REST_SECONDS = 3.0  # before something unasked follows in a group
MANY = 500  # chats remembered, before those that have had their rest are forgotten


class Chats:
    """What each chat was sent of late, and so what may follow; moments are the loop's."""

    def __init__(self) -> None:
        self._rested_at: dict[int, float] = {}  # when all of the burst is there again
        self._quiet_until: dict[int, float] = {}

    def sends(self, chat_id: int) -> None:
        """A message to this chat leaves."""
        now = _now()
        self._rested_at[chat_id] = max(now, self._rested_at.get(chat_id, 0.0)) + _seconds(chat_id)
        if len(self._rested_at) > MANY:
            self._forget(now)

    def answered(self, chat_id: int) -> None:
        """A message to this chat was answered: the next unasked one has to wait a while."""
        self._quiet_until[chat_id] = _now() + (GROUP_REST_SECONDS if chat_id < 0 else PRIVATE_SECONDS)

    def seconds(self, chat_id: int | None) -> float:
        """How long until a chat takes another message."""
        if chat_id is None:
            return 0.0
        spent = self._rested_at.get(chat_id, 0.0) - _now()
        return max(0.0, spent - (BURST - 1) * _seconds(chat_id))

    def quiet_seconds(self, chat_id: int | None) -> float:
        """How long until a chat takes something unasked."""
        if chat_id is None:
            return 0.0
        return max(self._quiet_until.get(chat_id, 0.0) - _now(), self.seconds(chat_id), 0.0)

    def quiet(self) -> frozenset[int]:
        """The chats that take nothing unasked yet."""
        self._forget(_now())
        return frozenset(self._quiet_until) | {chat for chat in self._rested_at if self.seconds(chat)}

    def begin_anew(self, chat_id: int, seconds: float) -> None:
        """A chat has to wait so long: after that it takes one message at a time, and no burst."""
        self._rested_at[chat_id] = _now() + seconds + (BURST - 1) * _seconds(chat_id)

    def _forget(self, now: float) -> None:
        self._rested_at = {chat: at for chat, at in self._rested_at.items() if at > now}
        self._quiet_until = {chat: until for chat, until in self._quiet_until.items() if until > now}


def _seconds(chat_id: int) -> float:
    return GROUP_SECONDS if chat_id < 0 else PRIVATE_SECONDS


def _now() -> float:
    return asyncio.get_running_loop().time()
