"""Where a text may be cut: at a paragraph, line, sentence or word, and never inside what a reader sees as one character."""

import re
import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"
# A cut below this share of the room is passed over for a lesser break: no message of one heading.
_LEAST_SHARE = 0.25
# Unicode's stream-safe format allows 30 marks on a letter; what goes on for longer is noise, and may be cut.
_LONGEST_CLUSTER = 64
_ZERO_WIDTH_JOINER = "\u200d"
_VIRAMA_CLASS = 9
_MARKS = frozenset({"Mn", "Mc", "Me"})
# What continues the character before it without being a mark: ZWNJ, ZWJ, half-width voicing, jamo, skin tones, tags.
_CONTINUES = re.compile("[\u200c\u200d\uff9e\uff9f\u1160-\u11ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")

# Each pattern matches, without width, where a piece may end; from the best kind of break to the least.
_PARAGRAPH = re.compile(r"(?<!\n)(?=\n[ \t]*\n)")
_LINE = re.compile(r"(?<!\n)(?=\n)")
_SENTENCE = re.compile(
    # A full stop, perhaps with a closing quotation mark or bracket, before white space.
    r"(?:(?<=[.!?…؟۔])|(?<=[.!?…؟۔][\"'»”’)\]]))(?=\s)"  # noqa: RUF001 - the Urdu full stop
    # Chinese and Japanese stops need no white space after them.
    r"|(?:(?<=[。！？])|(?<=[。！？][」』”’）]))(?![。！？」』”’）])"  # noqa: RUF001 - full-width on purpose
)
_WORD = re.compile(r"(?<!\s)(?=\s)|(?<=[，、；：])")  # noqa: RUF001 - Chinese and Japanese punctuation
_BREAKS = (_PARAGRAPH, _LINE, _SENTENCE, _WORD)


def length(text: str) -> int:
    """UTF-16 units, by which Telegram counts a message."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> Iterator[str]:
    """What a reader sees as single characters: letters with their marks, flags, emoji sequences."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or position - start >= _LONGEST_CLUSTER or not _continues(text, start, position):
            yield text[start:position]
            start = position


def _continues(text: str, start: int, position: int) -> bool:
    before, character = text[position - 1], text[position]
    if character.isascii():
        return before == "\r" and character == "\n"
    if _CONTINUES.match(character) or unicodedata.category(character) in _MARKS:
        return before not in "\r\n"
    if before == _ZERO_WIDTH_JOINER:
        return True
    if _FLAG_LETTER.match(character):
        return position - start == 1 and bool(_FLAG_LETTER.match(before))
    return unicodedata.combining(before) == _VIRAMA_CLASS


def cut(text: str, start: int, room: int, *, words_only: bool = False) -> int:
    """Where the piece from `start` ends that takes up at most `room` UTF-16 units (at least one character, whatever its width)."""
    if length(text[start:]) <= room:
        return len(text)
    boundaries = _boundaries(text, start, room)
    last = boundaries[-1]
    if last == len(text):
        return last
    allowed = frozenset(boundaries)
    least = start + max(1, int((last - start) * _LEAST_SHARE))
    for pattern in (_WORD,) if words_only else _BREAKS:
        best = _last_break(pattern, text, least, last)
        if best in allowed:
            return best
    return last


def _boundaries(text: str, start: int, room: int) -> list[int]:
    """The ends of the characters that fit; a window, because the text after it may be long."""
    window = text[start : start + room + _LONGEST_CLUSTER]
    ends: list[int] = []
    end = start
    for grapheme in graphemes(window):
        room -= length(grapheme)
        if room < 0 and ends:
            break
        end += len(grapheme)
        ends.append(end)
    return ends or [start]


def _last_break(pattern: re.Pattern[str], text: str, least: int, last: int) -> int | None:
    best = None
    for match in pattern.finditer(text, least):
        if match.end() > last:
            break
        best = match.end()
    return best


def excerpt(text: str, limit: int) -> str:
    """The text's beginning in at most `limit` UTF-16 units, cut at a word's end and closed by an ellipsis; whole when it fits."""
    if length(text) <= limit:
        return text
    end = cut(text, 0, limit - len(ELLIPSIS), words_only=True)
    return text[:end].rstrip(" \n\t,;:–—-،؛，；：、") + ELLIPSIS  # noqa: RUF001 - what a sentence may pause on
