"""A Word file (.docx) is read: paragraphs with what is bold, a link or a list as Markdown, and tables, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.authoring.faults import Code, Position, Unreadable
from bot.authoring.manuscripts.blocks import TITLE_LEVEL, Block, Documented, Shape, TableBlock, joined
from bot.authoring.manuscripts.entries import Findings
from bot.authoring.manuscripts.grids import Cell, Row
from bot.authoring.manuscripts.lists import Lists
from bot.markup import Mark, length, to_markdown

MOST_PARAGRAPHS = 5_000
_ABOVE_TEXTS = 2  # levels of headings that are the document's, above those of a text in a table
_FIRST_WORDS = 40  # characters by which a paragraph is found
_LONGEST_STANDING_OUT = 200
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_FIELD_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"')
_PASSED_THROUGH = {
    qn(f"w:{name}") for name in ("ins", "smartTag", "sdt", "sdtContent", "moveTo", "fldSimple", "bdo", "dir")
}
_CONTAINERS = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")}
_BREAKS = {qn("w:br"), qn("w:cr")}
_LEFT_OUT = {
    qn("w:drawing"): Code.PICTURE_LEFT_OUT,
    qn("w:pict"): Code.PICTURE_LEFT_OUT,
    qn("w:object"): Code.PICTURE_LEFT_OUT,
    qn("w:footnoteReference"): Code.NOTE_LEFT_OUT,
    qn("w:endnoteReference"): Code.NOTE_LEFT_OUT,
    qn("w:sym"): Code.PICTURE_LEFT_OUT,
}
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@dataclass
class _Line:
    """The words of a paragraph as they are gathered, with their marks and links."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[Code] = field(default_factory=list)
    field_link: str = ""
    all_bold: bool = True

    def say(self, text: str, *, bold: bool, italic: bool, link: str) -> None:
        """Add words of one look."""
        offset, size = length(self.text), length(text)
        kinds = (("bold", bold), ("italic", italic), ("text_link", bool(link)))
        self.marks += [Mark(kind, offset, size, link) for kind, holds in kinds if holds and text]
        if link and text:
            self.links.append((text, link))
        self.all_bold = self.all_bold and (bold or not text.strip())
        self.text += text


def read(content: bytes, findings: Findings) -> list[Documented]:
    """The blocks of a Word file, from its beginning to its end; what can't be taken is noted."""
    document = Document(BytesIO(content))
    return list(_Reader(document, findings).blocks())


