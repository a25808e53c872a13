"""Which replies are farthest from all that is covered (novelty, minority voices): what several say first, and few of a kind.

The very farthest are mostly those that speak of nothing at hand. So a reply goes first that others who aren't covered either come
near to, and that covered ones don't; of replies that are alike only some are taken, so that small groups come in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.insight import grouping, vectors
from bot.insight.vectors import Vectors, unit

COVERED = 0.4  # the cosine from which on a reply says what a covered one says
ALIKE = 0.3  # that from which on two speak of the same thing
SAME = 0.95  # that from which on one need not read both
CIVIL = 0.45  # that from which on a reply is a greeting, or a word of thanks
NEAREST = 2  # others who say the like: where a small group is one of four voices, each has so many
MOST = 1000  # replies that are looked at closely, the farthest ones
STEPS = ((10, 3), (13, 1), (15, 4))
"""Until so many are chosen, at most so many are alike: ten of what most say, three unlike all these, two of what is left."""

CIVILITIES = {
    "en": ("Hello everybody, greetings from our town!", "Thank you all, glad to be here with you.", "Yes, I agree."),
    "es": ("Hola a todos, saludos desde nuestra ciudad.", "Gracias por todo, me alegra estar aquí.", "De acuerdo."),
    "fr": ("Bonjour à tous, salutations de notre ville.", "Merci beaucoup, ravie d’être parmi vous.", "D’accord."),
    "ar": ("مرحبا بالجميع، تحياتي من مدينتنا.", "شكرا جزيلا، سعيدة بوجودي بينكم.", "نعم، أوافق."),
    "ru": ("Здравствуйте все, привет из нашего города.", "Большое спасибо, очень рада нашей встрече.", "Да, согласна."),
    "zh-Hans": ("大家好，来自我们城市的问候。", "非常感谢，很高兴来到这里。", "是的，我同意。"),
    "pt": ("Olá a todos, saudações da nossa cidade.", "Muito obrigada, feliz por estar aqui.", "Sim, concordo."),
}


@dataclass(frozen=True)
class Covering:
    """Replies in the order of `packed` (vectors as stored), who said each (`voices`, any number for a person), and which are `covered`.

    `wordings` are texts that cover as well, each with its language.
    """

    reply_ids: tuple[int, ...]
    languages: tuple[str, ...]
    voices: tuple[int, ...]
    covered: tuple[bool, ...]
    packed: tuple[bytes, ...]
    wordings: tuple[tuple[str, str], ...]


def find(material: Covering) -> tuple[int, ...]:
    """The replies (ids) that are overlooked, those that say most first; 15 at most. Meant for a child: it encodes the wordings."""
    encoder = vectors.best()
    texts = [text for _, text in material.wordings]
    civilities = [(tag, text) for tag, some in CIVILITIES.items() for text in some]
    encoded = encoder.encode([*texts, *(text for _, text in civilities)])
    tags = [tag for tag, _ in (*material.wordings, *civilities)]
    return choose(material, encoded[: len(texts)], encoded[len(texts) :], tags)


def choose(material: Covering, wordings: Vectors, civilities: Vectors, tags: Sequence[str]) -> tuple[int, ...]:
    """The same, for wordings and civilities that are vectors already, in the languages `tags`, one after the other."""
    if not material.reply_ids:
        return ()
    raw = vectors.unpack(material.packed)
    rows = grouping.centred(raw, material.languages)
    beside = grouping.centred_like(np.vstack([wordings, civilities]), tags, raw, material.languages)
    covering = np.vstack([rows[np.array(material.covered, dtype=bool)], beside[: len(wordings)]])
    civil = _closeness(rows, beside[len(wordings) :])
    close = _closeness(rows, covering)
    free = ~np.array(material.covered, dtype=bool) & rows.any(axis=1) & (close < COVERED) & (civil < CIVIL)
    pool = sorted(np.flatnonzero(free).tolist(), key=lambda row: (close[row], row))[:MOST]
    if not pool:
        return ()
    likeness = _likeness(rows[pool])
    voices = np.array(material.voices)[pool]
    score = _echo(likeness, voices) - np.maximum(close[pool], 0)
    return tuple(material.reply_ids[pool[place]] for place in _in_turn(score, likeness))


def _closeness(rows: Vectors, others: Vectors) -> Vectors:
    """How close each row comes to any of the others."""
    nothing = np.zeros(len(rows), dtype=np.float32)
    return np.asarray((rows @ others.T).max(axis=1), dtype=np.float32) if len(others) and len(rows) else nothing


def _likeness(rows: Vectors) -> Vectors:
    """How alike these are, less what they all have in common."""
    apart = unit(rows - rows.mean(axis=0)) if len(rows) > 1 else rows
    return np.asarray(apart @ apart.T, dtype=np.float32)


def _echo(likeness: Vectors, voices: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Vectors:
    """How near others come, on average of the NEAREST; one's own further words don't count."""
    others = np.where(voices[:, None] == voices[None, :], 0, likeness)
    return np.asarray(np.sort(others, axis=1)[:, -NEAREST:].mean(axis=1), dtype=np.float32)


def _in_turn(score: Vectors, likeness: Vectors) -> list[int]:
    order = np.argsort(-score, kind="stable").tolist()
    chosen: list[int] = []
    for until, alike in STEPS:
        for place in order:
            if len(chosen) >= until:
                break
            to_chosen = likeness[place, chosen]
            if place not in chosen and (to_chosen > ALIKE).sum() < alike and not (to_chosen > SAME).any():
                chosen.append(place)
    return chosen
