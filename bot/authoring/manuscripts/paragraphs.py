"""A plain text, pasted or from a file, as paragraphs: a line for a heading, an item or a paragraph, as word processors give it away."""

import re

from bot.authoring.faults import Position
from bot.authoring.manuscripts.blocks import Block, Shape
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.openings import opening

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*")
_STANDING_OUT = re.compile(r"(\*\*|__)([^*_]+)\1:?")
_ITEM = re.compile(r"(\s*)(?:([-*•·◦▪–])|(\d{1,2})[.)])\s+(.+)")
_LINK = re.compile(r"\[([^\]]*)\]\(<?([^)>\s]+)>?\)")
_INDENT = 2  # blanks, at least, by which an item stands below another
_FIRST_WORDS = 40


def paragraphs(text: str, findings: Findings) -> list[Block]:
    """The paragraphs of a text. Lines that follow each other stay together, unless one is a heading or an item."""
    found: list[Block] = []
    lines: list[str] = []
    first = 0
    for number, line in enumerate([*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""], start=1):
        block = _of_one_line(line, number, findings)
        if lines and (block is not None or not line.strip()):
            found.append(_text(lines, first, findings))
            lines = []
        if block is not None:
            found.append(block)
        elif line.strip():
            first = first if lines else number
            lines.append(line)
    return found


def _of_one_line(line: str, number: int, findings: Findings) -> Block | None:
    """A heading, an item, or a line that opens something."""
    words = line.strip()
    heading, item, standing_out = _HEADING.fullmatch(words), _ITEM.fullmatch(line), _STANDING_OUT.fullmatch(words)
    if heading:
        return Block(heading[2], heading[2], Shape.HEADING, len(heading[1]), _at(number, words, findings))
    if item:
        shape = Shape.BULLET if item[2] else Shape.NUMBER
        return Block(
            item[4], _plain(item[4]), shape, len(item[1]) // _INDENT, _at(number, words, findings), links=_links(words)
        )
    if standing_out:
        return Block(words, standing_out[2].strip(), Shape.TEXT, 0, _at(number, words, findings), stands_out=True)
    block = Block(words, _plain(words), Shape.TEXT, 0, 0, links=_links(words))
    if words and opening(block):
        return Block(words, block.words, Shape.TEXT, 0, _at(number, words, findings), links=block.links)
    return None


def _text(lines: list[str], number: int, findings: Findings) -> Block:
    markdown = "\n".join(line.rstrip() for line in lines).strip()
    return Block(markdown, _plain(markdown), Shape.TEXT, 0, _at(number, markdown, findings), links=_links(markdown))


def _at(number: int, words: str, findings: Findings) -> int:
    return findings.stands(Position(line=number, words=words[:_FIRST_WORDS]))


def _links(markdown: str) -> tuple[tuple[str, str], ...]:
    return tuple((words, address) for words, address in _LINK.findall(markdown))


def _plain(markdown: str) -> str:
    return _LINK.sub(r"\1", markdown).replace("**", "")
