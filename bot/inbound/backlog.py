"""What was taken from the inbox and isn't begun yet: it is put off until its answer can go out, or only its answer is owed."""

from collections import Counter, deque
from collections.abc import Callable

from bot.inbound.admission import AdmissionControl
from bot.inbox.updates import Waiting


class Backlog:
    """Keeps the order within a chat: what follows something that is put off is put off as well. What is owed blocks nothing."""

    def __init__(self, admission: AdmissionControl) -> None:
        self._admission = admission
        self._new: deque[Waiting] = deque()
        self._put_off: deque[Waiting] = deque()
        self._owed: deque[Waiting] = deque()
        self._held_up: Counter[tuple[int, int]] = Counter()  # how much of each chat is put off

    @property
    def unbegun(self) -> int:
        """How much of it nothing was done about yet."""
        return len(self._new) + len(self._put_off)

    def __len__(self) -> int:
        return self.unbegun + len(self._owed)

    def add(self, waiting: Waiting) -> None:
        """An update was taken, or is to be begun once more."""
        (self._owed if waiting.owed else self._new).append(waiting)

    def drop(self, concerned: Callable[[int], bool]) -> list[Waiting]:
        """Give back what isn't begun of such lanes: it waits in the inbox."""
        gone = [waiting for waiting in (*self._new, *self._put_off, *self._owed) if concerned(waiting.lane)]
        self._new, self._put_off, self._owed = (
            deque(waiting for waiting in queue if not concerned(waiting.lane))
            for queue in (self._new, self._put_off, self._owed)
        )
        self._held_up = Counter(waiting.queue for waiting in self._put_off)
        return gone

    def due(self) -> list[Waiting]:
        """What may be begun now, and counts as begun: what is owed first, then the rest in the order in which it came."""
        found: list[Waiting] = []
        self._begin_some(self._owed, found)
        self._begin_some(self._put_off, found)
        for waiting in self._new:
            if waiting.queue in self._held_up or not self._admission.may_begin(waiting):
                self._held_up[waiting.queue] += 1
                self._put_off.append(waiting)
            else:
                self._begin(waiting, found)
        self._new.clear()
        return found

    def _begin_some(self, queue: deque[Waiting], found: list[Waiting]) -> None:
        """Begin what can be begun; where there is no room nothing is looked at, however much waits."""
        left: list[Waiting] = []
        held: set[tuple[int, int]] = set()
        while queue and self._admission.has_room:
            waiting = queue.popleft()
            if (waiting.owed or waiting.queue not in held) and self._admission.may_begin(waiting):
                self._begin(waiting, found)
                if not waiting.owed:
                    self._release(waiting.queue)
            else:
                held.add(waiting.queue)
                left.append(waiting)
        queue.extendleft(reversed(left))

    def _release(self, queue: tuple[int, int]) -> None:
        self._held_up[queue] -= 1
        if not self._held_up[queue]:
            del self._held_up[queue]

    def _begin(self, waiting: Waiting, found: list[Waiting]) -> None:
        self._admission.begin(waiting)
        found.append(waiting)
