"""Which texts are most like a sentence: by their vectors, in whichever of its languages it is nearest."""

from dataclasses import dataclass

import numpy as np

from bot.insight import grouping, vectors


@dataclass(frozen=True)
class Likened:
    """Wordings of one sentence, and texts to be compared with them: the languages of both, and their vectors as they are stored."""

    wordings: tuple[str, ...]
    wording_vectors: tuple[bytes, ...]
    languages: tuple[str, ...]
    packed: tuple[bytes, ...]


def likest(compared: Likened) -> list[int]:
    """The places of the texts, those most like the sentence first; of equals the earlier first."""
    count = len(compared.wordings)
    if not count or not compared.packed:
        return list(range(len(compared.packed)))
    rows = vectors.unpack([*compared.wording_vectors, *compared.packed])
    centred = grouping.centred(rows, [*compared.wordings, *compared.languages])
    nearest = (centred[count:] @ centred[:count].T).max(axis=1)
    # Rounded, for sums may differ in the last places from one processor to another.
    return [int(place) for place in np.argsort(-np.round(nearest, 4), kind="stable")]
