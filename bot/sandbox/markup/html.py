"""HTML as Telegram reads it (parse_mode HTML): a few tags become entities, everything else is an error.

The rules and the errors' words follow Telegram's documentation of HTML style and what its server answers.
Offsets in errors are bytes of the UTF-8 text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.markup.units import utf16_length
from bot.sandbox.refusing import RefusedError

SIMPLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "blockquote": "blockquote",
    "code": "code",
    "pre": "pre",
}
TAGS = {*SIMPLE_TAGS, "a", "tg-emoji", "tg-time"}
DATE_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot)(?![A-Za-z0-9]));?")
TAG_NAME = re.compile(r"<([^\s>]*)(?=[\s>])")
ATTRIBUTES = re.compile(r"((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
END_TAG = re.compile(r"</([^\s>]*)\s*>")
ATTRIBUTE = re.compile(r"\s*([^\s=>]+)\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)(?=\s|$)))?")
LAST_CHARACTER = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True)
class Tag:
    """A start tag that waits for its end: where its text begins, in UTF-16 code units."""

    name: str
    attributes: dict[str, str]
    offset: int
    start: int


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Turn HTML into text and MessageEntity objects, in the order of their ends; nothing is trimmed.

    Raises:
        RefusedError: "can't parse entities: …", with Telegram's reason.
    """
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.position = 0
        self.text = ""
        self.offset = 0
        self.open: list[Tag] = []
        self.entities: list[dict[str, Any]] = []

    def parse(self) -> tuple[str, list[dict[str, Any]]]:
        while self.position < len(self.source):
            if self.source.startswith("</", self.position):
                self.end_tag()
            elif self.source[self.position] == "<":
                self.start_tag()
            else:
                self.characters()
        if self.open:
            raise _error(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return self.text, self.entities

    def characters(self) -> None:
        """Take the text up to the next tag."""
        end = self.source.find("<", self.position)
        end = len(self.source) if end < 0 else end
        text = unescape(self.source[self.position : end])
        self.text += text
        self.offset += utf16_length(text)
        self.position = end

    def byte_offset(self) -> int:
        return len(self.source[: self.position].encode())

    def start_tag(self) -> None:
        start = TAG_NAME.match(self.source, self.position)
        if start is None:
            raise _error(f"Unclosed start tag at byte offset {self.byte_offset()}")
        name = start[1].lower()
        if name not in TAGS:
            raise _error(f'Unsupported start tag "{name}" at byte offset {self.byte_offset()}')
        found = ATTRIBUTES.match(self.source, start.end())
        if found is None:
            raise _error(f'Unclosed start tag "{name}" at byte offset {self.byte_offset()}')
        attributes = self.attributes(name, found[1])
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _error(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte_offset()}')
        if name == "tg-time" and not is_moment(attributes):
            raise _error(f'Tag "tg-time" has an invalid moment at byte offset {self.byte_offset()}')
        self.open.append(Tag(name, attributes, self.offset, len(self.text)))
        self.position = found.end()

    def attributes(self, tag: str, source: str) -> dict[str, str]:
        attributes = {}
        position = 0
        source = source.rstrip()
        while position < len(source):
            found = ATTRIBUTE.match(source, position)
            if found is None:
                raise _error(f'Empty attribute name in the tag "{tag}" at byte offset {self.byte_offset()}')
            value = next((group for group in found.groups()[1:] if group is not None), "")
            attributes[found[1]] = unescape(value)
            position = found.end()
        return attributes

    def end_tag(self) -> None:
        if not self.open:
            raise _error(f"Unexpected end tag at byte offset {self.byte_offset()}")
        found = END_TAG.match(self.source, self.position)
        if found is None:
            raise _error(f"Unclosed end tag at byte offset {self.byte_offset()}")
        tag = self.open.pop()
        name = found[1].lower()
        if name not in {"", tag.name}:
            where = f"at byte offset {self.byte_offset()}"
            raise _error(f'Unmatched end tag {where}, expected "</{tag.name}>", found "</{name}>"')
        if self.offset > tag.offset and (entity := self.entity(tag)):
            self.entities.append(entity | {"offset": tag.offset, "length": self.offset - tag.offset})
        self.position = found.end()

    def entity(self, tag: Tag) -> dict[str, Any] | None:
        """What a tag means for its text, without offset and length; None if nothing (a link to nowhere)."""
        attributes = tag.attributes
        if tag.name == "a":
            return link(attributes.get("href") or self.text[tag.start :])
        if tag.name in OF_TELEGRAM:
            return OF_TELEGRAM[tag.name](attributes)
        if tag.name == "blockquote" and "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        if tag.name == "pre" and (language := self.code_inside(tag)):
            return {"type": "pre", "language": language}
        if tag.name == "code" and attributes.get("class", "").startswith("language-"):
            return {"type": "code", "language": attributes["class"].removeprefix("language-")}
        return {"type": SIMPLE_TAGS[tag.name]}

    def code_inside(self, tag: Tag) -> str | None:
        """The language of a <code class="language-…"> that fills a <pre>; its own entity is dropped."""
        last = self.entities[-1] if self.entities else {}
        if last.get("type") == "code" and last["offset"] == tag.offset and last["length"] == self.offset - tag.offset:
            return self.entities.pop().get("language")
        return None


def is_moment(attributes: Mapping[str, str]) -> bool:
    """Whether a date-time has a Unix time and, if any, a format that Telegram knows."""
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    return re.fullmatch(r"\d{1,10}", unix) is not None and DATE_TIME_FORMAT.fullmatch(form) is not None


def moment(attributes: Mapping[str, str]) -> dict[str, Any]:
    """The entity for a moment."""
    form = attributes.get("format")
    return {"type": "date_time", "unix_time": int(attributes["unix"])} | ({"date_time_format": form} if form else {})


def emoji(attributes: Mapping[str, str]) -> dict[str, Any]:
    """The entity for an emoji of somebody's own."""
    return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}


OF_TELEGRAM = {"tg-emoji": emoji, "tg-time": moment}


def link(address: str) -> dict[str, Any] | None:
    """The entity for a link: None if Telegram would show mere text."""
    if mention := re.fullmatch(r"tg://user\?id=(\d+)", address):
        return {"type": "text_mention", "user": {"id": int(mention[1])}}
    if re.match(r"(?:https?|ftp|tg|ton|mailto|tel)://?\S", address, re.IGNORECASE) or "." in address:
        whole = address if ":" in address else f"http://{address}"
        return {"type": "text_link", "url": whole + "/" if re.fullmatch(r"https?://[^/?#]+", whole) else whole}
    return None


def unescape(text: str) -> str:
    """Replace the references that Telegram knows: four names and all numbers; others stay as they are."""

    def character(found: re.Match[str]) -> str:
        decimal, hexadecimal, name = found.groups()
        if name:
            return NAMED[name]
        code = int(decimal) if decimal else int(hexadecimal, 16)
        return chr(code) if 0 < code <= LAST_CHARACTER and code not in SURROGATES else found[0]

    return REFERENCE.sub(character, text)


def _error(reason: str) -> RefusedError:
    return RefusedError(f"can't parse entities: {reason}")
