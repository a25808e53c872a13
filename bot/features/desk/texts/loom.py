"""The words of the loom, where the Summary is written: its rows and cells, and the document beside them."""

from bot import markup
from bot.core.messages import TooLong
from bot.core.wordings import Overtaken
from bot.features.desk.actions.loom import CellMark, Row
from bot.features.desk.actions.threads import LoomThread, ThreadKind
from bot.features.key_points.actions.amendments import PointWithoutWords
from bot.features.key_points.actions.key_points import NoSuchKeyPoint
from bot.features.key_points.actions.points import Point
from bot.features.key_points.texts import points as point_texts
from bot.features.key_points.texts import writing as writing_texts
from bot.features.summary.texts import review
from bot.features.summary.texts import summary as summary_texts
from bot.i18n import Translator, translator

REFUSED = (Overtaken, TooLong, PointWithoutWords, NoSuchKeyPoint)
"""What is said beside a text that wasn't kept, and the text stays in its box."""


def everything(t: Translator) -> str:
    """All rows of the Summary."""
    return t.pgettext("rows", "All")


def what_is_shown(t: Translator) -> str:
    """Above the choice of rows."""
    return t.gettext("Parts of the Summary")


def background(t: Translator) -> str:
    """What the Background is called."""
    return summary_texts.labels(t)["background"]


def background_and_labels(t: Translator) -> str:
    """The rows that are no key points."""
    return t.gettext("Background and headings")


def labels(t: Translator) -> str:
    """Above what the parts of the Summary are called."""
    return t.gettext("What its parts are called")


def further(t: Translator) -> str:
    """Above the questions for further discussion."""
    return summary_texts.labels(t)["further"]


def chapter(t: Translator, number: int, heading: str) -> str:
    """Above the key points of a question, or (number 0) the questions for further discussion."""
    if not number:
        return further(t)
    return t.gettext("%(number)s. %(question)s") % {"number": t.number(number), "question": heading}


def row(t: Translator, of: Row) -> str:
    """What a row is called."""
    return named(t, of.thread, of.point)


def named(t: Translator, thread: LoomThread, point: Point | None = None) -> str:
    """What a row is called; a key point by where it stands, as far as it is known."""
    if thread.kind is ThreadKind.BACKGROUND:
        return background(t)
    if thread.kind is ThreadKind.LABEL:
        return summary_texts.labels(t)[thread.label]
    if point is None:
        return t.gettext("Key point")
    return markup.visible(point_texts.head(t, point))


def standing_label(thread: LoomThread, language: str) -> str:
    """What a part is called in a language as long as the dialogue has no word of its own for it."""
    return summary_texts.labels(translator(language))[thread.label]


def in_language(t: Translator, what: str, language: str) -> str:
    """A row in one language."""
    return t.gettext("%(text)s, %(language)s") % {"text": what, "language": t.language_name(language)}


def no_wording(t: Translator) -> str:
    """In a cell without one."""
    return t.gettext("No wording yet.")


def the_bots_word(t: Translator) -> str:
    """Beside what a part is called as long as nobody wrote another."""
    return t.gettext("as the bot calls it")


def edit_button(t: Translator, row_name: str, language: str, *, empty: bool) -> str:
    """Opens a wording to be written, for those who only hear it."""
    text = t.gettext("Write: %(text)s") if empty else t.gettext("Change: %(text)s")
    return text % {"text": in_language(t, row_name, language)}


def write_word(t: Translator) -> str:
    """Opens an empty cell."""
    return t.pgettext("button", "Write")


def change_word(t: Translator) -> str:
    """Opens a wording."""
    return t.pgettext("button", "Change")


def save_button(t: Translator) -> str:
    """Keeps what was written."""
    return t.pgettext("button", "Save")


def cancel_button(t: Translator) -> str:
    """Leaves a wording as it was."""
    return t.pgettext("button", "Cancel")


def paste_hint(t: Translator) -> str:
    """Below a box."""
    return t.gettext("Links and bold words may be pasted; **bold** and [words](https://…) may be typed.")


def refused(t: Translator, error: Exception) -> str:
    """Why a text wasn't kept."""
    match error:
        case TooLong():
            return writing_texts.too_long(t, error.limit)
        case PointWithoutWords():
            return t.gettext("A point needs words in one language at least.")
        case NoSuchKeyPoint():
            return t.gettext("This point was deleted meanwhile. What you wrote stands here, so that you can copy it.")
        case _:
            return t.gettext(
                "Nothing is overwritten: someone else changed this wording meanwhile. Theirs stands here, yours in the box. "
                "If you save now, yours replaces theirs."
            )


def removed_meanwhile(t: Translator) -> str:
    """Where the other took the wording away."""
    return t.gettext("It has no wording now.")


def mark(t: Translator, of: CellMark) -> str:
    """A difference from the source language."""
    return markup.visible(review.lack(t, of.difference))


def worded_elsewhere(t: Translator) -> str:
    """Where a title or the heading of a question differs."""
    return t.gettext("Titles and questions are worded in the dialogue itself.")


def let_stand_button(t: Translator) -> str:
    """Lets a difference stand, under one's name."""
    return t.pgettext("button", "Let it stand")


def let_stand(t: Translator, of: CellMark, zone: str) -> str:
    """Who let a difference stand, and when."""
    assert of.waived is not None
    return t.gettext("let stand by %(name)s, %(moment)s") % {
        "name": of.waived.by or t.gettext("a moderator"),
        "moment": t.short_moment(of.waived.at, zone),
    }


def back(t: Translator) -> str:
    """Leads back to all rows."""
    return t.pgettext("button", "Back to the Summary")


def new_point(t: Translator, number: int) -> str:
    """Above the box for a new key point or, with number 0, a new question for further discussion."""
    if number:
        return t.gettext("New key point, in one sentence")
    return t.gettext("New question for further discussion")


def all_at_once(t: Translator) -> str:
    """Below that box."""
    return t.gettext("In all languages at once: each on a line of its own, or after its name (en: … es: …).")


def which_language(t: Translator) -> str:
    """The choice of a language."""
    return t.gettext("Language")


def recognised(t: Translator) -> str:
    """Instead of a language: the program sees by itself."""
    return t.gettext("recognised by itself")


def add_button(t: Translator) -> str:
    """Adds a point."""
    return writing_texts.add_button(t)


def unheard(t: Translator, strange: str) -> str:
    """When nobody can tell in which of the dialogue's languages a text is; it may be in a `strange` one."""
    if strange:
        return t.gettext("This seems to be %(language)s, which the dialogue doesn’t have. Which language is it?") % {
            "language": t.language_name(strange)
        }
    return t.gettext(
        "Several languages seem to stand in one paragraph. Please begin a new line for each, or say which it is."
    )


def document(t: Translator) -> str:
    """Above the Summary as it will be."""
    return t.gettext("The document")


def one_after_another(t: Translator) -> str:
    """All languages in one document."""
    return t.gettext("All, one after another")


def hide_document(t: Translator) -> str:
    """Leaves more room for the rows."""
    return t.pgettext("button", "Hide")


def show_document(t: Translator) -> str:
    """Shows the Summary as it will be, beside the rows."""
    return t.pgettext("button", "Show the document")
