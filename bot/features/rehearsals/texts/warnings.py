"""The words for what to look at again before a dialogue runs."""

from collections.abc import Callable, Mapping, Sequence

from bot import places
from bot.features.rehearsals.actions.warnings import Concern, Snag, TextKind
from bot.i18n import Translator
from bot.phrases import bold, inserted, strung

MOST = 20  # in one list: the rest is told by its number
Words = Mapping[str, str]

_MISSING: Mapping[TextKind, Callable[[Translator], str]] = {
    TextKind.TITLE: lambda t: t.gettext("The title is missing in %(language)s."),
    TextKind.SUMMARY: lambda t: t.gettext("The invitation’s summary is missing in %(language)s."),
    TextKind.NOTE: lambda t: t.gettext("The concept note is missing in %(language)s."),
    TextKind.RULES: lambda t: t.gettext("The rules are missing in %(language)s."),
    TextKind.QUESTION_TITLE: lambda t: t.gettext("The title of question %(number)s is missing in %(language)s."),
    TextKind.QUESTION: lambda t: t.gettext("Question %(number)s is missing in %(language)s."),
    TextKind.PROMPTS: lambda t: t.gettext("The prompts of question %(number)s are missing in %(language)s."),
    TextKind.FOLLOW_UP: lambda t: t.gettext("The follow-up to question %(number)s is missing in %(language)s."),
    TextKind.EVENT: lambda t: t.gettext("The title of live event %(number)s is missing in %(language)s."),
    TextKind.EVENT_ABOUT: lambda t: t.gettext("What live event %(number)s is about is missing in %(language)s."),
}
_SNAGS: Mapping[Snag, Callable[[Translator], str]] = {
    Snag.PAST: lambda t: t.gettext("Question %(number)s opens on %(moment)s: that has passed. Is the year right?"),
    Snag.FAR: lambda t: t.gettext(
        "Question %(number)s opens on %(moment)s: that is more than a year away. Is the year right?"
    ),
    Snag.AT_NIGHT: lambda t: t.gettext(
        "Question %(number)s opens on %(moment)s, in the quiet hours: it reaches members on %(reaches)s."
    ),
    Snag.STALE: lambda t: t.gettext(
        "The recording of question %(number)s in %(language)s says another wording: members get the text alone."
    ),
    Snag.HOLIDAY: lambda t: t.gettext("Question %(number)s opens on %(moment)s, on a public holiday: %(holidays)s."),
}


def warning(t: Translator, concern: Concern, zone: str) -> str:
    """One thing to look at again, as a sentence in Telegram's HTML; moments are told in `zone`."""
    said = _sentence(t, concern)
    return said % {
        "number": t.number(concern.number or 0),
        "language": inserted(t.language_name(concern.language)) if concern.language else "",
        "moment": inserted(t.moment(concern.moment, zone)) if concern.moment else "",
        "reaches": inserted(t.moment(concern.reaches_at, zone)) if concern.reaches_at else "",
        "count": t.number(concern.count),
        "countries": strung(t, [_country(t, country) for country, _ in concern.days_off]),
        "holidays": strung(t, [_holiday(t, country, name) for country, name in concern.days_off]),
    }


def _country(t: Translator, country: str) -> str:
    return inserted(places.country_name(country, t.language))


def _holiday(t: Translator, country: str, name: str) -> str:
    # Translators: a public holiday and the country in which it is one: "Mashujaa Day (Kenya)".
    return t.gettext("%(holiday)s (%(country)s)") % {"holiday": inserted(name), "country": _country(t, country)}


def _sentence(t: Translator, concern: Concern) -> str:
    if concern.snag is Snag.NO_TEXT and concern.place is not None:
        return _MISSING[concern.place](t)
    if concern.snag is Snag.SPLITS:
        return _splits(t, concern)
    if concern.snag is Snag.WEEKEND:
        return _weekend(t, concern)
    return _SNAGS[concern.snag](t)


def _weekend(t: Translator, concern: Concern) -> str:
    if any(country for country, _ in concern.days_off):
        return t.gettext("Question %(number)s opens on %(moment)s, on a weekend: %(countries)s.")
    return t.gettext("Question %(number)s opens on a weekend: %(moment)s.")


def _splits(t: Translator, concern: Concern) -> str:
    if concern.place is TextKind.NOTE:
        return t.ngettext(
            "The concept note in %(language)s comes in %(count)s message.",
            "The concept note in %(language)s comes in %(count)s messages.",
            concern.count,
        )
    return t.ngettext(
        "Question %(number)s in %(language)s comes in %(count)s message, with what others said.",
        "Question %(number)s in %(language)s comes in %(count)s messages, with what others said.",
        concern.count,
    )


def listed(t: Translator, concerns: Sequence[Concern], zone: str) -> str:
    """All of them, below a heading; or that there are none."""
    if not concerns:
        return t.gettext(
            "Nothing stands out: texts in all languages, and no question at night, on a day off or in a wrong year."
        )
    lines = [f"• {warning(t, each, zone)}" for each in concerns[:MOST]]
    if len(concerns) > MOST:
        more = len(concerns) - MOST
        lines.append(t.ngettext("and %(count)s more", "and %(count)s more", more) % {"count": t.number(more)})
    return "\n".join([bold(t.gettext("Please look at this again:")), *lines])
