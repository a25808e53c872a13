"""The language a text is written in: recognised by letters and words, with a leaning to what its author usually writes."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from bot.i18n import LANGUAGES
from bot.i18n import letters as letters_of

MODEL = Path(__file__).with_name("lid.176.ftz")  # fastText's, unchanged; see NOTICE
MOST_LIKELY = 20  # languages of the model's 176
SHOUTED = 4  # so many capitals for a small letter; the model has learnt from texts in small ones, and takes capitals for Japanese

# Tried on 48 very short and 90 longer texts in six languages, and 10 in other ones; between .6 and .8 nothing changes.
CERTAIN = 0.8  # from here on a language that nobody expected is believed
LONG = 20  # letters: in less, an unexpected language is rather a mistake, and the author's own counts for more
# How much likelier a language is for being the author's own, in a long or short text; the strong one was tried on 98 short
# texts in seven languages: with less a French one passes for Portuguese, with more ever more count as the author's own.
LEANING, STRONG_LEANING = 3.0, 20.0
NO_DOUBT = 0.05  # below it the own language is out of the question
UNSEEN = 0.01  # what is added to the own language's score, which may be nothing in a text of one word
SHORTEST = 2  # letters; a single one is in no language, unless it is a Chinese word
LONGEST = 1000  # characters looked at

_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[@/#]\w+")


class Model(Protocol):
    """What fastText's own interface promises."""

    def predict(self, text: str, k: int) -> tuple[Sequence[str], Sequence[float]]:
        """The `k` likeliest labels of a line, and how likely each is."""


def detect(text: str, *, own: str, expected: Collection[str] = ()) -> str:
    """The language (BCP 47) of a text by an author who usually writes `own`; `own` where nothing can be recognised.

    `expected` are further languages that are likely, besides those the bot speaks. Any language that fastText's
    lid.176 knows may come back, by its tag there (ISO 639, "pt").
    """
    words = " ".join(_NOT_WORDS.sub(" ", text[:LONGEST]).split())
    letters = sum(map(str.isalpha, words))
    if not letters or (letters < SHORTEST and _script(words) != "CJK"):
        return own
    scores, script = _scores(words), _script(words)
    likely = _by_subtag(own, expected)
    best = max(scores, key=scores.__getitem__)
    is_certain = scores[best] > CERTAIN and (letters >= LONG or script not in set(map(letters_of, LANGUAGES)))
    if best not in likely and is_certain:
        return best
    known = {subtag: scores.get(subtag, 0.0) for subtag in likely}
    if script == letters_of(own):
        known[_subtag(own)] = (known[_subtag(own)] + UNSEEN) * (LEANING if letters >= LONG else STRONG_LEANING)
    return likely[max(known, key=known.__getitem__)] if any(known.values()) else own


def foreign(text: str, *, own: str, expected: Collection[str] = ()) -> str | None:
    """The language of a text that is surely another than `own`; None for any doubt, as between neighbours in a short text."""
    words = " ".join(_NOT_WORDS.sub(" ", text[:LONGEST]).split())
    if sum(map(str.isalpha, words)) < LONG:
        return None
    scores = _scores(words)
    best = max(scores, key=scores.__getitem__)
    is_sure = best != _subtag(own) and scores[best] > CERTAIN and scores.get(_subtag(own), 0.0) < NO_DOUBT
    return _by_subtag(own, expected).get(best, best) if is_sure else None


def _script(words: str) -> str:
    """The script that most letters are in, by the first word of their names in Unicode."""
    names = Counter(_script_of(letter) for letter in words if letter.isalpha())
    return max(names, key=names.__getitem__, default="")


@lru_cache(maxsize=4096)  # the letters of a few alphabets, of which each text has hundreds
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _by_subtag(own: str, expected: Collection[str]) -> Mapping[str, str]:
    """The likely languages by the first part of their tags; of several with the same, the author's own counts."""
    return {_subtag(tag): tag for tag in (*LANGUAGES, *expected, own)}


def _subtag(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0].lower()


def _scores(text: str) -> dict[str, float]:
    """The likeliest languages of a single line, with how likely each is, 0 to 1."""
    is_shouted = sum(map(str.isupper, text)) > SHOUTED * sum(map(str.islower, text))
    labels, scores = _model().predict(text.lower() if is_shouted else text, k=MOST_LIKELY)
    return {label.removeprefix("__label__"): score for label, score in zip(labels, scores, strict=True)}


@cache
def _model() -> Model:
    """The recogniser; takes 20 MB and 0.2 s, once."""
    import fasttext  # noqa: PLC0415 - for those who need it

    model: Model = fasttext.load_model(str(MODEL))
    return model
