"""The words of the files that an organiser fills in: what each setting means, and the buttons by which one gets them."""

from collections.abc import Callable, Mapping

from bot.i18n import Translator

MEANINGS: Mapping[str, Callable[[Translator], str]] = {
    "slug": lambda t: t.gettext("The last part of the link for joining: 3 to 40 of a to z, digits and hyphens."),
    "languages": lambda t: t.gettext("Codes such as en, es, fr; the first stands in wherever a text is missing."),
    "timezone": lambda t: t.gettext("The zone of all times here, such as Africa/Nairobi."),
    "starts": lambda t: t.gettext("When question 1 opens, such as 2027-03-01T09:00."),
    "ends": lambda t: t.gettext("When the last question closes; may be left out."),
    "every": lambda t: t.gettext("From one question to the next, such as 1 week or 3 days."),
    "send_at": lambda t: t.gettext("member: by each member's own clock. dialogue: at one moment for all."),
    "quiet_hours": lambda t: t.gettext("Hours of the night in which nothing is sent unasked; or none."),
    "moderation": lambda t: t.gettext("after: replies are shown at once. before: once a moderator has approved them."),
    "names": lambda t: t.gettext("choose: members choose how they are named. real: their names. anonymous: none."),
    "admission": lambda t: t.gettext("link: whoever has the link. open: anyone. approval: whom an organiser lets in."),
    "reminder": lambda t: t.gettext(
        "How long before a question closes those who have not replied are reminded; or none."
    ),
    "digest": lambda t: t.gettext("When moderators get their overview."),
    "retention": lambda t: t.gettext("How long after the end it is kept, such as 1 year; never: it does not go."),
    "opens": lambda t: t.gettext("Only if this question opens at another time."),
    "closes": lambda t: t.gettext("Only if this question closes at another time."),
}


def meaning(t: Translator, path: tuple[str | int, ...]) -> str:
    """What a setting means; nothing for one that says it itself."""
    for key in (path[-1], path[0]):
        if isinstance(key, str) and key in MEANINGS:
            return MEANINGS[key](t)
    return ""


def word_button(t: Translator) -> str:
    """Sends the example as a Word file."""
    return t.pgettext("button", "Word file")


def workbook_button(t: Translator) -> str:
    """Sends the example as a workbook."""
    return t.pgettext("button", "Spreadsheet")


def text_button(t: Translator) -> str:
    """Sends the example as a text file, in YAML."""
    return t.pgettext("button", "Text file (YAML)")


def filled_in(t: Translator) -> str:
    """The caption of an example; plain text."""
    return t.gettext(
        "Write your own texts over these, in as many languages as you like, and send the file back to me. "
        "I say what is not right yet, and nothing changes before all of it is."
    )
