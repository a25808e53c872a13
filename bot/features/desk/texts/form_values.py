"""The values that stand on the form of a dialogue alone, as people say them: hours, rhythms, how long something lasts or is kept."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from bot import phrases
from bot.authoring import forms
from bot.authoring.faults import Malformed
from bot.features.desk.texts.form import as_usual
from bot.features.drafts.actions import values
from bot.features.drafts.texts import pages as page_texts
from bot.i18n import Translator

SOME_DAY = date(2000, 1, 1)
Saying = Callable[[Translator, str], str]


def _send_at(t: Translator, value: str) -> str:
    if value == "member":
        return t.pgettext("field value", "each member’s own")
    return t.pgettext("field value", "the dialogue’s, for all at once")


def _quiet_hours(t: Translator, value: str) -> str:
    if value == forms.NONE:
        return t.pgettext("field value", "no quiet hours")
    begin, end = (t.clock(datetime.combine(SOME_DAY, at, UTC), "UTC") for at in forms.quiet_hours(value))
    return t.gettext("from %(begin)s to %(end)s") % {"begin": begin, "end": end}


def _reminder(t: Translator, value: str) -> str:
    if value == forms.NONE:
        return t.pgettext("field value", "no reminder")
    return t.gettext("before the close: %(length)s") % {"length": t.length(forms.period(value))}


def _digest(t: Translator, value: str) -> str:
    return t.pgettext("field value", "no digests") if value == forms.NONE else page_texts.every_button(t, value)


def _day(t: Translator, value: str) -> str:
    return t.weekday(forms.WEEKDAYS.index(forms.weekday(value)))


def _kept(t: Translator, value: str) -> str:
    return phrases.until(t, forms.kept_for(timedelta(0))(value))


def _clock(t: Translator, value: str) -> str:
    return t.clock(datetime.combine(SOME_DAY, forms.clock(value), UTC), "UTC")


SAYINGS: Mapping[str, Saying] = {
    "send_at": _send_at,
    "quiet_hours": _quiet_hours,
    "reminder": _reminder,
    "digest.every": _digest,
    "digest.at": _clock,
    "digest.day": _day,
    **dict.fromkeys(("retention.identities", "retention.files", "retention.dialogue"), _kept),
    "lasts": lambda t, value: t.length(forms.period(value)),
}


def value(t: Translator, place: str, said: str) -> str:
    """A value as a person says it; as it is written, where nobody can tell what it means."""
    try:
        return SAYINGS[values.key_of(place)](t, said) if said else "–"
    except Malformed:
        return said


def usual(t: Translator, place: str, said: str) -> str:
    """What holds where nobody chooses."""
    return as_usual(t, value(t, place, said))
