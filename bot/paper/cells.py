"""What a spreadsheet may hold in a cell."""

import re
import unicodedata

SIGNS = frozenset("=+-@\u2212")  # and whatever Unicode takes for one of these: full-width and small forms
LONGEST = 32_767  # characters in a cell of Excel: Microsoft, "Excel specifications and limits"
_PARTING = re.compile(r"([;\t\r\n])")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def is_like_formula(text: str) -> bool:
    """Whether a spreadsheet, or its next version, might calculate a text instead of showing it.

    It begins with a sign, one that looks like it, or a character that can't be seen (OWASP, "CSV Injection").
    """
    first = text[:1]
    return unicodedata.normalize("NFKC", first)[:1] in SIGNS or unicodedata.category(first or "x")[0] in "CZ"


def plain(cell: object) -> object:
    """A cell of CSV that no spreadsheet takes for a formula: what is like one gets an apostrophe in front.

    So does a part that another spreadsheet takes for a cell: one that parts them at semicolons or tabs reads no quotes
    within, and begins a row at each line's end. And so does what begins with an apostrophe: without the first one, every
    cell, and every part, is what it was.
    """
    if not isinstance(cell, str) or not cell:
        return cell
    first, *parts = _PARTING.split(cell)
    guarded = f"'{first}" if is_like_formula(cell) or first.startswith("'") else first
    return guarded + "".join(f"'{part}" if _is_to_guard(part) else part for part in parts)


def quoted(text: str) -> str:
    """A text as a cell of CSV that another program reads: no spreadsheet finds a formula in it, and it reads as it was written.

    An apostrophe would be one of its words there. So it is made one line, and stands in quotation marks where it is like a formula;
    a semicolon with such a part behind it becomes a comma.
    """
    first, *parts = " ".join(text.replace("\0", "").split()).split(";")
    line = first + "".join(f"{',' if _hides_formula(part) else ';'}{part}" for part in parts)
    return f"“{line}”" if is_like_formula(line) else line


def _is_to_guard(part: str) -> bool:
    return part.startswith("'") or _hides_formula(part)


def _hides_formula(part: str) -> bool:
    shown = next((each for each in part if each != '"' and unicodedata.category(each)[0] not in "CZ"), "")
    return unicodedata.normalize("NFKC", shown)[:1] in SIGNS


def printable(text: str) -> str:
    """A text as a cell of a workbook can hold it: what XML can't is shown as a replacement mark, the end cut off."""
    shown = _NOT_IN_XML.sub("\ufffd", text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
