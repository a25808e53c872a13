"""Two databases are compared, range by range of each table's key, and the copy is mended where it differs: that copies, goes on, and catches up."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.moving.layouts import Layout, Row, Rows
from bot.moving.sides import CopySide

PAGE = 2_000  # rows: safe on the disk in a blink, and a fraction of what a statement costs


@dataclass(frozen=True)
class Round:
    """One look at every row: how many there are, how many were brought or taken away, and in which tables some differ still."""

    rows: int
    changed: int
    differing: Sequence[str]


@dataclass
class _Table:
    """What was found in one table so far."""

    rows: int = 0
    changed: int = 0
    differing: int = 0


async def go_round(source: CopySide, target: CopySide, layouts: Sequence[Layout]) -> Round:
    """Bring the copy to what the source holds; what changes there meanwhile may be left for the next round. Raises UnfitRow."""
    found = {each.table.name: await _mend(source, target, each) for each in layouts}
    return Round(
        sum(each.rows for each in found.values()),
        sum(each.changed for each in found.values()),
        [name for name, each in found.items() if each.differing],
    )


async def _mend(source: CopySide, target: CopySide, layout: Layout) -> _Table:
    found = _Table()
    after: Row | None = None
    page: Rows | None = await source.page(layout, None, PAGE)
    while page is not None:
        until = layout.key_of(page[-1]) if len(page) == PAGE else None
        following, there = await asyncio.gather(_following(source, layout, until), target.between(layout, after, until))
        found.rows += len(page)
        if list(page) != list(there):
            changed = await _replace(target, layout, page, there)
            found.changed += changed
            # Read back, as it is on the disk now: what was in the way of another row is brought in the next round.
            found.differing += list(page) != list(await target.between(layout, after, until))
        after, page = until, following
    return found


async def _following(source: CopySide, layout: Layout, until: Row | None) -> Rows | None:
    return None if until is None else await source.page(layout, until, PAGE)


async def _replace(target: CopySide, layout: Layout, wanted: Rows, there: Rows) -> int:
    """Take away what is otherwise or too much, and bring what lacks; returns how many rows that concerns."""
    ours = {layout.key_of(row): row for row in wanted}
    theirs = {layout.key_of(row): row for row in there}
    gone = [key for key, row in theirs.items() if ours.get(key) != row]
    new = [row for key, row in ours.items() if theirs.get(key) != row]
    reworded: set[int] = set()
    if (place := layout.words_of) is not None:
        reworded = {int(row[place] or 0) for row in (*new, *(theirs[key] for key in gone))}
    await target.put(layout, gone, new, reworded=sorted(reworded))
    return len({*gone, *map(layout.key_of, new)})
