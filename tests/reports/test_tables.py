import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook
from said.exports import MOMENT, exported

from bot.actions.exporting import ExportedReply, Translation
from bot.models import Naming, Origin
from bot.reports import cells, tables
from bot.reports.tables import NotAnExport

ATTACKS = ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def written(path: Path, *rows: ExportedReply) -> Path:
    with tables.Csv(path) as table:
        table.write(rows)
    return path


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_csv_is_a_formula_and_every_word_is_there(tmp_path: Path, attack: str) -> None:
    path = written(tmp_path / "a.csv", exported(attack, author=attack, naming=Naming.NAME))

    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"] == f"'{attack}"
    assert row["author"] == f"'{attack}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_workbook_is_a_formula_and_every_word_is_there(tmp_path: Path, attack: str) -> None:
    with tables.Workbook(tmp_path / "a.xlsx") as table:
        table.write([exported(attack)])

    sheet = load_workbook(tmp_path / "a.xlsx")["replies"]
    (cell,) = [cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "text"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") in {attack, attack.replace("\r", "\n")}


def test_what_xml_can_not_hold_is_marked_and_breaks_nothing(tmp_path: Path) -> None:
    with tables.Workbook(tmp_path / "a.xlsx") as table:
        table.write([exported("bell\x07, null\x00")])

    sheet = load_workbook(tmp_path / "a.xlsx")["replies"]
    assert sheet.cell(2, cells.COLUMNS.index("text") + 1).value == "bell\ufffd, null\ufffd"


def test_an_empty_export_has_its_headings(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv")

    assert path.read_text(encoding="utf-8-sig").strip() == ",".join(cells.COLUMNS)


def test_lines_of_json_come_back_as_they_were(tmp_path: Path) -> None:
    rows = [
        exported("One\nmore 😀 line", translations={"fr": Translation("Une", Origin.SERVICE, "DeepL")}),
        exported("", kind="voice", files=("voice",), naming=Naming.ANONYMOUS, author="", edited_at=MOMENT),
    ]
    with tables.JsonLines(tmp_path / "a.jsonl", dialogue_file="slug: a", counts=[]) as lines:
        lines.write(rows)

    file, read = tables.read(tmp_path / "a.jsonl")

    assert file == "slug: a"
    assert list(read) == rows


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", '{"record": "dialogue"}', '{"record": "dialogue", "format": 2, "file": ""}']
)
def test_what_is_no_export_is_refused_by_its_line(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(damage, encoding="utf-8")

    with pytest.raises(NotAnExport) as refused:
        tables.read(path)

    assert refused.value.line == 1


def test_a_damaged_reply_is_refused_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with tables.JsonLines(path, dialogue_file="slug: a", counts=[]) as lines:
        lines.write([exported("One")])
    path.write_text(path.read_text(encoding="utf-8") + '{"record": "reply"}\n', encoding="utf-8")

    _, read = tables.read(path)

    with pytest.raises(NotAnExport) as refused:
        list(read)
    assert refused.value.line == 3
