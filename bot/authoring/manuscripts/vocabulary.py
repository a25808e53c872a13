"""The vocabulary of manuscripts: what a heading or the label of a row means, whichever language it is written in, and which language one names."""

import re
import unicodedata
from functools import cache

from babel import Locale

from bot.authoring import keys
from bot.authoring.forms import nearest
from bot.authoring.languages import known_tag
from bot.authoring.manuscripts.terms import ALL_QUESTIONS, WORDS
from bot.i18n import LANGUAGES, SOURCE, endonym, locale_of

TEXT_KEYS = frozenset({"title", "summary", "concept_note", "rules", "text", "follow_up", "about", "notes"})
"""What is said in some language."""
ALIKE = frozenset({"url", "link", "recording"})
"""What is the same in every language, though it may stand among the texts."""

_TAG_IN_PARENTHESES = re.compile(r"(.*?)\s*[(\uff08[]\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\s*[)\uff09\]]\s*")
_NAMES_OF_VERSIONS = re.compile(r"^(?:(?:version|versión|versão)\s+(?:en\s+|em\s+)?|in\s+|en\s+|на\s+)|\s+version$")
LONGEST_HEADING = 60  # characters; what is longer names no language


def fold(text: str) -> str:
    """What two spellings of a heading share: no case, accents, vowel marks, punctuation at the ends, or blanks in excess."""
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(each for each in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(each))
    return " ".join(re.sub(r"[-_\u2010-\u2015]", " ", bare).split()).strip(" .:*#،。")


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """The keys that a word may stand for."""
    found: dict[str, tuple[str, ...]] = {}
    for words in WORDS.values():
        for key, alternatives in words.items():
            for word in alternatives.split(" / "):
                found[fold(word)] = tuple(dict.fromkeys((*found.get(fold(word), ()), key)))
    for key in keys.ALL:
        found[fold(key)] = tuple(dict.fromkeys((*found.get(fold(key), ()), key)))
    return found


@cache
def _speakers() -> dict[str, frozenset[str]]:
    """The languages in which a word is written so."""
    found: dict[str, frozenset[str]] = {}
    for language, words in WORDS.items():
        for alternatives in words.values():
            for word in alternatives.split(" / "):
                found[fold(word)] = found.get(fold(word), frozenset()) | {language}
    return found


@cache
def _asking() -> re.Pattern[str]:
    """How a line begins that names a question, or all of them."""
    words = {word for each in WORDS.values() for key in ("questions", ALL_QUESTIONS) for word in each[key].split(" / ")}
    longer = sorted((re.escape(word) for word in words if len(word) > 1), key=len, reverse=True)
    return re.compile(rf"^(?:[^\w\n]|[\d_]){{0,8}}(?:{'|'.join(longer)})", re.IGNORECASE | re.MULTILINE)


def may_ask(text: str) -> bool:
    """Whether a line of a text may name a question: looked at first, since most messages have none."""
    return _asking().search(text) is not None


def meanings(word: str) -> tuple[str, ...]:
    """The keys, or parts of a document, that a word may stand for; none for any other word."""
    return _meanings().get(fold(word), ())


def speakers(word: str) -> frozenset[str]:
    """The languages whose word this is."""
    return _speakers().get(fold(word), frozenset())


def written(key: str, language: str) -> str:
    """The word for a key in a language, in English where it isn't known, else the key."""
    known = WORDS.get(language, {}).get(key) or WORDS[SOURCE].get(key) or key
    return known.split(" / ", maxsplit=1)[0]


def nearest_word(word: str) -> str:
    """The word that was probably meant, or nothing."""
    found = nearest(fold(word), _meanings())
    return next(
        (
            each
            for words in WORDS.values()
            for alternatives in words.values()
            for each in alternatives.split(" / ")
            if fold(each) == found
        ),
        found,
    )


@cache
def _languages() -> dict[str, str]:
    """The tag of each language by its name in itself and in every shipped language."""
    shipped = {name: tag for tag in LANGUAGES for name in (endonym(tag),)}
    named = {
        name: tag.replace("_", "-")
        for speaker in LANGUAGES
        for tag, name in locale_of(speaker).languages.items()
        if "_" not in tag
    }
    own = {str(Locale(tag).get_display_name(tag)): tag for tag in ("pt", "de", "it", "nl", "sw", "tr", "uk")}
    shipped_names = {
        locale_of(speaker).languages.get(tag.split("-")[0], ""): tag for speaker in LANGUAGES for tag in LANGUAGES
    }
    return {fold(name): tag for name, tag in (named | own | shipped_names | shipped).items() if name}


def language_named(text: str) -> str | None:
    """The language (BCP 47) that a heading names: "Español", "French (fr)", "pt-BR", "Version française"; None for any other."""
    text = text.strip().rstrip(":").strip()
    if not text or len(text) > LONGEST_HEADING:
        return None
    parted = _TAG_IN_PARENTHESES.fullmatch(text)
    name, tag = (parted[1], parted[2]) if parted else (text, text)
    named = _languages().get(_NAMES_OF_VERSIONS.sub("", fold(name)))
    return (known_tag(tag) if parted or named is None else None) or named
