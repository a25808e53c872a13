from planting import MONDAY

from bot.inbound.hand import NO_CHAT, OF_A_LANE, OF_NO_CHAT, OWED_BY_A_LANE, Hand
from bot.inbox.updates import Waiting


class Inbox:
    """What waits, and how it is looked at."""

    def __init__(self, hand: Hand, *in_lanes: int) -> None:
        self.hand = hand
        self.waiting = [Waiting(number, lane, "{}", MONDAY) for number, lane in enumerate(in_lanes, 1)]
        hand.look_at(in_lanes)

    def look(self) -> list[int]:
        """Take what waits in the lanes whose turn it is; which updates these are."""
        turn = self.hand.turn(20)
        most = self.hand.most(turn)
        found = [one for lane, count in most.items() for one in self._in(lane)[:count]]
        return [one.inbox_id for one in self.hand.take(found, turn, most)]

    def _in(self, lane: int) -> list[Waiting]:
        return [one for one in self.waiting if one.lane == lane]

    def end(self, *numbers: int) -> None:
        """They are worked off, answered, and marked as done."""
        for one in [one for one in self.waiting if one.inbox_id in numbers]:
            self.hand.leave(one)
            self.waiting.remove(one)
            self.hand.forget(one)


def test_of_one_lane_a_few_are_taken_and_of_the_next_all_the_same() -> None:
    inbox = Inbox(Hand(), *[7] * 100, 8)

    assert inbox.look() == [1, 2, 3, 101]
    assert inbox.look() == []
    assert len(inbox.hand) == OF_A_LANE + 1


def test_a_lane_is_looked_at_again_when_there_is_room_in_it() -> None:
    inbox = Inbox(Hand(), *[7] * 100)
    inbox.look()

    inbox.end(1)
    after_one = inbox.look()
    inbox.end(2)

    assert after_one == []
    assert inbox.look() == [4, 5]


def test_all_of_a_lane_are_taken_in_the_end_and_then_it_is_looked_at_no_more() -> None:
    inbox, taken = Inbox(Hand(), *[7] * 10, *[0] * 50), list[int]()

    while some := inbox.look():
        taken += some
        inbox.end(*some)

    assert sorted(taken) == list(range(1, 61))
    assert len(inbox.hand) == 0
    assert not inbox.hand.has_due


def test_what_arrives_in_a_full_lane_waits_for_its_room() -> None:
    inbox = Inbox(Hand(), 7, 7, 7)
    inbox.look()

    inbox.waiting.append(Waiting(4, 7, "{}", MONDAY))
    inbox.hand.look_at([7])
    at_once = inbox.hand.has_due
    inbox.end(1, 2, 3)

    assert not at_once
    assert inbox.look() == [4]


def test_what_is_owed_leaves_its_place_and_is_not_taken_again() -> None:
    inbox = Inbox(Hand(), *[7] * 6)
    inbox.look()

    for one in inbox.waiting[:3]:
        inbox.hand.leave(one)

    assert inbox.look() == [4, 5, 6]


def test_a_lane_that_is_owed_very_much_is_left_until_some_of_it_is_answered() -> None:
    inbox, owed = Inbox(Hand(), *[7] * 500), 0
    while some := inbox.look():
        for number in some:
            inbox.hand.leave(inbox.waiting[number - 1])
        owed += len(some)

    inbox.hand.forget(inbox.waiting.pop(0))

    assert OWED_BY_A_LANE <= owed <= OWED_BY_A_LANE + OF_A_LANE
    assert inbox.look() != []


def test_of_what_belongs_to_no_chat_several_are_taken() -> None:
    inbox = Inbox(Hand(), *[NO_CHAT] * 100)

    assert len(inbox.look()) == OF_NO_CHAT


def test_what_is_taken_while_the_inbox_is_read_is_not_taken_twice() -> None:
    inbox = Inbox(Hand(), 7)
    turn = inbox.hand.turn(20)
    inbox.hand.look_at([7])
    most = inbox.hand.most(turn)

    first = inbox.hand.take(inbox.waiting, turn, most)

    assert len(first) == 1
    assert inbox.look() == []
