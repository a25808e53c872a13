"""Two hundred replies in which three small groups were left out of every key point: in sentences, or as vectors like those of sentences."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from bot.insight import vectors
from bot.insight.overlooked import CIVILITIES, Covering, choose
from bot.insight.vectors import Encoder, Vectors, unit

FOLDER = Path(__file__).parents[1] / "benchmarks" / "themes"
THREE, SIX = ("en", "es", "fr"), ("en", "es", "fr", "ar", "ru", "zh-Hans")
REPLIES = 200
LEFT_OUT = 3  # themes, each of 4 to 6 voices
DIMENSIONS = 100  # in which sentences differ: chance cosines are .1, as the sentence encoder's
ACCENT = 0.7  # what a language adds to all its sentences


@dataclass(frozen=True)
class Planted:
    """The replies, what else is encoded, and in which languages; `left_out` has the replies (ids) of each small group."""

    covering: Covering
    wordings: Vectors
    civilities: Vectors
    tags: tuple[str, ...]
    left_out: tuple[frozenset[int], ...]

    def found(self) -> tuple[int, ...]:
        """How many replies of each small group are shown, and last how many replies are shown in all."""
        chosen = choose(self.covering, self.wordings, self.civilities, self.tags)
        return (*(len(group & set(chosen)) for group in self.left_out), len(chosen))


Row = tuple[str, str, str]  # theme (empty for what speaks of nothing at hand), language, text


@cache
def _texts(name: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def in_sentences(seed: int, languages: Sequence[str], encoder: Encoder, *, alone: int = 12, thanks: int = 8) -> Planted:
    """Three of six themes are left out; of the others each claim is a key point, which rests on two to four replies.

    Among them stand some thanks, and some sentences `alone`, each about something else.
    """
    random = Random(seed)  # noqa: S311 - to be the same each time
    texts, beside = _texts("texts.json"), _texts("beside.json")
    themes = random.sample(list(texts), len(texts))
    rows: list[Row] = []
    for theme in themes[:LEFT_OUT]:
        said = [(theme, tag, text) for tag in languages for text in texts[theme][tag]]
        rows += random.sample(said, random.randint(4, 6))
    for kind, count in (("alone", alone), ("thanks", thanks)):
        some = [("", tag, text) for tag in languages for text in beside[kind][tag]]
        rows += random.sample(some, min(count, len(some)))
    while len(rows) < REPLIES:
        theme, tag = random.choice(themes[LEFT_OUT:]), random.choice(languages)
        rows.append((theme, tag, " ".join(random.sample(texts[theme][tag], random.choice((1, 1, 2, 2, 3))))))
    random.shuffle(rows)
    claims = [(theme, claim) for theme in themes[LEFT_OUT:] for claim in range(3)]
    covered: set[int] = set()
    for theme, claim in claims:
        says = [row for row, (of, tag, text) in enumerate(rows) if of == theme and texts[theme][tag][claim] in text]
        covered |= set(random.sample(says, min(len(says), random.randint(2, 4))))
    points = [texts[theme][languages[0]][claim] for theme, claim in claims]
    groups = [[row for row, each in enumerate(rows) if each[0] == theme] for theme in themes[:LEFT_OUT]]
    civilities = [(tag, text) for tag, some in CIVILITIES.items() for text in some]
    return _planted(
        encoder.encode([text for _, _, text in rows]),
        [tag for _, tag, _ in rows],
        covered,
        groups,
        beside=(encoder.encode(points), encoder.encode([text for _, text in civilities])),
        beside_tags=[*[languages[0]] * len(points), *(tag for tag, _ in civilities)],
    )


def as_vectors(seed: int, languages: Sequence[str], *, alone: int = 20, themes: int = 5) -> Planted:
    """The same without an encoder: a theme's replies have cosines of .3 to .6 with each other, less what their language adds."""
    random = np.random.default_rng(seed)
    accents = {tag: random.normal(size=DIMENSIONS) / DIMENSIONS**0.5 for tag in languages}
    axes = [(_axis(random), random.uniform(0.3, 0.6)) for _ in range(LEFT_OUT + themes)]
    of: list[int] = [theme for theme in range(LEFT_OUT) for _ in range(random.integers(4, 7))]
    of += [-1] * alone
    of += [int(random.integers(LEFT_OUT, len(axes))) for _ in range(REPLIES - len(of))]
    tags = [languages[int(random.integers(len(languages)))] for _ in of]
    said = [
        _sentence(random, *(axes[theme] if theme >= 0 else (_axis(random), 0.3)), accents[tag])
        for theme, tag in zip(of, tags, strict=True)
    ]
    covered: set[int] = set()
    for theme in range(LEFT_OUT, len(axes)):
        rows = [row for row, each in enumerate(of) if each == theme]
        covered |= set(random.choice(rows, min(len(rows), int(random.integers(4, 10))), replace=False).tolist())
    points = [_sentence(random, *axes[theme], accents[languages[0]]) for theme in range(LEFT_OUT, len(axes))]
    groups = [[row for row, each in enumerate(of) if each == theme] for theme in range(LEFT_OUT)]
    nothing = np.zeros((0, DIMENSIONS), dtype=np.float32)
    return _planted(
        unit(np.array(said, dtype=np.float32)),
        tags,
        covered,
        groups,
        beside=(unit(np.array(points, dtype=np.float32)), nothing),
        beside_tags=[languages[0]] * len(points),
    )


def _axis(random: np.random.Generator) -> np.ndarray:
    axis = random.normal(size=DIMENSIONS)
    return np.asarray(axis / np.linalg.norm(axis))


def _sentence(random: np.random.Generator, axis: np.ndarray, share: float, accent: np.ndarray) -> np.ndarray:
    noise = random.normal(size=DIMENSIONS) / DIMENSIONS**0.5
    return np.asarray(share**0.5 * axis + (1 - share) ** 0.5 * noise + ACCENT * accent)


def _planted(
    rows: Vectors,
    tags: Sequence[str],
    covered: set[int],
    groups: Sequence[Sequence[int]],
    *,
    beside: tuple[Vectors, Vectors],
    beside_tags: Sequence[str],
) -> Planted:
    covering = Covering(
        reply_ids=tuple(range(1, len(rows) + 1)),
        languages=tuple(tags),
        voices=tuple(range(len(rows))),
        covered=tuple(row in covered for row in range(len(rows))),
        packed=tuple(vectors.pack(row) for row in rows),
        wordings=(),
    )
    left_out = tuple(frozenset(row + 1 for row in group) for group in groups)
    return Planted(covering, *beside, tuple(beside_tags), left_out)
