import random
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from bot.authoring import MOST_BYTES_OF_MANUSCRIPT, Code, read_any


def packed(parts: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


DOCUMENT = {"word/document.xml": b"<w/>"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, Code.OLD_OFFICE),
        (b"%PDF-1.7 ...", Code.OTHER_OFFICE),
        (rb"{\rtf1 Care}", Code.OTHER_OFFICE),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), Code.OTHER_OFFICE),
        (packed({"anything.txt": b"x"}), Code.OTHER_OFFICE),
        (packed(DOCUMENT | {"word/vbaProject.bin": b"x"}), Code.MACROS),
        (packed(DOCUMENT), Code.DAMAGED),
        (packed(DOCUMENT)[:40], Code.DAMAGED),
        (packed({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><w>&a;</w>'}), Code.DAMAGED),
        (packed({"word/document.xml": b" " * (13 * 1024 * 1024)}), Code.UNPACKS_TOO_LARGE),
        (packed(DOCUMENT | {f"media/{number}.png": b"" for number in range(2_100)}), Code.UNPACKS_TOO_LARGE),
        (b"PK\x03\x04" + b"\x00" * MOST_BYTES_OF_MANUSCRIPT, Code.FILE_TOO_LARGE),
    ],
    # An archive holds the moment at which it was packed: workers would not agree on what a test is called.
    ids=["doc", "pdf", "rtf", "odt", "zip", "macros", "empty", "cut", "entities", "bomb", "many parts", "large"],
)  # fmt: skip
def test_what_is_no_sound_word_file_or_workbook_gets_a_clear_answer(content: bytes, code: Code) -> None:
    outcome = read_any(content)

    assert outcome.dialogue is None
    assert [each.code for each in outcome.errors] == [code]


def test_a_file_damaged_on_its_way_ends_in_faults_and_in_no_traceback() -> None:
    chance = random.Random(7)  # noqa: S311 - the same damage on every run
    document, stream = Document(), BytesIO()
    document.add_heading("Care", 0)
    document.add_heading("Question 1: Who gives care?", 1)
    document.save(stream)
    for _ in range(40):
        content = bytearray(stream.getvalue())
        for _ in range(chance.randrange(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)

        assert read_any(bytes(content)).dialogue is None
