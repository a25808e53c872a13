"""Receipts, rationed as Telegram rations the bot's answers: a flood (many messages within seconds) is thanked for once, and one receipt counts on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

EACH = 5  # messages that are thanked for one by one: what Telegram lets a bot say in a chat at a burst
PAUSE = timedelta(seconds=10)  # without a message, and the flood is over
MANY = 1_000  # chats remembered, before those that have been silent are forgotten
IN_SIGHT = timedelta(
    minutes=3
)  # in which a receipt still stands just above what is written next, so that its edit is seen


class Receipt(Enum):
    """How a message is to be thanked for: by itself, for all that follow, or by what was said before."""

    EACH = "each"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True)
class Shown:
    """A receipt in words: the bot's message, for which of the person's messages it came, to which question these were, and when."""

    message_id: int
    question_id: int
    to: int
    at: datetime


class Receipts:
    """Remembers what came of late in each chat. After a restart nothing is remembered, and a new receipt comes."""

    def __init__(self) -> None:
        self._given: dict[int, dict[int, tuple[datetime, Receipt]]] = {}
        self._shown: dict[int, Shown] = {}

    def in_sight(self, chat_id: int, question_id: int, *, now: datetime) -> Shown | None:
        """The receipt of replies to a question that can count on, since whoever writes there still sees it."""
        shown = self._shown.get(chat_id)
        if shown is None or shown.question_id != question_id or not timedelta() <= now - shown.at <= IN_SIGHT:
            return None
        return shown

    def show(self, chat_id: int, shown: Shown) -> None:
        """A receipt came, as the last thing said in a chat."""
        self._shown[chat_id] = shown
        if len(self._shown) > MANY:
            self._shown = {each: one for each, one in self._shown.items() if shown.at - one.at <= IN_SIGHT}

    def bury(self, chat_id: int) -> None:
        """The last receipt in a chat says something else now, or other things below it: what follows has one of its own."""
        self._shown.pop(chat_id, None)

    def forget(self) -> None:
        """Let no receipt count on: what stands below each isn't known."""
        self._shown.clear()

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
