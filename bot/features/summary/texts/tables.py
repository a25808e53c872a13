"""The words around the table of a Summary: its headings, how to use it, and what one that comes back would change."""

from bot import markup
from bot.features.summary.actions.differing import TableAct, TableChange, TableDiff, TableSnag, Untaken
from bot.features.summary.actions.rows import RowKind, SummaryRow
from bot.features.summary.texts import summary
from bot.i18n import Translator
from bot.markup import isolate
from bot.phrases import bold, rendered

MOST_SHOWN = 40  # changes in a chat
LONGEST_SHOWN = 600  # visible characters of a text there
TITLE = 31  # characters of a sheet's name: Microsoft, "Excel specifications and limits"


def sheet(t: Translator) -> str:
    """The name of the sheet."""
    return t.pgettext("summary", "Summary")[:TITLE]


def what(t: Translator) -> str:
    """Heads the column that says what a row is."""
    return t.pgettext("table", "What it is")


def remove(t: Translator) -> str:
    """Heads the column that says what is to go."""
    return t.pgettext("table", "Remove? (x)")


def place(t: Translator, row: SummaryRow) -> str:
    """What a row is."""
    numbers = {"number": t.number(row.number), "index": t.number(row.index)}
    if row.kind is RowKind.BACKGROUND:
        return summary.labels(t)["background"]
    if row.kind is RowKind.LABEL:
        return t.pgettext("table", "Label: %(name)s") % {"name": summary.labels(t)[row.name]}
    if row.kind is RowKind.HEADING:
        return _heading(t, row)
    if not row.index:
        return _added(t, row)
    if row.number:
        return t.gettext("Key point %(index)s of question %(number)s") % numbers
    return t.gettext("Question %(index)s for further discussion") % numbers


def _heading(t: Translator, row: SummaryRow) -> str:
    if not row.number:
        return t.gettext("Questions for further discussion")
    return t.pgettext("button", "Question %(number)s") % {"number": t.number(row.number)}


def _added(t: Translator, row: SummaryRow) -> str:
    if not row.number:
        return t.gettext("New question for further discussion")
    return t.gettext("New key point of question %(number)s") % {"number": t.number(row.number)}


def table_button(t: Translator) -> str:
    """Sends the Summary as a table."""
    return t.pgettext("button", "Get it as a table")


def going_out(t: Translator) -> str:
    """Under the table; plain text."""
    return t.gettext(
        "The whole Summary, a column for each language. Change cells, put rows in another order, add rows below a question, and write x "
        "in the last column where something is to go. Then send me the file: you see what would change before anything does."
    )


def too_long_for_cell(t: Translator) -> str:
    """When the Summary doesn't fit into a table."""
    return t.gettext("A text of this Summary is too long for the cell of a table.")


def not_yours(t: Translator) -> str:
    """When a table is of a dialogue whose Summary the sender doesn't write."""
    return t.gettext("This table is of a dialogue whose Summary you don’t write. Nothing was changed.")


def of_another(t: Translator, slug: str) -> str:
    """At the desk, when a table is of another dialogue."""
    return t.gettext("This table is of another dialogue (%(slug)s). Nothing was changed.") % {"slug": isolate(slug)}


def no_table(t: Translator) -> str:
    """At the desk, when a file is no table of the Summary."""
    return t.gettext("This is not a table of a Summary that was got here. Nothing was changed.")


def faulty(t: Translator) -> str:
    """Above what is wrong with a table."""
    return t.gettext("Nothing was taken from this table. Please mend this, and send it again:")


def changed_meanwhile(t: Translator) -> str:
    """When what would change is another than what was seen."""
    return t.gettext("The Summary was changed since you saw this. Nothing was taken; this is what would change now:")


def taken(t: Translator, count: int) -> str:
    """After the changes were taken."""
    return t.ngettext("%(count)s change was made.", "%(count)s changes were made.", count) % {"count": t.number(count)}


