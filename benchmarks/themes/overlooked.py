"""How many of the 15 replies that are shown as farthest from every key point are of three small groups that were left out."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import minorities  # noqa: E402 - the repository is put on the path first
from minorities import SIX, THREE, Planted  # noqa: E402

from bot.insight import overlooked, vectors  # noqa: E402
from bot.insight.overlooked import Covering  # noqa: E402
from bot.insight.vectors import Encoder, LetterEncoder, SentenceEncoder, Vectors, unit  # noqa: E402

SEEDS = range(50)
GOAL = 8
MANY = 10_000


class Remembering:
    """An encoder that reads each text once: the drawings say the same things in another order."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.across_languages = encoder.name, encoder.across_languages
        self._encoder, self._read = encoder, dict[str, Vectors]()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._read]
        if new:
            self._read.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._read[text] for text in texts])


def report(name: str, planted: Sequence[Planted]) -> None:
    """Print how often enough is shown, and how often each group is."""
    found = [each.found() for each in planted]
    theirs = [sum(groups) for *groups, _ in found]
    enough = sum(number >= GOAL for number in theirs)
    every = sum(all(groups) for *groups, _ in found)
    print(
        f"{name:44} {GOAL} or more of theirs: {enough}/{len(found)}, mean {np.mean(theirs):.1f}, least {min(theirs)}; "
        f"every group: {every}/{len(found)}",
        flush=True,
    )


def main() -> None:
    """Measure over many seeds, and how long 10,000 replies take."""
    sentences, letters = Remembering(SentenceEncoder()), Remembering(LetterEncoder())
    for languages in (THREE, SIX):
        count = f"{len(languages)} languages"
        report(f"vectors, {count}", [minorities.as_vectors(seed, languages) for seed in SEEDS])
        for encoder in (sentences, letters):
            planted = [minorities.in_sentences(seed, languages, encoder) for seed in SEEDS]
            report(f"{encoder.name}, {count}", planted)
        noisy = [minorities.in_sentences(seed, languages, sentences, alone=25, thanks=12) for seed in SEEDS]
        report(f"{sentences.name}, {count}, a fifth noise", noisy)
    rows = unit(np.random.default_rng(0).normal(size=(MANY, vectors.DIMENSIONS)).astype(np.float32))
    numbers = tuple(range(MANY))
    covered = tuple(number < MANY // 20 for number in numbers)
    packed = tuple(vectors.pack(row) for row in rows)
    wordings = (("en", "Care decides who can come."),) * 60
    began = time.process_time()
    overlooked.find(Covering(numbers, ("en",) * MANY, numbers, covered, packed, wordings))
    print(f"{MANY:,} replies in {time.process_time() - began:.1f} s of CPU")


if __name__ == "__main__":
    main()
