"""What leaves the bot, as words: its requests with the files that travel in them, unpacked and decoded, whatever their format."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from bot.sandbox.bot_api import Request
from bot.sandbox.requests import Upload

ADDRESSES = {"chat_id", "user_id", "scope"}  # to whom Telegram is to bring it: shown to nobody
TAG, ESCAPED = re.compile(r"<[^>]*>"), re.compile(r"\\u([0-9a-fA-F]{4})")

OBJECT = re.compile(rb"(\d+) 0 obj\n<<([^\n]*)>>\nstream\n(.*?)\nendstream", re.DOTALL)
PACKED = re.compile(rb"/Type /ObjStm/N (\d+)/First (\d+)")
UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
FONT = re.compile(rb"/(\w+) (\d+) 0 R")
GLYPH = re.compile(r"<([0-9a-f]{4})> <([0-9a-f]+)>")
SHOWN = re.compile(r"/(\w+) \S+ Tf|\[(.*?)\] TJ|<([0-9a-f]+)> Tj")


@dataclass(frozen=True)
class Output:
    """Something that left the bot: for one chat, or (None) for whoever hosts it."""

    source: str
    reader: int | None
    words: str


def sent(requests: Iterable[Request]) -> Iterator[Output]:
    """What was asked of Telegram, and each file that went with it, by its name."""
    for number, (method, values) in enumerate(requests):
        reader = values.get("chat_id")
        shown = {name: value for name, value in values.items() if name not in ADDRESSES}
        yield Output(f"{method} {number}", reader, "\n".join(_words(shown)))
        for upload in _uploads(shown):
            yield from (Output(name, reader, words) for name, words in unpacked(upload.file_name, upload.content))


def _words(value: object) -> Iterator[str]:
    match value:
        case Upload():
            yield value.file_name
        case Mapping():
            for name, each in value.items():
                yield from (str(name), *_words(each))
        case list():
            for each in value:
                yield from _words(each)
        case _:
            yield str(value)


def _uploads(value: object) -> Iterator[Upload]:
    match value:
        case Upload():
            yield value
        case Mapping():
            yield from (upload for each in value.values() for upload in _uploads(each))
        case list():
            yield from (upload for each in value for upload in _uploads(each))


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """The words of a file: as they stand, without the marks between them, and of those packed in it, by their paths."""
    if content.startswith(b"%PDF"):
        yield name, pdf(content)
    elif zipfile.is_zipfile(BytesIO(content)):
        archive = zipfile.ZipFile(BytesIO(content))
        for each in archive.namelist():
            yield from unpacked(f"{name}/{each}", archive.read(each))
    else:
        text = content.decode(errors="replace")
        spelled = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        yield name, "\n".join([text, html.unescape(TAG.sub("", text)), spelled])


def pdf(content: bytes) -> str:
    """What a reader of a PDF sees and hears: its glyphs by their fonts' own tables, and what is said of the whole."""
    streams = {int(number): (head, _inflated(body)) for number, head, body in OBJECT.findall(content)}
    objects = dict(_packed_objects(streams.values()))
    tables = {number: _glyphs(streams, body) for number, body in objects.items() if b"/ToUnicode" in body}
    fonts = {
        name.decode(): tables[int(number)]
        for body in objects.values()
        for name, number in FONT.findall(body)
        if int(number) in tables
    }
    pages = [_shown(body.decode("latin-1"), fonts) for _, body in streams.values() if b" Tf" in body]
    about = [body.decode("latin-1") for body in objects.values()]
    said = [body.decode(errors="replace") for head, body in streams.values() if b"/Metadata" in head]
    return "\n".join([*pages, *about, *said])


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompress(body)
    except zlib.error:
        return body


def _packed_objects(streams: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[int, bytes]]:
    for head, body in streams:
        if packed := PACKED.search(head):
            count, first = int(packed[1]), int(packed[2])
            numbers = [int(each) for each in body[:first].split()][: 2 * count]
            starts = [*(first + each for each in numbers[1::2]), len(body)]
            for number, start, end in zip(numbers[::2], starts, starts[1:], strict=False):
                yield number, body[start:end]


def _glyphs(streams: Mapping[int, tuple[bytes, bytes]], font: bytes) -> dict[str, str]:
    table = UNICODE.search(font)
    assert table is not None
    pairs = GLYPH.findall(streams[int(table[1])][1].decode())
    return {glyph: bytes.fromhex(meant).decode("utf-16-be") for glyph, meant in pairs}


def _shown(page: str, fonts: Mapping[str, Mapping[str, str]]) -> str:
    lines: list[str] = []
    font: Mapping[str, str] = {}
    for name, several, one in SHOWN.findall(page):
        if name:
            font = fonts.get(name, {})
            continue
        glyphs = "".join(re.findall(r"<([0-9a-f]+)>", several)) or one
        lines.append("".join(font.get(glyphs[at : at + 4], "") for at in range(0, len(glyphs), 4)))
    return "\n".join(lines)
