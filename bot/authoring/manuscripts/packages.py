"""A Word file or workbook as the zip archive it is: looked at before anything is unpacked, and refused where it is none, or a bomb."""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from bot.authoring.faults import Code, Unreadable

ZIP = b"PK\x03\x04"
MOST_BYTES = 5 * 1024 * 1024  # pictures may lie in it
MOST_UNPACKED = 40 * 1024 * 1024
MOST_XML = 12 * 1024 * 1024  # as a tree it takes ten times as much memory
MOST_PARTS = 2_000
_MIB = 1024 * 1024
_OLD = b"\xd0\xcf\x11\xe0"
_OTHERS = ((b"%PDF", "PDF"), (b"{\\rtf", "RTF"))
_OPEN_DOCUMENTS = {"text": "ODT", "spreadsheet": "ODS", "presentation": "ODP"}
# No program for offices writes one, and with it a few lines of text unpack to gigabytes.
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


@dataclass(frozen=True)
class Package:
    """A sound archive, of a Word file or of a workbook."""

    content: bytes
    is_workbook: bool


def is_office(content: bytes) -> bool:
    """Whether a file is one of an office program, ours to read or to refuse with a word."""
    return content.startswith((ZIP, _OLD, *(beginning for beginning, _ in _OTHERS)))


def opened(content: bytes) -> Package:
    """The archive, looked at; raises Unreadable with the reason why it isn't read."""
    if len(content) > MOST_BYTES:
        raise _unreadable(Code.FILE_TOO_LARGE, limit=MOST_BYTES // 1024)
    if content.startswith(_OLD):
        raise _unreadable(Code.OLD_OFFICE)
    for beginning, kind in _OTHERS:
        if content.startswith(beginning):
            raise _unreadable(Code.OTHER_OFFICE, kind=kind)
    try:
        with ZipFile(BytesIO(content)) as archive:
            return Package(content, _looked_at(archive))
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise _unreadable(Code.DAMAGED) from error


def _looked_at(archive: ZipFile) -> bool:
    """Whether it is a workbook."""
    parts = archive.infolist()
    names = {part.filename for part in parts}
    xml = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or sum(part.file_size for part in xml) > MOST_XML:
        raise _unreadable(Code.UNPACKS_TOO_LARGE, limit=MOST_XML // _MIB)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise _unreadable(Code.MACROS)
    if not names & {"word/document.xml", "xl/workbook.xml"}:
        raise _unreadable(Code.OTHER_OFFICE, kind=_kind(archive, names))
    for part in xml:
        content = archive.read(part)
        if content.startswith(_WIDE) or _DECLARATIONS.search(content):
            raise _unreadable(Code.DAMAGED)
    return "xl/workbook.xml" in names


def _kind(archive: ZipFile, names: set[str]) -> str:
    if "mimetype" in names:
        kind = archive.read("mimetype")[:100].decode("ascii", "replace").rsplit(".", maxsplit=1)[-1]
        return _OPEN_DOCUMENTS.get(kind, "OpenDocument")
    if any(name.startswith("ppt/") for name in names):
        return "PowerPoint"
    return "Pages/Numbers" if any(name.startswith("Index/") for name in names) else "ZIP"


def _unreadable(code: Code, **params: str | int) -> Unreadable:
    return Unreadable(code, 0, 0, **params)
