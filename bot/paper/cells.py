"""What a spreadsheet may hold in a cell."""

import re
import unicodedata

SIGNS = frozenset("=+-@\u2212")  # and whatever Unicode takes for one of these: full-width and small forms
LONGEST = 32_767  # characters in a cell of Excel: Microsoft, "Excel specifications and limits"
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet, or its next version, might calculate a text instead of showing it.

    It begins with a sign, one that looks like it, or a character that can't be seen (OWASP, "CSV Injection").
    """
    first = text[:1]
    return unicodedata.normalize("NFKC", first)[:1] in SIGNS or unicodedata.category(first or "x")[0] in "CZ"


def plain(cell: object) -> object:
    """A cell of CSV that no spreadsheet takes for a formula: what is like one gets an apostrophe in front.

    So does what begins with an apostrophe: without the first one, every cell is what it was.
    """
    if isinstance(cell, str) and cell and (is_like_formula(cell) or cell.startswith("'")):
        return f"'{cell}"
    return cell


def printable(text: str) -> str:
    """A text as a cell of a workbook can hold it: what XML can't is shown as a replacement mark, the end cut off."""
    shown = _NOT_IN_XML.sub("\ufffd", text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
