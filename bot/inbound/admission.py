"""What may be begun now (back-pressure): words are kept at once, a page waits in the inbox until its answer can go out."""

import json

from bot.inbox.updates import Waiting
from bot.telegram.absence import Absence
from bot.telegram.gate import Asking, Gate, Priority

# Of a second's pages, those that are worked on ahead of their turn at the gate: words that come in meanwhile wait behind
# their work, and in SQLite behind their writing.
AHEAD_SHARE, AHEAD_AT_LEAST = 2, 4
PRIVATE = 0  # a lane above it is a person's chat, one below a group


class AdmissionControl:
    """Knows which pages are in hand: no more than go out within a second, a few ahead of the gate, and one of each chat."""

    def __init__(self, gate: Gate, absence: Absence) -> None:
        self._gate, self._absence = gate, absence
        self._pages: dict[int, tuple[int, int]] = {}

    @property
    def has_room(self) -> bool:
        """Whether a page of any chat may be begun."""
        pace = self._gate.free
        ahead = len(self._pages) - pace.waiting
        if len(self._pages) >= pace.rate or ahead >= max(AHEAD_AT_LEAST, pace.rate // AHEAD_SHARE):
            return False
        return not (self._gate.halted_seconds > 0 or self._absence.cut_off or self._gate.is_crowded)

    def may_begin(self, waiting: Waiting) -> bool:
        """Whether an update may be begun: what someone says must be kept and counted, whatever becomes of the thanks."""
        if not (waiting.owed or asks_for_page(waiting.raw)):
            return True
        return self.has_room and waiting.queue not in self._pages.values() and self._gate.has_room(waiting.lane)

    def begin(self, waiting: Waiting) -> None:
        """An update is begun."""
        if waiting.owed or asks_for_page(waiting.raw):
            self._pages[waiting.inbox_id] = waiting.queue

    def end(self, waiting: Waiting) -> None:
        """It is worked off, or owed its answer."""
        self._pages.pop(waiting.inbox_id, None)

    def asking(self, waiting: Waiting) -> Asking:
        """How the requests for an update ask to pass: the receipt for a person's words goes first."""
        is_page = waiting.lane < PRIVATE or asks_for_page(waiting.raw)
        return Asking(Priority.ANSWER if is_page else Priority.THANKS, waiting.lane or None)


def asks_for_page(raw: str) -> bool:
    """Whether an update is a tap or a command; everything else says something, or asks for nothing."""
    try:
        update = json.loads(raw)
    except ValueError:
        return False
    if not isinstance(update, dict):
        return False
    message = update.get("message")
    text = message.get("text") if isinstance(message, dict) else None
    return "callback_query" in update or (isinstance(text, str) and text.startswith("/"))
