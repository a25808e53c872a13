"""The words of the log at the desk: what moderators did, and the filter."""

from bot.features.moderation.actions.log import LogRow
from bot.features.moderation.texts import decisions, notices
from bot.i18n import Translator
from bot.phrases import short_moment_in, signatures

act = notices.act


def heading(t: Translator) -> str:
    """Above the log."""
    return t.gettext("What moderators did")


def nothing(t: Translator) -> str:
    """Where nothing was done, or nothing of the kind."""
    return t.gettext("Nothing of the kind was done.")


def columns(t: Translator) -> list[str]:
    """The headings of the table."""
    return [
        t.pgettext("column", "When"),
        t.pgettext("column", "Who"),
        t.pgettext("column", "What"),
        t.pgettext("column", "About"),
        t.pgettext("column", "Reason"),
    ]


def moment(t: Translator, row: LogRow, zone: str) -> str:
    """When it was done."""
    return short_moment_in(t, row.done_at, zone)


def who(t: Translator, row: LogRow) -> str:
    """Who did it."""
    return actor(t, row.actor_name) if row.actor_id is not None else t.pgettext("author", "Members, or the host")


def actor(t: Translator, name: str | None) -> str:
    """By which name the others with a role know someone."""
    return name or t.gettext("named by the host")


def about(t: Translator, row: LogRow) -> list[str]:
    """What it was done about: a reply, told as its author is named on it, or a role."""
    found = []
    if row.question is not None:
        found.append(t.gettext("reply to question %(number)s") % {"number": t.number(row.question)})
    if row.author is not None:
        found.append(signatures.author(t, row.author))
    if row.role is not None:
        found.append(signatures.role(t, row.role))
    return [*found, *([row.whose] if row.whose else [])]


def reason(t: Translator, row: LogRow) -> str:
    """Why it was done; empty where there is no reason."""
    return decisions.reason(t, row.reason) if row.reason else ""


def every_act(t: Translator) -> str:
    """Whatever was done."""
    return t.pgettext("log", "Everything")


def everybody(t: Translator) -> str:
    """Whoever did it."""
    return t.pgettext("log", "Everybody")


def filter_by_act(t: Translator) -> str:
    """The field for what was done."""
    return t.pgettext("log", "What")


def filter_by_actor(t: Translator) -> str:
    """The field for who did it."""
    return t.pgettext("log", "Who")


def filter_button(t: Translator) -> str:
    """Shows what was chosen."""
    return t.pgettext("button", "Show")


def older(t: Translator) -> str:
    """The next page."""
    return t.pgettext("button", "Older")


def file_button(t: Translator) -> str:
    """The whole log as a table."""
    return t.pgettext("button", "All of it as a table (CSV)")
