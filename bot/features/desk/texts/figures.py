"""The words of figures at the desk: the tables and what stands beside their charts."""

from bot.features.digests.actions.charted import Charted
from bot.features.digests.actions.contents import DigestContents
from bot.features.digests.texts import charts
from bot.i18n import Translator
from bot.markup import excerpt, isolate
from bot.phrases import language_or_others
from bot.tallies.breakdown import LanguageFigures
from bot.tallies.figures import QuestionFigures

TITLE = 60


def language(t: Translator, one: LanguageFigures) -> str:
    """A language in a table."""
    return language_or_others(t, one.language)


def questions_heading(t: Translator) -> str:
    """Above the questions, when they are open, and who replied."""
    return t.gettext("Questions and schedule")


def question(t: Translator, one: QuestionFigures) -> str:
    """A question by number and title."""
    title = " ".join(one.title.split())
    return t.gettext("%(index)s. %(text)s") % {"index": t.number(one.number), "text": isolate(excerpt(title, TITLE))}


def open_when(t: Translator, one: QuestionFigures, digest: DigestContents) -> str:
    """Whether a question is still to come, open or closed, and until when."""
    if one.opens_at > digest.until:
        return t.gettext("opens on %(moment)s") % {"moment": t.short_moment(one.opens_at, digest.zone)}
    moment = {"moment": t.short_moment(one.closes_at, digest.zone)}
    if one.closes_at > digest.until:
        return t.gettext("open until %(moment)s") % moment
    return t.gettext("closed since %(moment)s") % moment


def replied(t: Translator, one: QuestionFigures) -> str:
    """How many of how many replied to a question."""
    return charts.share(t, one)


def columns(t: Translator, which: str) -> list[str]:
    """The headings of a table's columns."""
    return {
        "questions": [
            t.pgettext("column", "Question"),
            t.pgettext("column", "When"),
            t.pgettext("column", "Replied, of those reached"),
            t.pgettext("column", "Replies"),
        ],
        "languages": [
            t.pgettext("column", "Language"),
            t.pgettext("column", "Share of members"),
            t.pgettext("column", "Share of what was said"),
        ],
        "steps": [t.pgettext("column", "Step"), t.pgettext("column", "People")],
        "days": [t.pgettext("column", "Day"), t.pgettext("column", "All")],
    }[which]


def languages_heading(t: Translator) -> str:
    """Above the shares of the languages."""
    return t.gettext("Languages")


def by_day(t: Translator, charted: Charted) -> str:
    """Above what was said day by day."""
    return charts.by_day(t, charted)


def alternative(t: Translator, charted: Charted) -> str:
    """What the chart shows, in sentences."""
    return charts.alternative(t, charted)


def tone(t: Translator, tag: str | None, charted: Charted) -> str:
    """A language in the legend."""
    return charts.language(t, tag, charted)


def nothing_said(t: Translator) -> str:
    """Instead of a chart, before anything was said."""
    return t.gettext("Nothing has been said yet.")


def as_table(t: Translator) -> str:
    """Opens the table beside a chart."""
    return t.gettext("As a table")
