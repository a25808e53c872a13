"""The table every benchmark prints: our figure, a peer's from the same run, their ratio, the goal, and whether it is met."""

import json
import math
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

WIDTHS = (64, 10, 10, 8, 9, 5)
HANDED_OVER = "BENCHMARK_ROWS"  # names the file in which a suite finds the rows


@dataclass(frozen=True)
class Goal:
    """A bound, from below unless `most`: then from above."""

    bound: float
    most: bool = False

    def is_met(self, figure: float) -> bool:
        """Whether a figure keeps to the bound."""
        return figure <= self.bound if self.most else figure >= self.bound

    def __str__(self) -> str:
        return f"{'≤' if self.most else '≥'} {_number(self.bound)}"


@dataclass(frozen=True)
class Row:
    """One measure with its unit in the name; the peer's figure where there is a peer."""

    measure: str
    ours: float
    peer: float | None = None
    goal: Goal | None = None


@dataclass(frozen=True)
class Section:
    """The rows of one script under their title, and the load of the machine when they were measured."""

    title: str
    load: float
    rows: list[Row]


def at_least(bound: float) -> Goal:
    """A goal from below."""
    return Goal(bound)


def at_most(bound: float) -> Goal:
    """A goal from above."""
    return Goal(bound, most=True)


def exponents(sizes: Sequence[int], figures: Sequence[float]) -> list[float]:
    """How fast figures grow from each size to the next: 0 stays the same, 1 grows with the size."""
    steps = pairwise(zip(sizes, figures, strict=True))
    return [math.log(later / earlier) / math.log(larger / smaller) for (smaller, earlier), (larger, later) in steps]


def growth(name: str, sizes: Sequence[int], figures: Sequence[float], bound: float | None) -> list[Row]:
    """A row for each step of `exponents`; the bound is a goal for the last one."""
    goal = None if bound is None else at_most(bound)
    return [
        Row(f"{name}, exponent {smaller:,} → {larger:,}", exponent, goal=goal if larger == sizes[-1] else None)
        for smaller, larger, exponent in zip(sizes, sizes[1:], exponents(sizes, figures), strict=False)
    ]


def show(title: str, rows: Sequence[Row]) -> None:
    """Print the rows under a title, or hand them to the suite of which this process is a part."""
    section = Section(title, os.getloadavg()[0], list(rows))
    if file := os.environ.get(HANDED_OVER):
        with Path(file).open("a") as handed:
            handed.write(json.dumps(asdict(section)) + "\n")
        return
    print_head()
    print_section(section)


def handed_over(file: Path) -> list[Section]:
    """The sections that processes have handed over in a file."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [_section(**json.loads(line)) for line in lines]


def _section(title: str, load: float, rows: list[dict[str, Any]]) -> Section:
    return Section(
        title, load, [Row(**{**row, "goal": None if row["goal"] is None else Goal(**row["goal"])}) for row in rows]
    )


def print_head() -> None:
    """Print what stands in which column."""
    print(_line("", "ours", "peer", "ratio", "goal", "met"), flush=True)


def print_section(section: Section) -> None:
    """Print the rows of a section, with how busy the machine was with this and other work."""
    print(f"{section.title} (load {section.load:.1f} on {os.cpu_count()} cores)")
    for row in section.rows:
        peer = "-" if row.peer is None else _number(row.peer)
        ratio = f"{row.ours / row.peer:.2f}" if row.peer else "-"
        goal, met = ("-", "-") if row.goal is None else (str(row.goal), "yes" if row.goal.is_met(row.ours) else "NO")
        print(_line(f"  {row.measure}", _number(row.ours), peer, ratio, goal, met))
    print(flush=True)


def _line(measure: str, *cells: str) -> str:
    first, *rest = WIDTHS
    return f"{measure:<{first}}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, rest, strict=True))


def _number(figure: float) -> str:
    if figure == 0 or abs(figure) >= 100:  # noqa: PLR2004 - three digits say enough
        return f"{figure:,.0f}"
    return f"{figure:.3g}"
