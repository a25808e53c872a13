"""What was taken from the inbox, chat by chat: a few updates of each, so that nobody who sends many holds up the others."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.inbox.updates import Waiting

OF_A_LANE = 3  # updates of one chat: one being worked off, and what follows it
OF_NO_CHAT = 20  # of those that belong to none, and so have no order
OWED_BY_A_LANE = 100  # beside those, what was done in one chat and not answered yet
NO_CHAT = 0


class Hand:
    """Knows what is taken, what of that holds a place of its lane, and which lanes may have more in the inbox."""

    def __init__(self) -> None:
        self._taken: dict[int, set[int]] = {}
        self._count = 0
        self._places: Counter[int] = Counter()
        self._due: dict[int, None] = {}  # in turn
        self._full: set[int] = set()

    def __len__(self) -> int:
        return self._count

    @property
    def has_due(self) -> bool:
        """Whether there are lanes to be looked at."""
        return bool(self._due)

    def taken(self) -> set[int]:
        """The ids of all that is taken."""
        return set[int]().union(*self._taken.values())

    def look_at(self, lanes: Iterable[int]) -> None:
        """There may be something in these lanes."""
        for lane in lanes:
            if self._room(lane) > 0:
                self._due.setdefault(lane)
            else:
                self._full.add(lane)

    def turn(self, most: int) -> dict[int, frozenset[int]]:
        """Of the lanes that are due those whose turn it is, with what is taken of each: that is to be passed over."""
        lanes = list(self._due)[:most] if most > 0 else []
        for lane in lanes:
            del self._due[lane]
        return {lane: frozenset(self._taken.get(lane, ())) for lane in lanes}

    def most(self, turn: Mapping[int, frozenset[int]]) -> dict[int, int]:
        """How much of each lane is to be looked for: what it has room for, behind what is taken already."""
        return {lane: max(0, self._room(lane)) + len(taken) for lane, taken in turn.items()}

    def take(
        self, found: Sequence[Waiting], turn: Mapping[int, frozenset[int]], most: Mapping[int, int]
    ) -> list[Waiting]:
        """Take what was found and isn't taken yet; lanes of which as much was found as was looked for may have more."""
        counts = Counter(waiting.lane for waiting in found)
        again = {lane for lane, asked in most.items() if counts[lane] >= asked}
        taken: list[Waiting] = []
        for waiting in found:
            if waiting.inbox_id in turn[waiting.lane]:
                continue
            if self._room(waiting.lane) <= 0:
                again.add(waiting.lane)
            else:
                taken.append(waiting)
                self._add(waiting)
        self.look_at(again)
        return taken

    def _add(self, waiting: Waiting) -> None:
        self._taken.setdefault(waiting.lane, set()).add(waiting.inbox_id)
        self._count += 1
        if not waiting.owed:
            self._places[waiting.lane] += 1

    def leave(self, waiting: Waiting) -> None:
        """An update is worked off, or now its answer is owed: there is a place for another one of its lane."""
        if waiting.owed:
            return
        self._places[waiting.lane] -= 1
        if not self._places[waiting.lane]:
            del self._places[waiting.lane]
        self._refill(waiting.lane)

    def forget(self, waiting: Waiting) -> None:
        """An update no longer waits in the inbox."""
        taken = self._taken[waiting.lane]
        taken.remove(waiting.inbox_id)
        self._count -= 1
        if not taken:
            del self._taken[waiting.lane]
        self._refill(waiting.lane)

    def drop(self, mine: Callable[[int], bool]) -> None:
        """Look no longer at lanes that are no more `mine`."""
        self._due = {lane: None for lane in self._due if mine(lane)}
        self._full = {lane for lane in self._full if mine(lane)}

    def has_any(self, concerned: Callable[[int], bool]) -> bool:
        """Whether something of such lanes is taken."""
        return any(concerned(lane) for lane in self._taken)

    def _refill(self, lane: int) -> None:
        """Look at a lane that was full again, when there is room for more than one."""
        if lane in self._full and 2 * self._room(lane) > _limit(lane):
            self._full.discard(lane)
            self._due.setdefault(lane)

    def _room(self, lane: int) -> int:
        if len(self._taken.get(lane, ())) >= OWED_BY_A_LANE + _limit(lane):
            return 0
        return _limit(lane) - self._places.get(lane, 0)


def _limit(lane: int) -> int:
    return OF_NO_CHAT if lane == NO_CHAT else OF_A_LANE
