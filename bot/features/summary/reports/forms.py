"""The forms in which a Summary is handed out, and how each is made."""

from enum import StrEnum
from functools import lru_cache

from bot.features.summary.actions.contents import SummaryContents
from bot.features.summary.reports import pages
from bot.features.summary.texts.summary import compose
from bot.i18n import translator
from bot.paper import pdf


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


@lru_cache(maxsize=12)
def make(contents: SummaryContents, form: Form) -> bytes:
    """A Summary as a file, in the language of its contents; takes up to a second, so never in an event loop's thread.

    Raises NoPango. The latest are remembered: at publication the same file goes to all who read its language.
    """
    t = translator(contents.language)
    page = compose(t, contents)
    match form:
        case Form.MARKDOWN:
            return pages.as_markdown(page).encode()
        case Form.HTML:
            return pages.as_html(page, t).encode()
        case Form.PDF:
            return pages.as_pdf(page, t)
        case Form.WORD:
            # Here, because python-docx takes a while that only a document needs.
            from bot.features.summary.reports import documents  # noqa: PLC0415

            return documents.as_docx(page, t)


def file_name(contents: SummaryContents, form: Form) -> str:
    """What the file is called: "summary-training-fr.pdf"."""
    return f"summary-{contents.slug}-{contents.language}.{form}"