def take_button(t: Translator, count: int) -> str:
    """Takes the changes that were shown."""
    return t.ngettext("Make %(count)s change", "Make %(count)s changes", count) % {"count": t.number(count)}


def head(t: Translator, diff: TableDiff) -> str:
    """Above what a table would change."""
    count = len(diff.changes)
    if not count:
        return t.gettext("The table would change nothing.")
    return t.ngettext("The table would change %(count)s thing:", "The table would change %(count)s things:", count) % {
        "count": t.number(count)
    }


def not_taken(t: Translator) -> str:
    """Above what of a table isn't taken."""
    return t.gettext("Not taken:")


def as_message(t: Translator, diff: TableDiff) -> str:
    """What a table would change, in Telegram's HTML."""
    shown, left = diff.changes[:MOST_SHOWN], len(diff.changes) - MOST_SHOWN
    parts = [bold(head(t, diff)), *(_change(t, each) for each in shown)]
    if left > 0:
        more = t.ngettext("… and %(count)s more change.", "… and %(count)s more changes.", left)
        parts.append(more % {"count": t.number(left)})
    if diff.snags:
        snags = [f"• {markup.escape(snag(t, each))}" for each in diff.snags[:MOST_SHOWN]]
        parts.append("\n".join([bold(not_taken(t)), *snags]))
    return "\n\n".join(parts)


def _change(t: Translator, change: TableChange) -> str:
    parts = [f"<b>{markup.escape(heading(t, change))}</b>"]
    if change.before:
        parts.append(f"<blockquote><s>{rendered(change.before, LONGEST_SHOWN)}</s></blockquote>")
    texts = [change.after] if change.after else [text for _, text in change.texts]
    return "\n".join([*parts, *(f"<blockquote>{rendered(text, LONGEST_SHOWN)}</blockquote>" for text in texts)])


def heading(t: Translator, change: TableChange) -> str:
    """What a change is about, and what is done; plain text."""
    where = place(t, change.row)
    match change.act:
        case TableAct.REMOVED:
            return t.gettext("%(place)s: to be deleted in all languages") % {"place": where}
        case TableAct.ORDERED:
            return t.gettext("%(place)s: another order of its points") % {"place": where}
        case TableAct.ADDED:
            return where
        case TableAct.WORDED:
            return t.gettext("%(place)s, %(language)s") % {
                "place": where,
                "language": isolate(t.language_name(change.language)),
            }


def snag(t: Translator, of: TableSnag) -> str:
    """What isn't taken, and why; plain text."""
    why = _why(t, of)
    language = isolate(t.language_name(of.language)) if of.language else ""
    if of.row is None:
        where = language or t.gettext("Row %(number)s") % {"number": t.number(of.at)}
        return t.gettext("%(place)s: %(what)s") % {"place": where, "what": why}
    where = place(t, of.row)
    if not language:
        return t.gettext("%(place)s: %(what)s") % {"place": where, "what": why}
    return t.gettext("%(language)s, %(place)s: %(what)s") % {"language": language, "place": where, "what": why}


def _why(t: Translator, of: TableSnag) -> str:
    return {
        Untaken.CHANGED_HERE: t.gettext("it was changed here since the table was made, and stays as it is here."),
        Untaken.REMOVED_HERE: t.gettext("it was deleted here since the table was made."),
        Untaken.EMPTIED: t.gettext("an empty cell leaves the text as it is."),
        Untaken.TOO_LONG: t.gettext("it is too long."),
        Untaken.NO_PLACE: t.gettext("it stands below no question."),
        Untaken.HEADING: t.gettext("questions are not changed by this table."),
        Untaken.NOT_REMOVABLE: t.gettext("only key points and questions for further discussion can be deleted."),
        Untaken.NO_COLUMN: t.gettext("there is no column for it; its texts stay as they are."),
        Untaken.UNKNOWN_COLUMN: t.gettext("the dialogue doesn’t have this language."),
    }[of.snag]
