import re
import zlib
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from pdfs import outline, spoken
from said.summary import contents
from samples import HOSTILE
from weasyprint import HTML
from weasyprint.formatting_structure.boxes import BlockBox

from bot.features.summary.actions.contents import Bullet, Quote, SummaryContents, Worded
from bot.features.summary.reports import forms, pages
from bot.features.summary.reports.forms import Form
from bot.features.summary.texts.summary import compose
from bot.i18n import LANGUAGES, translator
from bot.paper import authored
from bot.paper.pdf import OutsideReport, refuse


def page_of(summary: SummaryContents) -> str:
    return forms.make(summary, Form.HTML).decode()


def with_background(markdown: str) -> SummaryContents:
    return replace(contents("v"), background=Worded(markdown, "en"))


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("form", Form)
def test_whatever_members_wrote_a_file_is_made_of_it(form: Form, hostile: str) -> None:
    assert forms.make(contents(HOSTILE[hostile]), form)


def test_what_members_wrote_is_never_read_as_markup() -> None:
    attack = '<script src="https://evil.example/x.js"></script><img src=x onerror=alert(1)>'

    page = page_of(contents(attack))

    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script" in page


@pytest.mark.parametrize(
    "markdown",
    [
        "![map](https://evil.example/map.png)",
        "[click](javascript:alert(1))",
        '<iframe src="https://evil.example"></iframe>',
        "<style>@import url(https://evil.example)</style>",
    ],
)
def test_a_page_loads_nothing_whatever_its_authors_wrote(markdown: str) -> None:
    page = page_of(with_background(markdown))

    assert not re.search(r"<(img|script|iframe|link|object|embed)\b", page)
    assert 'href="javascript' not in page
    assert page.count("<style>") == 1


def test_a_pdf_may_not_load_anything() -> None:
    with pytest.raises(OutsideReport):
        refuse("file:///etc/passwd")


def test_a_pdf_is_tagged_and_says_its_language() -> None:
    pdf = forms.make(replace(contents("v"), language="fr"), Form.PDF)

    inside = b"".join(_unpacked(stream) for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL))
    assert b"/StructTreeRoot" in inside
    assert b"/Lang (fr)" in inside


def test_each_part_of_a_pdf_says_its_language_and_each_language_has_its_bookmarks() -> None:
    english = contents("v")
    both = (english, replace(english, language="ar", background=Worded("لماذا", "ar")))

    pdf = forms.make_all(both, Form.PDF)

    assert [spoken(pdf, "/Art", tag) for tag in ("en", "ar")] == [1, 1]
    assert spoken(pdf, "/BlockQuote", "es") == len(both)  # in whichever language the rest is
    marks = outline(pdf)
    assert marks.index("English") < marks.index("Background") < marks.index("العربية")


def test_no_key_point_stands_alone_at_the_foot_or_the_top_of_a_page() -> None:
    bullets, whole = (Bullet(Worded("A point of a line.", "en"), None, None, 0),) * 3, contents("v")
    section = replace(whole.sections[0], bullets=bullets)

    broken = [
        _points_by_page(
            page_of(
                replace(
                    whole,
                    background=Worded("\n\n".join(["A line."] * lines), "en"),
                    sections=(section,),
                    further=(),
                    method=None,
                    quotes=(),
                )
            )
        )
        for lines in range(19, 23)  # whichever font there is
    ]

    assert [sum(map(bool, points)) for points in broken] == [1] * 4  # all on the same page


def _points_by_page(page: str) -> list[int]:
    """How many items of lists stand on each page that is printed."""
    return [
        sum(isinstance(box, BlockBox) and box.element_tag == "li" for box in printed._page_box.descendants())  # noqa: SLF001 - it has no other way
        for printed in HTML(string=page).render().pages
    ]


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_document_has_real_headings_and_says_direction_and_language(tag: str) -> None:
    summary = replace(contents("v"), language=tag, background=Worded("# Aim\n\n- **one**\n\n1. two", tag))

    file = forms.make(summary, Form.WORD)

    styles = [paragraph.style.name for paragraph in Document(BytesIO(file)).paragraphs if paragraph.style]
    assert {"Title", "Heading 1", "Heading 3", "List Bullet", "List Number", "Quote"} <= set(styles)
    xml = ZipFile(BytesIO(file)).read("word/document.xml").decode()
    assert ("<w:bidi/>" in xml) == (tag == "ar")
    assert ("<w:rtl/>" in xml) == (tag == "ar")


def test_a_quote_runs_in_the_direction_of_its_own_language() -> None:
    arabic = Quote(1, 1, "أنتظر", contents("v").quotes[0].author, "ar", language_told=True)

    page = page_of(replace(contents("v"), quotes=(arabic,)))

    assert '<blockquote lang="ar" dir="rtl">أنتظر</blockquote>' in page


def test_markdown_keeps_what_authors_wrote_and_escapes_what_members_said() -> None:
    text = pages.as_markdown([compose(translator("en"), contents("# not a heading *or* [link](x)\n- item"))])

    assert "Authors write **Markdown**." in text
    assert "> \\# not a heading \\*or\\* \\[link\\](x)  \n> \\- item" in text


def test_an_author_s_headings_stand_below_the_report_s() -> None:
    assert authored.blocks("# One\n\n###### Six") == "<h3>One</h3>\n<h6>Six</h6>\n"


def test_the_words_of_a_title_are_what_is_seen() -> None:
    assert authored.plain("**Bold** _and_ [linked](https://example.org)") == "Bold and linked"
