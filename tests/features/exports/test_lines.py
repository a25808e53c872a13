from pathlib import Path

import pytest

from bot.features.exports.actions.records import Record
from bot.features.exports.actions.replies import Counted
from bot.features.exports.actions.restore import NotAnExport
from bot.features.exports.reports import lines
from bot.features.exports.reports.lines import JsonLines
from bot.tallies.numbers import ReplyCounts

WORDS = ReplyCounts(9, 1, 2, 3, 4, 5, 6, 7)
RECORDS: list[Record] = [{"record": "reply", "text": "One\nmore 😀\u2028line"}, {"record": "flag", "reply": 1}]


def test_records_come_back_as_they_were_each_with_its_line(tmp_path: Path) -> None:
    with JsonLines(tmp_path / "a.jsonl", dialogue_file="slug: a", counts=[Counted(1, WORDS, 2)]) as written:
        written.write(RECORDS)

    file, read = lines.read(tmp_path / "a.jsonl")

    assert file == "slug: a"
    assert list(read) == list(enumerate(RECORDS, start=2))


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"record": "dialogue"}', b'{"record": "dialogue", "format": 2, "file": ""}'],
)
def test_what_is_no_export_is_refused_by_its_line(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(damage)

    with pytest.raises(NotAnExport) as refused:
        lines.read(path)

    assert refused.value.line == 1


def test_a_damaged_line_is_refused_by_its_number(tmp_path: Path) -> None:
    with JsonLines(tmp_path / "a.jsonl", dialogue_file="slug: a", counts=[]) as written:
        written.write(RECORDS)
    with (tmp_path / "a.jsonl").open("a") as file:
        file.write("{\n")

    _, read = lines.read(tmp_path / "a.jsonl")

    with pytest.raises(NotAnExport) as refused:
        list(read)
    assert refused.value.line == 4
