"""A page as PDF: set by WeasyPrint, with Pango of the operating system, which not every machine has."""

import ctypes
from contextlib import suppress
from typing import NoReturn

# Of Debian and Ubuntu, with fonts for all scripts.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk"
# Pango's part for PDF, as Linux, macOS and Windows call it. It brings all others that WeasyPrint loads.
LIBRARIES = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll")


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


def made_from(html: str) -> bytes:
    """A page that loads nothing, as a tagged PDF (PDF/UA-1); raises NoPango."""
    if not is_possible():
        raise NoPango
    # Here, because it takes a second that only a PDF needs.
    from weasyprint import HTML  # noqa: PLC0415

    written: bytes = HTML(string=html, url_fetcher=refuse).write_pdf(pdf_variant="pdf/ua-1")
    return written


def refuse(url: str, *_: object, **__: object) -> NoReturn:
    """What WeasyPrint is given to load addresses with: raises OutsideReport."""
    raise OutsideReport(url)
