"""The numbers of rows in an export, in place of their ids: eight bytes a row, since a large dialogue has a million."""

from array import array
from bisect import bisect_left


class Numbers:
    """Counts rows from 1 as they come, which is in the order of their ids."""

    def __init__(self) -> None:
        self._ids = array("q")

    def add(self, row_id: int) -> int:
        """The number of the next row."""
        assert not self._ids or row_id > self._ids[-1], "it would not be found again"
        self._ids.append(row_id)
        return len(self._ids)

    def of(self, row_id: int) -> int | None:
        """The number of a row that has come; None for one that hasn't."""
        place = bisect_left(self._ids, row_id)
        return place + 1 if place < len(self._ids) and self._ids[place] == row_id else None
