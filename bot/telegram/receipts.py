"""Who sends a flood (many messages within seconds) is thanked once for all of it: the bot's answers are rationed by Telegram."""

from datetime import datetime, timedelta
from enum import Enum

EACH = 5  # messages that are thanked for one by one: what Telegram lets a bot say in a chat at a burst
PAUSE = timedelta(seconds=10)  # without a message, and the flood is over
MANY = 1_000  # chats remembered, before those that have been silent are forgotten


class Receipt(Enum):
    """How a message is to be thanked for: by itself, for all that follow, or by what was said before."""

    EACH = "each"
    ALL = "all"
    NONE = "none"


class Receipts:
    """Remembers what came of late in each chat."""

    def __init__(self) -> None:
        self._given: dict[int, dict[int, tuple[datetime, Receipt]]] = {}

    def give(self, chat_id: int, message_id: int, sent_at: datetime) -> Receipt:
        """The receipt for a message that was sent then, always the same for the same one."""
        before = self._given.get(chat_id, {})
        if message_id in before:
            return before[message_id][1]
        given = {number: told for number, told in before.items() if told[0] > sent_at - PAUSE}
        if any(receipt is not Receipt.EACH for _, receipt in given.values()):
            receipt = Receipt.NONE
        else:
            receipt = Receipt.EACH if len(given) < EACH else Receipt.ALL
        self._given[chat_id] = {**given, message_id: (sent_at, receipt)}
        if len(self._given) > MANY:
            self._forget(sent_at)
        return receipt

    def _forget(self, now: datetime) -> None:
        for chat_id, given in list(self._given.items()):
            if all(sent_at <= now - PAUSE for sent_at, _ in given.values()):
                del self._given[chat_id]
