"""What was taken from the inbox and isn't begun yet: it is put off until its answer can go out, or only its answer is owed."""

from collections import Counter, deque

from bot.inbound.admission import Admission
from bot.inbox.updates import Waiting


class Backlog:
    """Keeps the order within a chat: what follows something that is put off is put off as well. What is owed blocks nothing."""

    def __init__(self, admission: Admission) -> None:
        self._admission = admission
        self._new: deque[Waiting] = deque()
        self._put_off: deque[Waiting] = deque()
        self._owed: deque[Waiting] = deque()

    @property
    def unbegun(self) -> int:
        """How much of it nothing was done about yet."""
        return len(self._new) + len(self._put_off)

    def __len__(self) -> int:
        return self.unbegun + len(self._owed)

    def add(self, waiting: Waiting) -> None:
        """An update was taken, or is to be begun once more."""
        (self._owed if waiting.owed else self._new).append(waiting)

    def due(self) -> list[Waiting]:
        """What may be begun now, and counts as begun: what is owed first, then the rest in the order in which it came."""
        found: list[Waiting] = []
        self._owed, _ = self._sift(self._owed, found)
        self._put_off, held = self._sift(self._put_off, found)
        for waiting in self._new:
            if held[waiting.queue] or not self._admission.may_begin(waiting):
                held[waiting.queue] += 1
                self._put_off.append(waiting)
            else:
                self._begin(waiting, found)
        self._new.clear()
        return found

    def _sift(self, queue: deque[Waiting], found: list[Waiting]) -> tuple[deque[Waiting], Counter[tuple[int, int]]]:
        """What of a queue can't be begun yet, and how much of each queue that is."""
        left: deque[Waiting] = deque()
        held: Counter[tuple[int, int]] = Counter()
        for waiting in queue:
            held_up = not waiting.owed and held[waiting.queue] > 0
            if not held_up and self._admission.has_room and self._admission.may_begin(waiting):
                self._begin(waiting, found)
            else:
                held[waiting.queue] += 1
                left.append(waiting)
        return left, held

    def _begin(self, waiting: Waiting, found: list[Waiting]) -> None:
        self._admission.begin(waiting)
        found.append(waiting)
