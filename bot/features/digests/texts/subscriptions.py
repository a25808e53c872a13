"""How a moderator gets their digest, and the choices they have."""

from datetime import UTC, date, datetime, time

from babel.dates import get_day_names

from bot import phrases, places
from bot.features.digests.actions.subscriptions import DAILY, NEVER, Subscription
from bot.i18n import LANGUAGES, Translator
from bot.markup import isolate

ANY_DAY = date(2024, 1, 1)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def choices(t: Translator, subscription: Subscription, now: datetime) -> str:
    """How the digest comes now; in Telegram's HTML."""
    heading = t.gettext("How you get the digest of %(title)s") % {"title": phrases.inserted(subscription.title)}
    lines = [phrases.bold(heading), t.gettext("Day: %(day)s") % {"day": day(t, subscription.day)}]
    if subscription.rhythm is not None:
        place = places.zone_name(subscription.rhythm.zone, t.language, now)
        when = t.gettext("Time: %(time)s, %(place)s")
        lines.append(when % {"time": isolate(hour(t, subscription.rhythm.at)), "place": isolate(place)})
    lines.append(t.gettext("Language: %(language)s") % {"language": language(t, subscription.language)})
    length = t.gettext("Length: short") if subscription.short else t.gettext("Length: with quotes and chart")
    lines.append(length)
    if subscription.rhythm is not None and subscription.next_at is not None:
        moment = isolate(t.moment(subscription.next_at, subscription.rhythm.zone))
        lines.append(t.gettext("The next one: %(moment)s") % {"moment": moment})
    return "\n".join(lines)


def choose_day(t: Translator) -> str:
    """Over the days of the week."""
    return t.gettext("On which day would you like the digest?")


def choose_hour(t: Translator) -> str:
    """Over the hours of the day."""
    return t.gettext("At what time of your day would you like the digest?")


def choose_language(t: Translator) -> str:
    """Over the languages."""
    return t.gettext("In which language would you like the digest?")


def day(t: Translator, key: str | None) -> str:
    """A day of the week, or how often otherwise; for a line and for a button."""
    if key == DAILY:
        return t.pgettext("digest", "Every day")
    if key == NEVER:
        return t.pgettext("digest", "Never by itself")
    if key is None:
        return t.pgettext("digest", "As the dialogue has it")
    name: str = get_day_names("wide", "stand-alone", t.locale)[DAYS.index(key)]
    return name[:1].upper() + name[1:]


def hour(t: Translator, at: time) -> str:
    """A time of day; for a line and for a button."""
    return t.clock(datetime.combine(ANY_DAY, at, UTC), "UTC")


def language(t: Translator, tag: str | None) -> str:
    """A language in itself, or the one the person uses; for a line and for a button."""
    return LANGUAGES[tag].endonym if tag else t.pgettext("digest", "The one I use here")


def settings_button(t: Translator) -> str:
    """Under a digest: how it comes."""
    return t.pgettext("button", "Day, time, language, length")


def day_button(t: Translator) -> str:
    """Opens the days."""
    return t.pgettext("button", "Another day")


def hour_button(t: Translator) -> str:
    """Opens the hours."""
    return t.pgettext("button", "Another time")


def language_button(t: Translator) -> str:
    """Opens the languages."""
    return t.pgettext("button", "Another language")


def length_button(t: Translator, *, short: bool) -> str:
    """Makes the digest short, or gives it everything."""
    return t.pgettext("button", "Short") if short else t.pgettext("button", "With quotes and chart")


def whole_button(t: Translator) -> str:
    """Under a digest: from the beginning on."""
    return t.pgettext("button", "From the beginning")


def week_button(t: Translator) -> str:
    """Under a digest: of the last seven days."""
    return t.pgettext("button", "Last seven days")
