"""A Summary as a Word document: real headings and lists, each text marked with its language and direction."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from bot.features.summary.reports.pages import direction
from bot.features.summary.texts.summary import SummaryPage, Text
from bot.i18n import CJK, RIGHT_TO_LEFT, right_to_left, script
from bot.paper import authored
from bot.paper.authored import Run

# Fonts that Word has everywhere, one for each kind of script.
_LATIN, _ARABIC, _CHINESE = "Calibri", "Arial", "Microsoft YaHei"
_LINK_BLUE = RGBColor(0x1A, 0x54, 0x90)
STYLES = {"text": "Normal", "heading": "Heading 3", "bullet": "List Bullet", "number": "List Number", "quote": "Quote"}
Cell = Sequence[tuple[str, Sequence[Run]]]  # paragraphs, each with its style
_UPRIGHT = RIGHT_TO_LEFT | CJK  # scripts that know no italics
# What follows w:bidi in a paragraph's properties, by the schema.
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents",
    "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId",
    "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
_LANGUAGE_TAGS = {
    "ar": "ar-SA",
    "zh-Hans": "zh-CN",
    "en": "en-US",
    "es": "es-ES",
    "fr": "fr-FR",
    "ru": "ru-RU",
    "pt": "pt-BR",
}


def as_docx(pages: Sequence[SummaryPage]) -> bytes:
    """The Summaries as one Word document (.docx), each from a page of its own."""
    writer, first = Writer(pages[0].language), pages[0]
    for page in pages:
        writer.begin(page.language)
        _write(writer, page)
    return writer.written(title=first.headed(first.kind, authored.plain(first.title.markdown)))


def _write(writer: "Writer", page: SummaryPage) -> None:
    writer.text("Title", replace(page.title, markdown=page.headed(page.kind, page.title.markdown)))
    writer.paragraph("Normal", page.dates)
    writer.paragraph("Subtitle", page.label)
    writer.paragraph("Normal", page.status)
    if page.background.markdown:
        writer.paragraph("Heading 1", page.background_heading)
        writer.blocks(page.background)
    for chapter in page.chapters:
        writer.text("Heading 1", chapter.heading)
        writer.runs("Normal", [Run(chapter.label, bold=True)], page.language, with_next=True)
        writer.texts("List Bullet", chapter.bullets)
        if chapter.empty:
            writer.paragraph("Normal", chapter.empty)
    if page.further:
        writer.paragraph("Heading 1", page.further_heading)
        writer.texts("List Bullet", page.further)
    if page.method:
        writer.paragraph("Heading 1", page.method_heading)
    for line in page.method:
        writer.paragraph("Normal", line)
    if page.quotes:
        writer.paragraph("Heading 1", page.quotes_heading)
    for quote in page.quotes:
        writer.quote(quote.text, quote.language, quote.credit)


class Writer:
    """Writes a document from its beginning to its end."""

    def __init__(self, language: str) -> None:
        self._document, self._language, self._begins = Document(), language, False
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 3", "Quote"):
            _dress(self._document.styles[name], language)
        _outline(self._document.styles["Title"])
        self._document.styles["Normal"].font.size = Pt(11)
        quote = self._document.styles["Quote"]
        quote.font.italic, quote.paragraph_format.left_indent = False, Cm(1)
        quote.paragraph_format.space_after = Pt(0)

    def begin(self, language: str) -> None:
        """What follows is in a language, and from the second on it begins a page."""
        self._language, self._begins = language, bool(self._document.paragraphs)

    def paragraph(self, style: str, text: str) -> None:
        """Add a paragraph in the document's own language."""
        self.runs(style, [Run(text)], self._language)

    def texts(self, style: str, texts: Iterable[Text]) -> None:
        """Add a paragraph for each text."""
        for text in texts:
            self.text(style, text)

    def text(self, style: str, text: Text) -> None:
        """Add a text of one paragraph, with the note on its language."""
        paragraph = self.runs(style, authored.runs(text.markdown), text.language)
        if text.note:
            self._add(paragraph, Run(f" ({text.note})", italic=True), self._language)

    def quote(self, text: str, language: str, credit: str) -> None:
        """Add words as they were said, and who said them."""
        self.runs("Quote", [Run(text)], language, with_next=True)
        below = self.runs("Normal", [Run(credit, italic=True)], self._language)
        if direction(language) != direction(self._language):
            below.alignment = WD_ALIGN_PARAGRAPH.RIGHT  # where a line of its own direction ends: on the quote's side

    def blocks(self, text: Text) -> None:
        """Add a text of several paragraphs."""
        for paragraph in authored.paragraphs(text.markdown):
            self.runs(STYLES[paragraph.style], paragraph.runs, text.language)
        if text.note:
            self.runs("Normal", [Run(f"({text.note})", italic=True)], self._language)

    def runs(self, style: str, runs: Iterable[Run], language: str, *, with_next: bool = False) -> Paragraph:
        """Add a paragraph of runs; `with_next` keeps it on the page of the one below."""
        paragraph = self._document.add_paragraph(style=style)
        if self._begins:
            paragraph.paragraph_format.page_break_before, self._begins = True, False
        return self._fill(paragraph, runs, language, with_next=with_next)

    def table(self, rows: Sequence[Sequence[Cell]], languages: Sequence[str]) -> None:
        """Add a table; `languages` are those of its columns."""
        table = self._document.add_table(rows=0, cols=len(languages), style="Table Grid")
        for row in rows:
            for cell, paragraphs, language in zip(table.add_row().cells, row, languages, strict=True):
                for number, (style, runs) in enumerate(paragraphs):
                    paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
                    paragraph.style = style
                    self._fill(paragraph, runs, language)

    def _fill(self, paragraph: Paragraph, runs: Iterable[Run], language: str, *, with_next: bool = False) -> Paragraph:
        if with_next:
            paragraph.paragraph_format.keep_with_next = True
        if direction(language) == "rtl":
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no word for it
            properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        for run in runs:
            self._add(paragraph, run, language)
        return paragraph

    def _add(self, paragraph: Paragraph, run: Run, language: str) -> None:
        written = paragraph.add_run(run.text)
        slanted = run.italic and script(language) not in _UPRIGHT
        written.bold, written.italic = run.bold or None, slanted or None
        written.font.cs_bold, written.font.cs_italic = written.bold, written.italic
        if direction(language) == "rtl":
            written.font.rtl = True
        if run.link:
            written.font.underline, written.font.color.rgb = True, _LINK_BLUE
        _speak(written.element.get_or_add_rPr(), language)
        if run.link:
            _link(paragraph, written.element, run.link)

    def written(self, *, title: str) -> bytes:
        """The document's bytes."""
        self._document.core_properties.title = title
        self._document.core_properties.language = self._language
        self._document.core_properties.author = ""
        self._document.core_properties.comments = ""
        stream = BytesIO()
        self._document.save(stream)
        return stream.getvalue()


def _dress(style: Any, language: str) -> None:
    """Give a style its fonts by script, and its language."""
    style.font.name = _LATIN
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for kind, font in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _ARABIC), ("eastAsia", _CHINESE)):
        fonts.set(qn(f"w:{kind}"), font)
    spread = properties.find(qn("w:spacing"))
    if spread is not None:  # it would tear Arabic letters apart
        properties.remove(spread)
    _speak(properties, language)


def _outline(style: Any) -> None:
    """Have paragraphs of a style listed where Word shows the headings: of several languages each begins with one."""
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(level, *_AFTER_BIDI[_AFTER_BIDI.index("w:outlineLvl") + 1 :])


def _speak(properties: Any, language: str) -> None:
    """Say which language words are in, for spelling and for reading aloud."""
    kind = "bidi" if right_to_left(language) else "eastAsia" if script(language) in CJK else "val"
    spoken = properties.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        properties.append(spoken)
    spoken.set(qn(f"w:{kind}"), _LANGUAGE_TAGS.get(language, language))


def _link(paragraph: Paragraph, run: Any, address: str) -> None:
    """Wrap a run in a link."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.addprevious(link)
    link.append(run)
