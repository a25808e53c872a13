"""Whoever is due at one moment takes turns, a fair queue: no language waits until another is through."""

from typing import Any

from sqlalchemy import ColumnElement

TURNS = 64
_SPREAD, _RANGE = 40503, 65536  # the golden ratio's share of the range: neighbours land far apart, and evenly


def turn(member_id: Any) -> ColumnElement[int]:
    """A member's turn, 0 to 63, computed from their id (a column): the members of any stretch of ids take all turns.

    People of one language often join one after the other. Each turn holds its share of every such stretch, and no
    sorting is needed for it, whatever the size.
    """
    turned: ColumnElement[int] = member_id * _SPREAD % _RANGE // (_RANGE // TURNS)
    return turned
