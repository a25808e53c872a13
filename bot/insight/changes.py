"""What was changed in a text, word by word (diff): what was taken out and put in, and around it what stayed."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from bot.insight.tokens import is_unspaced

NEAR = 24  # words that stayed, with the spaces between them, are shown on either side of a change in a longer text
LITTLE = 2  # letters: what stayed between two changes and is no longer only parts them


class Fate(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Stretch:
    """Words that follow each other, and their fate; those skipped stayed, and aren't told."""

    fate: Fate
    text: str = ""


@dataclass(frozen=True)
class _Passage:
    """Pieces of the text before, and those that stand there now; the same ones where they `stayed`."""

    before: Sequence[str]
    now: Sequence[str]
    stayed: bool = False

    def with_more(self, other: "_Passage") -> "_Passage":
        return _Passage([*self.before, *other.before], [*self.now, *other.now])


def changes(before: str, now: str) -> tuple[Stretch, ...]:
    """How a text came from what it was before: in words, or where a script has no spaces in letters."""
    old, new = _pieces(before), _pieces(now)
    matcher = SequenceMatcher(str.isspace, [*map(_key, old)], [*map(_key, new)])
    runs = [_Passage(old[a:b], new[c:d], stayed=kind == "equal") for kind, a, b, c, d in matcher.get_opcodes()]
    return tuple(_stretches(_joined(runs)))


def _joined(runs: Sequence[_Passage]) -> list[_Passage]:
    """The same with changes that next to nothing parts as one."""
    found: list[_Passage] = []
    for at, run in enumerate(runs):
        parts_little = 0 < at < len(runs) - 1 and len("".join(run.now).strip()) <= LITTLE
        if found and not found[-1].stayed and (parts_little or not run.stayed):
            found.append(found.pop().with_more(run))
        else:
            found.append(run)
    return found


def _stretches(runs: Sequence[_Passage]) -> Iterator[Stretch]:
    for at, run in enumerate(runs):
        if run.stayed:
            yield from _around(run.now, first=at == 0, last=at == len(runs) - 1)
            continue
        if run.before:
            yield Stretch(Fate.REMOVED, "".join(run.before))
        if run.now:
            yield Stretch(Fate.ADDED, "".join(run.now))


def _around(pieces: Sequence[str], *, first: bool, last: bool) -> Iterator[Stretch]:
    """What stayed, as far as it is near a change."""
    head, tail = 0 if first else NEAR, 0 if last else NEAR
    if len(pieces) <= head + tail + NEAR:
        yield Stretch(Fate.KEPT, "".join(pieces))
        return
    if head:
        yield Stretch(Fate.KEPT, "".join(pieces[:head]))
    yield Stretch(Fate.SKIPPED)
    if tail:
        yield Stretch(Fate.KEPT, "".join(pieces[-tail:]))


def _key(piece: str) -> str:
    """One space is as good as another."""
    return " " if piece.isspace() else piece


def _pieces(text: str) -> list[str]:
    """Words, spaces, signs, and letters of scripts without spaces."""
    found: list[str] = []
    for letter in text:
        if found and _goes_on(found[-1], letter):
            found[-1] += letter
        else:
            found.append(letter)
    return found


def _goes_on(piece: str, letter: str) -> bool:
    if letter.isspace() or piece[0].isspace():
        return letter.isspace() and piece[0].isspace()
    if unicodedata.category(letter).startswith("M"):  # an accent, or a vowel sign
        return True
    return all(each.isalnum() and not is_unspaced(each) for each in (piece[0], letter))
