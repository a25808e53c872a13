from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from bot.ledger.turns import turn


@pytest.mark.parametrize("first", [1, 1_000, 65_400, 1_000_000])
def test_the_members_of_any_stretch_of_ids_take_all_turns_alike(first: int) -> None:
    taken: Counter[object] = Counter(turn(member_id) for member_id in range(first, first + 640))

    assert taken.keys() == set(range(64))
    assert 8 <= min(taken.values()) <= max(taken.values()) <= 12


def test_neighbours_are_told_far_apart() -> None:
    turns: list[Any] = [turn(member_id) for member_id in range(1, 1_000)]

    assert min(abs(one - other) for one, other in pairwise(turns)) >= 16
