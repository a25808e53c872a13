"""The words around the table of a Summary."""

from bot.features.desk.texts import frame
from bot.features.desk.texts import loom_table as page_texts
from bot.features.summary.actions.differing import TableAct, TableChange, TableDiff, TableSnag, Untaken
from bot.features.summary.actions.rows import RowKind, SummaryRow
from bot.features.summary.texts import tables as texts
from bot.i18n import Translator
from said.phrases import COUNTS, Said, each

ROWS = (
    SummaryRow("background", RowKind.BACKGROUND, {}),
    SummaryRow("label:summary", RowKind.LABEL, {}, name="summary"),
    *(SummaryRow(f"question:{number}", RowKind.HEADING, {}, number=number) for number in (0, 2)),
    *(SummaryRow("point:1", RowKind.POINT, {}, number=number, index=index) for number in (0, 2) for index in (0, 3)),
)


def _changes(v: str) -> tuple[TableChange, ...]:
    worded = (TableChange(TableAct.WORDED, row, "es", before, v) for row in ROWS[:2] for before in ("", v))
    added = TableChange(TableAct.ADDED, ROWS[4], texts=(("en", v), ("es", v)))
    return (*worded, added, *(TableChange(act, ROWS[5]) for act in (TableAct.REMOVED, TableAct.ORDERED)))


def _snags(v: str) -> tuple[TableSnag, ...]:
    whole = tuple(TableSnag(snag, 7, ROWS[5], language, v, v) for snag in Untaken for language in ("", "es"))
    return (*whole, TableSnag(Untaken.NO_PLACE, 7, there=v), TableSnag(Untaken.NO_COLUMN, language="es"))


def words(t: Translator) -> list[Said]:
    """Texts that show nothing a person wrote, in Telegram's HTML."""
    return [
        *each((texts.not_yours, texts.no_table, texts.faulty, texts.changed_meanwhile, texts.too_long_for_cell), t),
        *[(texts.taken, texts.taken(t, count)) for count in COUNTS],
        (texts.as_message, texts.as_message(t, TableDiff((), _snags("")))),
        *[(texts.as_message, texts.as_message(t, TableDiff(_changes("")[-1:] * (40 + count), ()))) for count in COUNTS],
    ]


def authored(t: Translator, v: str) -> list[Said]:
    """Texts that show what moderators wrote."""
    return [(texts.as_message, texts.as_message(t, TableDiff(_changes(v), _snags(v))))]


def plain_words(t: Translator) -> list[Said]:
    """What stands in the table, on the page, and on buttons."""
    return [
        *each((texts.sheet, texts.what, texts.remove, texts.table_button, texts.going_out, texts.not_taken), t),
        *[(texts.place, texts.place(t, row)) for row in ROWS],
        *[(texts.take_button, texts.take_button(t, count)) for count in COUNTS],
        *[(texts.head, texts.head(t, TableDiff(_changes("x")[:1] * count, ()))) for count in (0, *COUNTS)],
        *[(texts.heading, texts.heading(t, change)) for change in _changes("x")],
        *[(texts.snag, texts.snag(t, snag)) for snag in _snags("x")],
        *each((page_texts.heading, page_texts.how, page_texts.get_heading, page_texts.get_button), t),
        *each((page_texts.give_heading, page_texts.file_label, page_texts.compare_button, page_texts.no_file), t),
        *each((page_texts.too_large, page_texts.before, page_texts.after, page_texts.place, page_texts.to_loom), t),
        *each((page_texts.leave_button, frame.as_table), t),
    ]


def plain_filled(t: Translator, v: str) -> list[Said]:
    """The same with what a person wrote."""
    return [(texts.of_another, texts.of_another(t, v))]
