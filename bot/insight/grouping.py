"""Vectors in groups: which lie together whatever their language, which stand for the others, and where a new one belongs."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.insight.vectors import Vectors, unit

SHRINK = 4  # a language with few texts moves little: its mean counts n / (n + SHRINK)
FEWEST, MOST = 3, 8  # groups
REDUNDANCY, SAME_LANGUAGE = 0.3, 0.15  # what a quote loses for likeness to those chosen, or for being in their language
RELEVANCE = 0.7
SAME = 0.5  # the cosine from which on two groups are one, however few there are
NEAR = 0.25  # the cosine from which on a row belongs to a group: 91 % rightly, none wrongly in benchmarks/themes

Floats = NDArray[np.float32]
Clusters = dict[int, list[int]]


def centred(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Vectors less what they owe to their language, so that themes and not languages lie together; of unit length."""
    return centred_like(vectors, languages, vectors, languages)


def centred_like(vectors: Vectors, languages: Sequence[str], others: Vectors, theirs: Sequence[str]) -> Vectors:
    """Vectors less what `others` (in the languages `theirs`) owe to the language that they are in; of unit length."""
    rows = vectors.copy()
    tags, their_tags = np.array(languages), np.array(theirs)
    for tag in dict.fromkeys(theirs):
        of_language = their_tags == tag
        count = int(of_language.sum())
        rows[tags == tag] -= others[of_language].mean(axis=0) * (count / (count + SHRINK))
    return unit(rows)


def how_many(count: int) -> int:
    """How many groups to make of so many texts: about sqrt(n/2), as no measure finds the number that people would."""
    return int(min(MOST, max(FEWEST, round((count / 2) ** 0.5))))


def groups(vectors: Vectors, count: int) -> list[list[int]]:
    """Rows in at most `count` groups by average linkage on cosines, the largest first; loners stay apart, in none.

    Takes 0.2 s for 1,000 rows, and memory for their square.
    """
    loners = len(vectors) // 8
    clusters = _linked(vectors, lambda clusters: len(clusters) - min(_alone(clusters), loners) > count, SAME)
    found = [cluster for cluster in clusters if len(cluster) > 1]
    _take_in(vectors, found, [cluster[0] for cluster in clusters if len(cluster) == 1])
    return sorted(found, key=len, reverse=True)


def _alone(clusters: Clusters) -> int:
    return sum(len(cluster) == 1 for cluster in clusters.values())


def _take_in(vectors: Vectors, found: list[list[int]], loners: list[int]) -> None:
    """Put those that were left alone only because the linking ended to the group they are near."""
    if found and loners:
        centres = np.vstack([centre(vectors[group]) for group in found])
        for row, place in zip(loners, nearest(vectors[loners], centres, NEAR), strict=True):
            if place is not None:
                found[place].append(row)


def parted(vectors: Vectors, count: int) -> list[list[int]]:
    """Rows in `count` groups, loners being groups of their own, the largest first; fewer where there are fewer rows."""
    return sorted(_linked(vectors, lambda clusters: len(clusters) > count), key=len, reverse=True)


def _linked(vectors: Vectors, goes_on: Callable[[Clusters], bool], same: float = np.inf) -> list[list[int]]:
    """Rows joined two by two, the closest first, as long as it goes on, or they are closer than the cosine `same`."""
    likeness: Floats = (vectors @ vectors.T).astype(np.float32)
    np.fill_diagonal(likeness, -np.inf)
    clusters = {row: [row] for row in range(len(vectors))}
    nearest = likeness.argmax(axis=1) if len(vectors) > 1 else np.zeros(0, dtype=np.intp)
    closeness = likeness.max(axis=1) if len(vectors) > 1 else np.zeros(0, dtype=np.float32)
    while goes_on(clusters) or closeness.max(initial=-np.inf) >= same:
        kept = int(closeness.argmax())
        gone = int(nearest[kept])
        if not np.isfinite(closeness[kept]):
            break
        _merge(likeness, clusters, kept, gone)
        stale = np.flatnonzero((nearest == kept) | (nearest == gone))
        nearest[stale], closeness[stale] = likeness[stale].argmax(axis=1), likeness[stale].max(axis=1)
        nearest[kept], closeness[kept] = likeness[kept].argmax(), likeness[kept].max()
        closeness[gone] = -np.inf
        closer = likeness[:, kept] > closeness
        closer[gone] = False
        nearest[closer], closeness[closer] = kept, likeness[closer, kept]
    return list(clusters.values())


def _merge(likeness: Floats, clusters: Clusters, kept: int, gone: int) -> None:
    first, second = len(clusters[kept]), len(clusters[gone])
    merged = (likeness[kept] * first + likeness[gone] * second) / (first + second)
    likeness[kept], likeness[:, kept] = merged, merged
    likeness[kept, kept] = -np.inf
    likeness[gone], likeness[:, gone] = -np.inf, -np.inf
    clusters[kept] += clusters.pop(gone)


def representatives(vectors: Vectors, languages: Sequence[str], count: int) -> list[int]:
    """The rows that stand for all: the most central one, then those that are central, unlike it, and in other languages."""
    if not len(vectors):
        return []
    relevance = vectors @ unit(vectors.mean(axis=0, keepdims=True))[0]
    chosen = [int(relevance.argmax())]
    while len(chosen) < min(count, len(vectors)):
        redundancy = (vectors @ vectors[chosen].T).max(axis=1)
        quoted = {languages[row] for row in chosen}
        spoken = np.array([language in quoted for language in languages])
        score = RELEVANCE * relevance - REDUNDANCY * redundancy - SAME_LANGUAGE * spoken
        score[chosen] = -np.inf
        chosen.append(int(score.argmax()))
    return chosen


def centre(vectors: Vectors) -> Vectors:
    """The middle of a group, as one row of unit length."""
    return unit(vectors.mean(axis=0, keepdims=True))


def nearest(vectors: Vectors, centres: Vectors, at_least: float) -> list[int | None]:
    """For each row the centre that it is closest to, unless that is further away than the cosine `at_least`."""
    if not len(centres) or not len(vectors):
        return [None] * len(vectors)
    closeness = vectors @ centres.T
    return [int(row.argmax()) if row.max() >= at_least else None for row in closeness]
