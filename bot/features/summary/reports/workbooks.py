"""The Summary as a workbook (.xlsx) that goes out to be worked on and comes back: a row for each text, a column for each language."""

from collections.abc import Sequence
from io import BytesIO

from bot import i18n
from bot.features.summary.actions import tables
from bot.features.summary.actions.rows import RowKind, SummaryRow, mark
from bot.features.summary.actions.tables import FIRST, KEY, MARK, STATE
from bot.features.summary.texts import tables as texts
from bot.i18n import Translator
from bot.paper import sheets

_WHAT_WIDTH, _TEXT_WIDTH, _LAST_WIDTH = 26, 56, 12  # characters
STATE_HEADING = "state"
_HEADING, _BEHIND, _LACKING = "E3F1EE", "FDF1C7", "F4F4F4"


def as_xlsx(t: Translator, slug: str, rows: Sequence[SummaryRow], languages: Sequence[str]) -> bytes:
    """The rows as a workbook, with headings in the language of whoever gets it. Raises TooLongForCell."""
    # Here, because openpyxl takes a while that only a workbook needs.
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    sheet.title = texts.sheet(t)
    names = [f"{i18n.endonym(tag)} ({tag})" for tag in languages]
    sheets.head(
        sheet,
        [f"{MARK} {slug}", STATE_HEADING, texts.what(t), *names, texts.remove(t)],
        [2, 2, _WHAT_WIDTH, *[_TEXT_WIDTH] * len(languages), _LAST_WIDTH],
    )
    for place, row in enumerate(rows):
        marks = {tag: mark(row.kind, row.texts.get(tag, "")) for tag in languages}
        number = sheets.append(
            sheet,
            [row.key, tables.state(place, marks), texts.place(t, row), *(row.texts.get(tag, "") for tag in languages)],
        )
        for column, tag in enumerate(languages, start=FIRST + 1):
            cell = sheet.cell(number, column)
            if row.kind is RowKind.HEADING:
                cell.font = Font(bold=True)
            colour = _colour(row, tag)
            if colour:
                cell.fill = PatternFill("solid", start_color=colour)
    for hidden in (KEY, STATE):
        sheet.column_dimensions[get_column_letter(hidden + 1)].hidden = True
    sheet.freeze_panes = sheet.cell(2, FIRST + 1)
    sheet.sheet_view.rightToLeft = t.right_to_left
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def file_name(slug: str) -> str:
    """What the file is called."""
    return f"summary-{slug}.xlsx"


def _colour(row: SummaryRow, tag: str) -> str:
    """A heading, a wording that another has left behind, and one that is missing are seen at a glance."""
    if row.kind is RowKind.HEADING:
        return _HEADING
    if tag in row.behind:
        return _BEHIND
    return _LACKING if row.kind is not RowKind.LABEL and not row.texts.get(tag) else ""
