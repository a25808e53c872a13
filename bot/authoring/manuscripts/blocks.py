"""A document as blocks one after the other: paragraphs as Markdown, each with what it looks like, and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.authoring.manuscripts.grids import Row

TITLE_LEVEL = 0  # of a document's title; headings are 1 to 9


class Shape(StrEnum):
    """What a paragraph looks like."""

    TEXT = "text"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"
    QUOTE = "quote"


@dataclass(frozen=True)
class Block:
    """A paragraph: as Markdown, and its words alone; `level` is a heading's or how deep in a list it is, `at` the number of its spot.

    A short line that is bold as a whole `stands_out`: it may be meant as a heading. `links` are addresses by their words.
    """

    markdown: str
    words: str
    shape: Shape
    level: int
    at: int
    stands_out: bool = False
    links: Sequence[tuple[str, str]] = ()

    @property
    def is_listed(self) -> bool:
        """Whether it is an item of a list."""
        return self.shape in {Shape.BULLET, Shape.NUMBER}

    @property
    def written(self) -> str:
        """The paragraph as a line of Markdown, or several."""
        match self.shape:
            case Shape.HEADING:
                return f"{'#' * max(1, min(6, self.level))} {self.words}"
            case Shape.BULLET | Shape.NUMBER:
                sign = "- " if self.shape is Shape.BULLET else "1. "
                indent = "  " * self.level if self.shape is Shape.BULLET else "   " * self.level
                return indent + sign + self.markdown.replace("\n", "\n" + indent + " " * len(sign))
            case Shape.QUOTE:
                return "> " + self.markdown.replace("\n", "\n> ")
            case _:
                return self.markdown


@dataclass(frozen=True)
class TableBlock:
    """A table, by its rows; `at` is the number of its spot."""

    rows: Sequence[Row]
    at: int


def joined(blocks: Sequence[Block]) -> str:
    """Several paragraphs as Markdown; the items of a list follow each other line by line, numbered ones with their numbers."""
    said = ""
    before: Block | None = None
    numbers: dict[int, int] = {}
    for block in blocks:
        together = before is not None and before.is_listed and block.is_listed
        if not together:
            numbers.clear()
        line = block.written
        if block.shape is Shape.NUMBER:
            numbers[block.level] = numbers.get(block.level, 0) + 1
            line = line.replace("1. ", f"{numbers[block.level]}. ", 1)
        said += ("" if before is None else "\n" if together else "\n\n") + line
        before = block
    return said


Documented = Block | TableBlock
