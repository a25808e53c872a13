"""How well replies are grouped across languages: purity and normalised mutual information against chance, by size.

The texts are made up for this: six themes, six languages, three sentences each. Real replies are longer and less tidy.
"""

import json
import random
import sys
import time
from collections import Counter
from math import log
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot.insight import grouping  # noqa: E402 - the repository is put on the path first
from bot.insight.vectors import Encoder, LetterEncoder, SentenceEncoder, Vectors  # noqa: E402

TEXTS = json.loads((Path(__file__).parent / "texts.json").read_text(encoding="utf-8"))
SIZES = (18, 36, 72, 108)
ROUNDS = 20
THEMES = len(TEXTS)

Row = tuple[str, str, str]  # theme, language, text


def purity(found: list[int], true: list[str]) -> float:
    """The share of texts that are with their group's most frequent theme."""
    return sum(max(Counter(t for f, t in zip(found, true, strict=True) if f == g).values()) for g in set(found)) / len(
        true
    )


def agreement(found: list[int], true: list[str]) -> float:
    """Normalised mutual information, 0 to 1 (arithmetic mean of the entropies)."""
    count = len(true)

    def entropy(labels: list[object]) -> float:
        return -sum(n / count * log(n / count) for n in Counter(labels).values())

    both = entropy(list(zip(found, true, strict=True)))
    a, b = entropy(list(found)), entropy(list(true))
    return (a + b - both) / ((a + b) / 2) if a + b else 0.0


def labels(vectors: Vectors, languages: list[str], count: int, *, centre: bool) -> list[int]:
    """A group's number for each row; each loner is a group of its own."""
    rows = grouping.centred(vectors, languages) if centre else vectors
    found = [-1 - row for row in range(len(rows))]
    for number, group in enumerate(grouping.groups(rows, count)):
        for row in group:
            found[row] = number
    return found


def measure(encoder: Encoder, rows: list[Row], vectors: Vectors, size: int, *, centre: bool, given: bool) -> None:
    """Print the mean over random subsamples, and what shuffled labels score."""
    scores: list[tuple[float, float, float, float]] = []
    alone = 0
    for seed in range(ROUNDS):
        chosen = random.Random(seed).sample(range(len(rows)), size)  # noqa: S311 - to be the same each time
        true, languages = [rows[row][0] for row in chosen], [rows[row][1] for row in chosen]
        count = THEMES if given else grouping.how_many(size)
        found = labels(vectors[chosen], languages, count, centre=centre)
        shuffled = random.Random(seed).sample(found, size)  # noqa: S311 - the same
        alone += sum(label < 0 for label in found)
        scores.append((purity(found, true), agreement(found, true), purity(shuffled, true), agreement(shuffled, true)))
    p, n, cp, cn = np.mean(scores, axis=0)
    how = f"{encoder.name:18} {'centred' if centre else 'raw':8} {'k=6' if given else 'k by size':9}"
    print(
        f"{how} n={size:<4} purity {p:.2f} (chance {cp:.2f})  NMI {n:.2f} (chance {cn:.2f})  alone {alone / ROUNDS / size:.0%}"
    )


def placing(rows: list[Row], vectors: Vectors) -> None:
    """How many of the texts left out are put to their own theme, a wrong one or none, by how close they must be."""
    centred = grouping.centred(vectors, [row[1] for row in rows])
    names = list(TEXTS)
    for at_least in (0.2, 0.25, 0.3, 0.35, 0.4):
        right = wrong = none = 0
        for seed in range(ROUNDS):
            new = set(random.Random(seed).sample(range(len(rows)), len(rows) // 3))  # noqa: S311 - the same
            known = [row for row in range(len(rows)) if row not in new]
            centres = np.vstack(
                [grouping.centre(centred[[row for row in known if rows[row][0] == name]]) for name in names]
            )
            for row, place in zip(new, grouping.nearest(centred[list(new)], centres, at_least), strict=True):
                right += place is not None and names[place] == rows[row][0]
                wrong += place is not None and names[place] != rows[row][0]
                none += place is None
        total = right + wrong + none
        print(
            f"new replies, at least {at_least:.2f}: right {right / total:.0%}, wrong {wrong / total:.0%}, not grouped {none / total:.0%}"
        )


def main() -> None:
    """Measure both encoders."""
    rows = [(theme, tag, text) for theme, by_tag in TEXTS.items() for tag, texts in by_tag.items() for text in texts]
    texts = [text for _, _, text in rows]
    for encoder in (SentenceEncoder(), LetterEncoder()):
        began = time.perf_counter()
        vectors = encoder.encode(texts)
        print(f"{encoder.name}: {len(texts)} texts in {time.perf_counter() - began:.2f} s, loading included")
        for size in SIZES:
            measure(encoder, rows, vectors, size, centre=True, given=True)
        for size in SIZES:
            measure(encoder, rows, vectors, size, centre=True, given=False)
        measure(encoder, rows, vectors, SIZES[-1], centre=False, given=True)
    placing(rows, SentenceEncoder().encode(texts))
    many = np.random.default_rng(0).normal(size=(1000, 512)).astype(np.float32)
    began = time.perf_counter()
    grouping.groups(grouping.centred(many, ["en"] * 1000), 8)
    print(f"1,000 vectors grouped in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
