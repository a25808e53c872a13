"""Fonts for pictures (font fallback): those of the system, and one of our own, so that a bare machine draws too."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from bot.i18n import script

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

OWN = Path(__file__).parent / "DejaVuSans.ttf"  # Latin, Cyrillic, Greek, Arabic and more; in one weight
# Where Linux and macOS keep fonts; Noto has one for each script, under these names or as one for all weights.
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts")
NOTO = re.compile(r"(NotoSans[A-Za-z]*)(-Regular|\[[a-z,]*wght\])")
COLLECTED = "SC"  # of a collection for Chinese, Japanese and Korean: the one for Simplified Chinese
OF_SCRIPT = {"Arab": ("NotoSansArabic",), "Hans": ("NotoSansCJK", "NotoSansSC")}
MEASURED = 100  # pixels: the size in which widths are measured
NOWHERE = "\U0010fffe"  # no font has it: it looks as whatever a font lacks
OPEN = 16  # fonts at a time


@dataclass(frozen=True)
class Face:
    """A font: its family, its file, its place in that where it holds several, and the file with bold letters, if any."""

    family: str
    file: Path
    index: int = 0
    bold: Path | None = None


@dataclass(frozen=True)
class FontRun:
    """A piece of a text that is in one font."""

    face: Face
    text: str


@cache
def _system() -> dict[str, Path]:
    """By name ("NotoSansArabic"), the files of Noto that this machine has; that for Latin first."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for file in sorted(Path(folder).rglob("NotoSans*")):
            if named := NOTO.fullmatch(file.stem):
                found.setdefault(named[1], file)
    return dict(sorted(found.items(), key=lambda one: (one[0] != "NotoSans", one[0])))


@lru_cache(maxsize=OPEN)
def _font(file: Path, index: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - most never draw

    return ImageFont.truetype(str(file), MEASURED, index)


@cache
def _face(file: Path) -> Face:
    index = next((index for index, family in _families(file) if family.endswith(COLLECTED)), 0)
    bold = file.with_name(file.name.replace("-Regular", "-Bold"))
    return Face(_font(file, index).getname()[0] or "", file, index, bold if bold != file and bold.exists() else None)


def _families(file: Path) -> Iterator[tuple[int, str]]:
    if file.suffix == ".ttc":
        for index in count():
            try:
                yield index, _font(file, index).getname()[0] or ""
            except OSError:  # there is none of this index
                return


@cache
def _order(language: str) -> tuple[Path, ...]:
    """All fonts, in the order in which they are looked through for a letter, for words of a language (BCP 47)."""
    files, first = _system(), OF_SCRIPT.get(script(language), ())
    usual = [files[name] for name in (*first, "NotoSans") if name in files]
    return (*usual, *(file for file in files.values() if file not in usual), OWN)


@cache
def _has(face: Face, letter: str) -> bool:
    font = _font(face.file, face.index)
    return bytes(font.getmask(letter)) != bytes(font.getmask(NOWHERE))


@cache
def _first_with(letter: str, language: str) -> Face | None:
    return next((face for face in map(_face, _order(language)) if _has(face, letter)), None)


def _is_drawn(letter: str) -> bool:
    # Spaces and marks of direction leave no trace, and accents join a letter: they are in whatever font stands before them.
    return letter.isprintable() and not letter.isspace() and unicodedata.category(letter)[0] not in "CM"


def runs(text: str, language: str) -> Sequence[FontRun]:
    """A text in pieces of one font each; letters that no font has are in the font beside them."""
    found: list[FontRun] = []
    face = _face(_order(language)[0])
    for letter in text:
        if _is_drawn(letter):
            face = _first_with(letter, language) or face
        if found and found[-1].face == face:
            found[-1] = FontRun(face, found[-1].text + letter)
        else:
            found.append(FontRun(face, letter))
    return found


def drawable(text: str, language: str) -> str | None:
    """A text in one line without what no font has, as long as that is no letter (but an emoji); None if it is."""
    line = " ".join(
        "".join(letter for letter in text if unicodedata.category(letter) != "Cc" or letter.isspace()).split()
    )
    lacking = {letter for letter in line if _is_drawn(letter) and _first_with(letter, language) is None}
    if any(letter.isalnum() for letter in lacking):
        return None
    return "".join(letter for letter in line if letter not in lacking).strip()


def width(text: str, language: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is in a size, in the unit of that; a little more than it is where its letters join."""
    return sum(_length(run, bold=bold) for run in runs(text, language)) * size / MEASURED


def close() -> None:
    """Close the files of fonts: while they are open they are in memory."""
    _font.cache_clear()


def _length(run: FontRun, *, bold: bool) -> float:
    face = run.face
    return _font(face.bold if bold and face.bold else face.file, face.index).getlength(run.text)
