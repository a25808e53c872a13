"""What people made bold or a link in Telegram (entities) becomes Markdown, the form in which authored texts are kept."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

_STARS = {"bold": "**", "italic": "*"}
_SPECIAL = re.compile(r"([\\*_`\[\]])")


@dataclass(frozen=True)
class Mark:
    """How Telegram marks a part of a text: bold, italic or text_link with its address; counted in UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str = ""


@dataclass(frozen=True)
class _Run:
    """Words that are marked alike; `stars` are what Markdown puts around them."""

    text: str
    stars: str
    url: str


def to_markdown(text: str, marks: Sequence[Mark]) -> str:
    """The text with its marks as Markdown; what else stands in it stays as it was typed, which may be Markdown as well."""
    if not any(mark.kind in {*_STARS, "text_link"} for mark in marks):
        return text
    units = text.encode("utf-16-le", "surrogatepass")
    places = sorted(
        {0, len(units) // 2} | {edge for mark in marks for edge in (mark.offset, mark.offset + mark.length)}
    )
    runs = [
        _run(units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"), start, marks)
        for start, end in pairwise(places)
    ]
    pieces = [(url, list(group)) for url, group in groupby(runs, key=lambda run: run.url)]
    around = _around(["".join(run.text for run in group) for _, group in pieces])
    said = ""
    for (url, group), (before, after) in zip(pieces, around, strict=True):
        if url:
            # An exclamation mark before a link would make a picture of it.
            said = f"{said[:-1]}\\!" if said.endswith("!") else said
        said += _link(group, url) if url else _starred(group, before, after, linked=False)
    return said


def _run(text: str, start: int, marks: Sequence[Mark]) -> _Run:
    over = [mark for mark in marks if mark.offset <= start < mark.offset + mark.length]
    kinds = {mark.kind for mark in over}
    stars = next((stars for kind, stars in _STARS.items() if kind in kinds), "")
    return _Run(text, stars, next((mark.url for mark in over if mark.kind == "text_link"), ""))


def _link(runs: list[_Run], url: str) -> str:
    start, words, end = _parted(_starred(runs, "", "", linked=True).replace("\n", " "))
    # Between angle brackets an address may hold parentheses.
    address = url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return f"{start}[{words}](<{address}>){end}" if words else start


def _starred(runs: list[_Run], before: str, after: str, *, linked: bool) -> str:
    pieces = [(stars, "".join(run.text for run in group)) for stars, group in groupby(runs, key=lambda run: run.stars)]
    around = _around([text for _, text in pieces], before, after)
    kinds = ["", *(stars for stars, _ in pieces), ""]
    said = []
    for index, ((stars, text), neighbours) in enumerate(zip(pieces, around, strict=True), start=1):
        escaped = _SPECIAL.sub(r"\\\1", text) if stars or linked else text
        # Between two kinds of stars nobody can tell which belongs to which: then bold stays.
        alone = not (kinds[index - 1] or kinds[index + 1])
        said.append(_marked(escaped, stars, *neighbours) if alone or stars == _STARS["bold"] else escaped)
    return "".join(said)


def _around(pieces: list[str], before: str = "", after: str = "") -> list[tuple[str, str]]:
    """The characters next to each piece."""
    lasts, firsts = [piece[-1:] for piece in pieces], [piece[:1] for piece in pieces]
    return list(zip([before, *lasts], [*firsts[1:], after], strict=False))


def _marked(text: str, stars: str, before: str, after: str) -> str:
    """The words between stars, where CommonMark takes these for marks; each line by itself."""
    if not stars:
        return text
    lines = text.split("\n")
    ends = [(before if not index else "", after if index == len(lines) - 1 else "") for index in range(len(lines))]
    return "\n".join(_line(line, stars, *end) for line, end in zip(lines, ends, strict=True))


def _line(text: str, stars: str, before: str, after: str) -> str:
    start, words, end = _parted(text)
    # Stars between a letter and a sign mark nothing: the sign goes outside.
    if _is_letter(start[-1:] or before):
        signs = re.match(r"(?:\\.|[^\w\\])*", words)
        start, words = start + (signs[0] if signs else ""), words[signs.end() if signs else 0 :]
    if _is_letter(end[:1] or after):
        signs = re.search(r"(?:\\.|[^\w\\])*$", words)
        at = signs.start() if signs else len(words)
        words, end = words[:at], words[at:] + end
    return f"{start}{stars}{words}{stars}{end}" if words else text


def _parted(text: str) -> tuple[str, str, str]:
    """The white space before, the words, the white space after."""
    words = text.strip()
    at = text.find(words) if words else len(text)
    return text[:at], words, text[at + len(words) :]


def _is_letter(character: str) -> bool:
    return bool(character) and not character.isspace() and unicodedata.category(character)[0] not in "PSZC"
