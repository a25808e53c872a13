"""A text too long for one message becomes several, each with its own tags whole."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.markup.cleaning import escape
from bot.markup.cutting import ELLIPSIS, cut, excerpt, length
from bot.markup.rendering import to_html

# Bot API, sendMessage: 1-4096 UTF-16 units after entities parsing.
MESSAGE_LIMIT = 4096
NOTE_HEAD = 900

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^>]*>")
_SECTION = re.compile(r"\n\n(?=<b>[^\n]*</b>\n\n)")
_BLOCKQUOTE = re.compile(r"</?blockquote[^>]*>")
# Of the white space at a cut, a code block's indentation stays: it belongs to the next line.
_GAP = re.compile(r"(?:[ \t]*\n)+|\s*")


def visible(marked: str) -> str:
    """What a reader sees of HTML: the text after entities parsing, which Telegram's limits count."""
    return html.unescape(_TAG.sub("", marked))


def plain(markdown: str) -> str:
    """What a reader sees of Markdown where nothing can be marked, as on a button or in a list."""
    return visible(to_html(markdown))


def shortened(marked: str, limit: int) -> str:
    """The beginning of HTML in at most `limit` visible UTF-16 units, its tags whole, cut at a word's end and closed by an ellipsis."""
    text, tags = _parsed(marked)
    if length(text) <= limit:
        return marked
    shown = excerpt(text, limit).removesuffix(ELLIPSIS)
    (piece,) = _assembled(text, tags, iter([(0, len(shown))]))
    return piece + ELLIPSIS


def split(marked: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """HTML in pieces of at most `limit` visible UTF-16 units, cut at paragraph ends, else at a line, sentence or word.

    A tag open at a cut is closed before it and opened again after it. Nothing visible gives no piece.
    """
    return _split(marked, limit, limit)


def long_note(marked: str) -> list[str]:
    """The messages of a concept note: up to 900 visible units at once, and what exceeds them folded away, whole sections of it."""
    pieces = _split(marked, _head(marked), MESSAGE_LIMIT - NOTE_HEAD - 1)
    folded = [_fold(piece) for piece in pieces[1:]]
    return ["\n".join(pieces[:1] + folded[:1]), *folded[1:]] if pieces else []


def _head(marked: str) -> int:
    """How much of a note stands at once: all before the last section that begins in time, below its title and first paragraph."""
    if length(visible(marked)) <= NOTE_HEAD:
        return NOTE_HEAD
    before = [marked[: section.start()] for section in _SECTION.finditer(marked)]
    rooms = [length(visible(head)) for head in before if "\n\n" in head]
    return max((room for room in rooms if room <= NOTE_HEAD), default=NOTE_HEAD)


def _fold(marked: str) -> str:
    # Telegram nests no quotation in another.
    return f"<blockquote expandable>{_BLOCKQUOTE.sub('', marked)}</blockquote>"


def _split(marked: str, first: int, limit: int) -> list[str]:
    text, tags = _parsed(marked)
    return list(_assembled(text, tags, _spans(text, first, limit)))


@dataclass(frozen=True)
class _Tag:
    at: int
    name: str
    source: str
    closing: bool


def _parsed(marked: str) -> tuple[str, list[_Tag]]:
    """The visible text, and each tag with its place in it."""
    pieces: list[str] = []
    tags: list[_Tag] = []
    at = position = 0
    for match in _TAG.finditer(marked):
        piece = html.unescape(marked[position : match.start()])
        pieces.append(piece)
        at += len(piece)
        position = match.end()
        tags.append(_Tag(at, match[2], match[0], closing=bool(match[1])))
    pieces.append(html.unescape(marked[position:]))
    return "".join(pieces), tags


def _spans(text: str, room: int, limit: int) -> Iterator[tuple[int, int]]:
    """The pieces' places in the text, without the white space between them; the first has `room`, the others `limit`."""
    size = len(text.rstrip())
    start = len(text) - len(text.lstrip())
    while start < size:
        end = cut(text, start, room)
        yield start, start + len(text[start:end].rstrip())
        gap = _GAP.match(text, end)
        start = gap.end() if gap else end
        room = limit


def _assembled(text: str, tags: list[_Tag], spans: Iterator[tuple[int, int]]) -> Iterator[str]:
    waiting = iter(tags)
    tag = next(waiting, None)
    opened: list[_Tag] = []
    for start, end in spans:
        while tag and tag.at <= start:
            _turn(opened, tag)
            tag = next(waiting, None)
        piece = [each.source for each in opened]
        position = start
        while tag and (tag.at < end or (tag.closing and tag.at == end)):
            piece += escape(text[position : tag.at]), tag.source
            position = tag.at
            _turn(opened, tag)
            tag = next(waiting, None)
        piece.append(escape(text[position:end]))
        piece += [f"</{each.name}>" for each in reversed(opened)]
        yield "".join(piece)


def _turn(opened: list[_Tag], tag: _Tag) -> None:
    if not tag.closing:
        opened.append(tag)
    elif opened:
        opened.pop()
