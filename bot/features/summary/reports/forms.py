"""The forms in which a Summary is handed out, and how each is made."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from bot.features.summary.actions.contents import SummaryContents
from bot.features.summary.reports import pages
from bot.features.summary.texts.summary import compose
from bot.i18n import translator
from bot.paper import pdf
from bot.paper.pdf import Enclosed

ALL = "all"  # in place of a language: every one, in one file


class Form(StrEnum):
    """A file format, by its usual ending."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"


def available() -> tuple[Form, ...]:
    """The forms that this machine can make: all of them, if it has Pango."""
    return tuple(form for form in Form if form is not Form.PDF or pdf.is_possible())


def for_members() -> Form:
    """The form in which a published Summary goes out: what every phone opens, and looks the same everywhere if it can."""
    return Form.PDF if pdf.is_possible() else Form.HTML


def make(contents: SummaryContents, form: Form) -> bytes:
    """A Summary as a file, in the language of its contents; takes up to a second, so never in an event loop's thread.

    Raises NoPango.
    """
    return make_all((contents,), form)


@lru_cache(maxsize=12)
def make_all(languages: tuple[SummaryContents, ...], form: Form, attached: tuple[Enclosed, ...] = ()) -> bytes:
    """The same in several languages, one after the other; a PDF carries what is `attached`.

    The latest are remembered: at publication the same file goes to all who read its language.
    """
    composed = [compose(translator(contents.language), contents) for contents in languages]
    match form:
        case Form.MARKDOWN:
            return pages.as_markdown(composed).encode()
        case Form.HTML:
            return pages.as_html(composed).encode()
        case Form.PDF:
            return pages.as_pdf(composed, attached)
        case Form.WORD:
            # Here, because python-docx takes a while that only a document needs.
            from bot.features.summary.reports import documents  # noqa: PLC0415

            return documents.as_docx(composed)


def file_name(languages: Sequence[SummaryContents], form: Form) -> str:
    """What the file is called: "summary-training-fr.pdf", "summary-training-all.pdf" with several languages in it."""
    first, *more = languages
    return f"summary-{first.slug}-{ALL if more else first.language}.{form}"
