"""Pictures of rectangles and words (SVG, rasterised to PNG), drawn from the left and mirrored where one reads from the right."""

import re
from bisect import bisect
from dataclasses import dataclass, field
from enum import StrEnum

from bot.paper import fonts
from bot.paper.fonts import FontRun
from bot.paper.templates import TEMPLATES

# Where a line may end: after a word, or after a sign of those scripts that don't part words, with what closes it.
PIECES = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af][\u3001-\u301f\uff00-\uff60]*\s*|[^\s\u2e80-\u9fff\uac00-\ud7af]+\s*")
EMBEDDING, POP = (
    {False: "\u202a", True: "\u202b"},
    "\u202c",
)  # by which the direction of a line is given to all that draws it


class Anchor(StrEnum):
    """Which part of a line stands where it is put; of a line from the right, start is the right."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


MIRRORED = {Anchor.START: Anchor.END, Anchor.MIDDLE: Anchor.MIDDLE, Anchor.END: Anchor.START}


@dataclass(frozen=True)
class Rectangle:
    """A filled rectangle; `corner` is the radius of its corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    corner: float


@dataclass(frozen=True)
class DrawnLine:
    """A line of text, in pieces of one font each; `y` is the line on which it stands."""

    x: float
    y: float
    size: float
    bold: bool
    fill: str
    anchor: Anchor
    runs: tuple[FontRun, ...]


@dataclass
class Drawing:
    """A picture that grows: all lengths in its own unit, `x` from the side from which its language is read."""

    width: float
    language: str
    right_to_left: bool
    rectangles: list[Rectangle] = field(default_factory=list)
    lines: list[DrawnLine] = field(default_factory=list)

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str, *, corner: float = 0) -> None:
        """Draw a rectangle."""
        left = self.width - x - width if self.right_to_left else x
        self.rectangles.append(Rectangle(left, y, width, height, fill, corner))

    def words(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        fill: str,
        *,
        bold: bool = False,
        anchor: Anchor = Anchor.START,
    ) -> None:
        """Draw a line of text."""
        text = f"{EMBEDDING[self.right_to_left]}{text}{POP}"
        x, anchor = (self.width - x, MIRRORED[anchor]) if self.right_to_left else (x, anchor)
        self.lines.append(DrawnLine(x, y, size, bold, fill, anchor, tuple(fonts.runs(text, self.language))))

    def measure(self, text: str, size: float, *, bold: bool = False) -> float:
        """How wide a line will be, at most."""
        return fonts.width(text, self.language, size, bold=bold)

    def fit(self, text: str, size: float, most: float, *, bold: bool = False) -> str:
        """As much of a text as stands in a line of such a width."""
        if self.measure(text, size, bold=bold) <= most:
            return text
        kept = bisect(range(len(text)), most, key=lambda end: self.measure(f"{text[:end]}…", size, bold=bold))
        return f"{text[: max(0, kept - 1)].rstrip()}…"

    def wrap(self, text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
        """A text in lines of such a width."""
        lines: list[str] = []
        for piece in PIECES.findall(text):
            longer = (lines[-1] if lines else "") + piece
            if lines and self.measure(longer.rstrip(), size, bold=bold) <= most:
                lines[-1] = longer
            else:
                lines.append(piece)
        return [line.rstrip() for line in lines]

    def svg(self, height: float, background: str) -> str:
        """The picture as SVG."""
        return TEMPLATES.get_template("picture.svg").render(drawing=self, height=height, background=background)

    def png(self, height: float, background: str, *, scale: float) -> bytes:
        """The picture as PNG, so many pixels for each unit; for some tenths of a second no other thread runs."""
        from resvg_py import svg_to_bytes  # noqa: PLC0415 - most never draw

        faces = {run.face for line in self.lines for run in line.runs}
        # The bold ones last: for a line in two scripts the first that has all letters may be taken.
        files = [*{str(face.file) for face in faces}, *{str(face.bold) for face in faces if face.bold}]
        drawn = svg_to_bytes(
            svg_string=self.svg(height, background), zoom=scale, skip_system_fonts=True, font_files=files
        )
        fonts.close()
        return bytes(drawn)
