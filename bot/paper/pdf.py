"""A page as PDF: set by WeasyPrint, with Pango of the operating system, which not every machine has."""

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn

# Of Debian and Ubuntu, with fonts for all scripts.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
# Pango's part for PDF, as Linux, macOS and Windows call it. It brings all others that WeasyPrint loads.
LIBRARIES = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")


# Of HTML, and of PDF (ISO 32000-1, 14.8.4).
_TAGS = {"article": "/Art", "blockquote": "/BlockQuote", "li": "/LI"} | {
    f"h{level}": f"/H{level}" for level in range(1, 7)
}


@dataclass(frozen=True)
class Enclosed:
    """A file that a PDF carries."""

    name: str
    content: bytes


class NoPango(Exception):
    """This machine can't make a PDF."""


class OutsideReport(Exception):
    """A report wanted to load something: it must not."""


def is_possible() -> bool:
    """Whether this machine has Pango. WeasyPrint isn't asked: without Pango it stays half imported, and fails in other ways later."""
    for library in LIBRARIES:
        with suppress(OSError):
            ctypes.CDLL(library)
            return True
    return False


def made_from(html: str, attached: Sequence[Enclosed] = ()) -> bytes:
    """A page that loads nothing, as a tagged PDF (PDF/UA-1) in which each part says its language; raises NoPango."""
    if not is_possible():
        raise NoPango
    # Here, because it takes a second that only a PDF needs.
    from weasyprint import HTML, Attachment  # noqa: PLC0415

    document = HTML(string=html, url_fetcher=refuse)
    files = [Attachment(string=each.content, name=each.name, url_fetcher=refuse) for each in attached]
    written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=_say_languages, attachments=files)
    return written


def _say_languages(document: Any, pdf: Any) -> None:
    """Say of each tagged part which language it is in: WeasyPrint says it of the whole alone.

    Tags were made in the order of the boxes; should a new version of it make others, they are left as they are.
    """
    spoken = [spoken for page in document.pages for spoken in _spoken(page._page_box)]  # noqa: SLF001 - it has no other way
    tags = [each for each in pdf.objects if isinstance(each, dict) and each.get("S") in _TAGS.values()]
    if [_TAGS[tag] for tag, _ in spoken] == [each["S"] for each in tags]:
        import pydyf  # noqa: PLC0415 - a part of WeasyPrint

        for (_, language), each in zip(spoken, tags, strict=True):
            each["Lang"] = pydyf.String(language)


def _spoken(box: Any, around: str | None = None) -> Iterator[tuple[str, str]]:
    """The boxes that are tagged, as HTML calls them, each with its language; lines and words in them have tags of their own."""
    from weasyprint.formatting_structure import boxes  # noqa: PLC0415

    tag = around if isinstance(box, boxes.LineBox) else box.element_tag
    if tag in _TAGS and not isinstance(box, boxes.LineBox) and not (tag == around == "li"):  # what follows its mark
        yield tag, str(box.style["lang"] or "")
    for child in getattr(box, "children", ()):
        if not isinstance(child, boxes.TextBox):
            yield from _spoken(child, tag)


def refuse(url: str, *_: object, **__: object) -> NoReturn:
    """What WeasyPrint is given to load addresses with: raises OutsideReport."""
    raise OutsideReport(url)
