import csv
import re
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from said.exports import exported

from bot.features.exports.actions.replies import ExportedReply
from bot.features.exports.reports import cells, tables
from bot.models import Naming

ATTACKS = [
    *("=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1"),
    *("\uff1d1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\ufe661", "\ufe631", "\u22121"),
    *("\u200b=1", "\u2068=1\u2069", "\ufeff=1", "\x00=1", "'=1"),
]


def written(path: Path, *rows: ExportedReply) -> Path:
    with tables.Csv(path) as table:
        table.write(rows)
    return path


def undone(cell: str) -> str:
    """As docs/exports.md says it."""
    return re.sub(r"(^|[;\t\r\n])'", r"\1", cell)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_csv_is_a_formula_and_every_word_is_there(tmp_path: Path, attack: str) -> None:
    path = written(tmp_path / "a.csv", exported(attack, author=attack, naming=Naming.NAME))

    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    for cell in (row["text"], row["author"]):
        assert cell.startswith("'")
        assert undone(cell) == attack


@pytest.mark.parametrize(
    "words",
    ["No = sign", "1 + 1", "'twas", "''", "«Oui»", "“Yes”", "¿Qué?", "你好", "مرحبا", "😀 =1", "", "Yes; no", "a;'b'"],
)
def test_without_the_apostrophe_every_cell_of_csv_is_what_it_was(tmp_path: Path, words: str) -> None:
    path = written(tmp_path / "a.csv", exported(words))

    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert undone(row["text"]) == words
    assert (row["text"] != words) == ("'" in (words[:1], words.partition(";")[2][:1]))


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize(
    "before", ["Oui;", "Oui\t", "Oui\n", "Oui\r\n", "Oui; ", "Oui;\u200b", 'Oui;"', '"Oui" ;""', "'Oui';'", "=1;"]
)
@pytest.mark.parametrize("sign", ["=1+1", "+1", "-2", "@SUM(A1)", "\uff1d1"])
def test_where_cells_are_parted_otherwise_no_part_of_a_cell_of_csv_is_a_formula_either(
    tmp_path: Path, separator: str, before: str, sign: str
) -> None:
    attack = f"{before}{sign}; fin"
    path = written(tmp_path / "a.csv", exported(attack, author=attack, naming=Naming.NAME))

    text = path.read_text(encoding="utf-8-sig")
    parts = [part for row in csv.reader(StringIO(text, newline=""), delimiter=separator) for part in row]
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert [part for part in parts if part.lstrip('" \u200b').startswith(sign)] == []
    assert undone(row["text"]) == undone(row["author"]) == attack


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_workbook_is_a_formula_and_every_word_is_there(tmp_path: Path, attack: str) -> None:
    with tables.Workbook(tmp_path / "a.xlsx") as table:
        table.write([exported(attack)])

    sheet = load_workbook(tmp_path / "a.xlsx")["replies"]
    (cell,) = [cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "text"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == (not attack.startswith("'"))
    assert cell.value.replace("_x000D_", "\r") in {attack.replace("\x00", "\ufffd"), attack.replace("\r", "\n")}


def test_what_xml_can_not_hold_is_marked_and_breaks_nothing(tmp_path: Path) -> None:
    with tables.Workbook(tmp_path / "a.xlsx") as table:
        table.write([exported("bell\x07, null\x00")])

    sheet = load_workbook(tmp_path / "a.xlsx")["replies"]
    assert sheet.cell(2, cells.COLUMNS.index("text") + 1).value == "bell\ufffd, null\ufffd"


def test_an_empty_export_has_its_headings(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv")

    assert path.read_text(encoding="utf-8-sig").strip() == ",".join(cells.COLUMNS)


def test_what_is_longer_than_a_cell_of_excel_is_cut_and_says_so(tmp_path: Path) -> None:
    with tables.Workbook(tmp_path / "a.xlsx") as table:
        table.write([exported("a" * 40_000)])

    sheet = load_workbook(tmp_path / "a.xlsx")["replies"]
    shown = sheet.cell(2, cells.COLUMNS.index("text") + 1).value
    assert (len(shown), shown[-2:]) == (32_767, "a…")
