"""Words as they are looked for (full-text search, tokenizer): the same for all ways to write them, in every script."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

LONGEST = 64  # characters of a word
MOST_WORDS = 10_000  # of one text, more than a message of Telegram's has letters
MOST_TERMS = 16  # of one search
BEGINNING = 3  # letters from which on a word that is begun is found: what begins with one or two is nearly everything

_DROPPED = {"Mn", "Mc", "Me", "Cf"}  # accents and vowel signs, joiners, marks of direction
_TATWEEL = 0x0640
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_LAST_WITH_MARKS = 0x20000  # beyond it, Unicode has ideographs and what nobody types
_SAME_LETTER = str.maketrans("ٱىةیک", "ايهيك")  # as people type them: alef, yeh and kaf in their forms, teh marbuta

_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_PIECES = re.compile(
    rf"(?P<run>[{_UNSPACED}]+)|(?P<word>[^\W_{_UNSPACED}]+)|(?P<sign>[\u2190-\u2bff\U0001f000-\U0001faff])"
)
# The article, alone or behind "and", "so", "with", "like", "for": it stands before most nouns, and nobody looks for it.
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_UNSPACED_LETTER = re.compile(rf"[{_UNSPACED}]")
_QUOTES = '"“”„‟«»「」『』'
_TERMS = re.compile(rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_QUOTES}]+)")


@dataclass(frozen=True)
class Term:
    """Words that must follow each other in a text; the last may be the beginning of a longer one if the term is `open`."""

    words: tuple[str, ...]
    open: bool


def words(text: str) -> list[str]:
    """The words of a text, in its order; where a script has no spaces, each two letters in a row, and the last by itself."""
    found: list[str] = []
    for piece in _pieces(text):
        found += piece if isinstance(piece, list) else [piece]
        if len(found) >= MOST_WORDS:
            break
    return found[:MOST_WORDS]


def is_unspaced(letter: str) -> bool:
    """Whether a letter is of a script that is written without spaces."""
    return _UNSPACED_LETTER.match(letter) is not None


def terms(query: str) -> list[Term]:
    """What somebody looks for: words or their beginnings, each by itself; in quotation marks whole words, as they follow each other.

    Empty where there is no word in it.
    """
    found = [
        _term(match["phrase"] or match["word"] or "", whole=match["word"] is None) for match in _TERMS.finditer(query)
    ]
    return [term for term in found if term.words][:MOST_TERMS]


def _term(text: str, *, whole: bool) -> Term:
    *before, final = [*_pieces(text)] or [""]
    looked_for: list[str] = []
    for piece in before:
        looked_for += piece if isinstance(piece, list) else [piece]
    if isinstance(final, list):
        # In a longer run its last letter doesn't stand by itself; a single one begins each pair that it stands in.
        return Term((*looked_for, *(final[:-1] or final)), open=len(final) == 1)
    return Term((*looked_for, final) if final else (), open=not whole and len(final) >= BEGINNING)


def _pieces(text: str) -> Iterator[str | list[str]]:
    """Words, and runs of letters without spaces as lists of their pairs, which end in the last letter."""
    for match in _PIECES.finditer(_folded(text)):
        run = match["run"]
        if run:
            yield [run[at : at + 2] for at in range(len(run))]
        else:
            yield _ARTICLE.sub("", match[0])[:LONGEST]


def _folded(text: str) -> str:
    """A text without what differs between ways to write the same."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).casefold()
    bare = _NOT_ASCII.sub(lambda run: run[0].translate(_table()), unicodedata.normalize("NFKD", bare))
    return unicodedata.normalize("NFC", bare)  # what of Hangul was taken apart is put together


@cache
def _table() -> dict[int, str | int | None]:
    """What is dropped, and what stands for another; digits of all scripts are the same."""
    table: dict[int, str | int | None] = dict(_SAME_LETTER)
    for code in range(0x80, _LAST_WITH_MARKS):
        letter = chr(code)
        if unicodedata.category(letter) in _DROPPED or code == _TATWEEL or code in _SKIN_TONES:
            table[code] = None
        elif (digit := unicodedata.decimal(letter, None)) is not None:
            table[code] = str(digit)
    return table