class _Reader:
    def __init__(self, document: Any, findings: Findings) -> None:
        self._document, self._findings = document, findings
        self._lists = Lists(document)
        self._paragraphs = 0
        self._tables = 0

    def blocks(self) -> Iterator[Documented]:
        for element in _flow(self._document.element.body):
            if element.tag == qn("w:tbl"):
                yield self._table(element)
            else:
                self._paragraphs += 1
                block = self._block(element, Position(paragraph=self._paragraphs))
                if block is not None:
                    yield block

    def _block(self, element: Any, spot: Position) -> Block | None:
        if len(self._findings.spots) > MOST_PARAGRAPHS:
            raise Unreadable(Code.TOO_LONG_TO_READ, 0, 0, limit=MOST_PARAGRAPHS)
        paragraph = Paragraph(element, self._document)
        if (paragraph.style.name if paragraph.style else "").lower().startswith("toc"):
            return None  # a table of contents says all headings again
        line = self._line(paragraph)
        words = line.text.strip()
        if not words and not line.left_out:
            return None
        at = self._findings.stands(_named(spot, words))
        for code in dict.fromkeys(line.left_out):
            self._findings.note(code, at)
        if not words:
            return None
        shape, level = self._look(paragraph)
        stands_out = shape is Shape.TEXT and line.all_bold and len(words) <= _LONGEST_STANDING_OUT and "\n" not in words
        markdown = to_markdown(line.text, line.marks).strip().replace("\n", "\\\n")
        return Block(markdown, words, shape, level, at, stands_out, line.links)

    def _look(self, paragraph: Any) -> tuple[Shape, int]:
        style = paragraph.style
        while style is not None:
            name = style.name or ""
            if name == "Title":
                return Shape.HEADING, TITLE_LEVEL
            if found := _HEADING.fullmatch(name):
                return Shape.HEADING, int(found[1])
            if name in {"Quote", "Intense Quote"}:
                return Shape.QUOTE, 0
            style = style.base_style
        return self._lists.look_of(paragraph)

    def _line(self, paragraph: Any) -> _Line:
        line = _Line()
        self._gather(paragraph, paragraph._p, "", line)  # noqa: SLF001 - python-docx passes over what was inserted in a review
        return line

    def _gather(self, paragraph: Any, parent: Any, link: str, line: _Line) -> None:
        for element in parent:
            if element.tag == qn("w:r"):
                self._say(paragraph, element, link, line)
            elif element.tag == qn("w:hyperlink"):
                relation = element.get(qn("r:id"))
                known = self._document.part.rels.get(relation) if relation else None
                self._gather(paragraph, element, known.target_ref if known is not None else "", line)
            elif element.tag in _PASSED_THROUGH:
                self._gather(paragraph, element, link, line)
            elif element.tag.startswith(_FORMULA):
                line.left_out.append(Code.PICTURE_LEFT_OUT)

    def _say(self, paragraph: Any, element: Any, link: str, line: _Line) -> None:
        run = Run(element, paragraph)
        style = run.style.name if run.style is not None else ""
        bold = run.bold if run.bold is not None else style == "Strong"
        italic = run.italic if run.italic is not None else style == "Emphasis"
        if (run.font.strike or run.font.hidden) and run.text.strip():
            line.left_out.append(Code.STRUCK_OUT)
        for part in element:
            _follow_field(part, line)
            line.say(_words(part), bold=bool(bold), italic=bool(italic), link=link or line.field_link)
            if part.tag in _LEFT_OUT:
                line.left_out.append(_LEFT_OUT[part.tag])
            for inner in part.iter(qn("w:txbxContent")):
                line.left_out.append(Code.BOX_LEFT_OUT if "".join(inner.itertext()).strip() else Code.PICTURE_LEFT_OUT)

    def _table(self, element: Any) -> TableBlock:
        self._tables += 1
        at = self._findings.stands(Position(table=self._tables))
        rows = [self._row(row, number) for number, row in enumerate(element.iterchildren(qn("w:tr")), start=1)]
        return TableBlock(rows, at)

    def _row(self, element: Any, number: int) -> Row:
        cells: dict[int, Cell] = {}
        for column, cell in enumerate(element.iterchildren(qn("w:tc"))):
            spot = Position(table=self._tables, row=number, column=column + 1)
            if cell.find(qn("w:tbl")) is not None:
                self._findings.note(Code.TABLE_NOT_UNDERSTOOD, self._findings.stands(spot))
            blocks = [block for each in _flow(cell) if each.tag == qn("w:p") and (block := self._block(each, spot))]
            if not blocks:
                continue
            if _is_merged(cell):
                self._findings.note(Code.MERGED_CELLS, blocks[0].at)
            blocks = [
                replace(block, level=max(1, block.level - _ABOVE_TEXTS)) if block.shape is Shape.HEADING else block
                for block in blocks
            ]
            cells[column] = Cell(joined(blocks), "\n".join(block.words for block in blocks), blocks[0].at)
        return cells


def _flow(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in their order, those in content controls and in what was inserted too."""
    for element in parent:
        if element.tag in {qn("w:p"), qn("w:tbl")}:
            yield element
        elif element.tag in _CONTAINERS:
            yield from _flow(element)


def _words(part: Any) -> str:
    if part.tag == qn("w:t"):
        return part.text or ""
    if part.tag in _BREAKS:
        return "" if part.get(qn("w:type")) in {"page", "column"} else "\n"
    return {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-"}.get(part.tag, "")


def _follow_field(part: Any, line: _Line) -> None:
    """A link that is written as a field: its instruction begins it, its end ends it."""
    if part.tag == qn("w:instrText"):
        found = _FIELD_LINK.search(part.text or "")
        line.field_link = found[1] if found else line.field_link
    elif part.tag == qn("w:fldChar") and part.get(qn("w:fldCharType")) == "end":
        line.field_link = ""


def _is_merged(cell: Any) -> bool:
    properties = cell.find(qn("w:tcPr"))
    return properties is not None and any(
        properties.find(qn(f"w:{name}")) is not None for name in ("vMerge", "gridSpan")
    )


def _named(spot: Position, words: str) -> Position:
    return replace(spot, words=words[:_FIRST_WORDS])
