"""The words of the form's fields: what they are called, what is wrong in one, and what stands in it."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import places
from bot.authoring import Code, Fault, forms
from bot.authoring.faults import Malformed
from bot.features.desk.actions.form import FormCell
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.drafts.actions import contents, pages
from bot.features.drafts.actions.fields import DraftField
from bot.features.drafts.texts import finishing, names
from bot.features.drafts.texts import pages as page_texts
from bot.i18n import Translator, translator
from bot.phrases import strung

Wording = Callable[[Translator], str]


MISSING = finishing.MISSING | {Code.NO_TEXT_IN_LANGUAGE}


ITEM_NAMES: dict[str, Wording] = {
    "events": lambda t: t.pgettext("page", "Live event %(number)s"),
    "sources": lambda t: t.pgettext("page", "To read, %(number)s"),
    "questions": lambda t: t.pgettext("page", "Question %(number)s"),
}


KEYS: dict[str, Wording] = {
    "title": lambda t: t.pgettext("field", "Title"),
    "about": lambda t: t.pgettext("field", "What it is about"),
    "text": lambda t: t.pgettext("field", "Question"),
    "prompts": lambda t: t.pgettext("field", "Ways to begin, one in each line"),
    "follow_up": lambda t: t.pgettext("field", "Follow-up to a short reply"),
    "link": lambda t: t.pgettext("field", "Link"),
    "opens": lambda t: t.pgettext("field", "Opens, if at another time"),
    "closes": lambda t: t.pgettext("field", "Closes, if at another time"),
    "starts": lambda t: t.pgettext("field", "Begins"),
    "every": lambda t: t.pgettext("field", "From one question to the next"),
    "timezone": lambda t: t.pgettext("field", "Time zone"),
    "ends": lambda t: t.pgettext("field", "Ends, if later than the last question"),
    "send_at": lambda t: t.pgettext("field", "By whose clock"),
    "quiet_hours": lambda t: t.pgettext("field", "Quiet hours, by each member’s clock"),
    "reminder": lambda t: t.pgettext("field", "Reminder to those who have not replied"),
    "digest.every": lambda t: t.pgettext("field", "How often"),
    "digest.at": lambda t: t.pgettext("field", "At what time"),
    "digest.day": lambda t: t.pgettext("field", "On which day"),
    "retention.identities": lambda t: t.pgettext("field", "Who said what"),
    "retention.files": lambda t: t.pgettext("field", "Voice messages, pictures and files"),
    "retention.dialogue": lambda t: t.pgettext("field", "All of it"),
    "url": lambda t: t.pgettext("field", "Address"),
    "lasts": lambda t: t.pgettext("field", "Lasts"),
    "languages": lambda t: t.pgettext("field", "Languages spoken there, with commas"),
    "speakers": lambda t: t.pgettext("field", "Who speaks, one in each line"),
    "recording": lambda t: t.pgettext("field", "Recording, once there is one"),
    "notes": lambda t: t.pgettext("field", "Notes, once it is over"),
    "moderation": lambda t: t.pgettext("field", "When replies are seen"),
    "names": lambda t: t.pgettext("field", "Names"),
    "admission": lambda t: t.pgettext("field", "Who can join"),
    "document.dates": lambda t: t.pgettext("field", "Dates"),
    "document.strength": lambda t: t.pgettext("field", "How many agreed"),
    "document.method": lambda t: t.pgettext("field", "How it came about"),
    "document.quotes": lambda t: t.pgettext("field", "Quotes"),
}


HINTS: dict[str, Wording] = {
    "languages": lambda t: t.gettext("The first one stands in wherever a text is missing."),
    "days": lambda t: t.gettext("All days and times are by this dialogue’s clock."),
    "questions": lambda t: t.gettext("They are asked in this order."),
    "people": lambda t: t.gettext("How people take part."),
    "events": lambda t: t.gettext("Such as a video call. Members are invited a week before."),
    "document": lambda t: t.gettext("What the Summary shows, and what it calls its parts."),
    "sources": lambda t: t.gettext("What members may want to read. It comes with the concept note."),
    "sending": lambda t: t.gettext("What nobody asked for waits until the quiet hours are over."),
    "digest": lambda t: t.gettext("What is new, and what needs a moderator, by the dialogue’s clock."),
    "retention": lambda t: t.gettext("After the end of the dialogue; members read it before they join."),
}


def page_name(t: Translator, word: str) -> str:
    """What a section is called."""
    return names.name(t, word)


def hint(t: Translator, word: str) -> str:
    """What a section asks for."""
    return HINTS[word](t) if word in HINTS else names.ASKED[word](t)


def item(t: Translator, name: str) -> str:
    """What a question or a live event is called."""
    of, number = name.rstrip("]").split("[")
    return ITEM_NAMES[of](t) % {"number": t.number(int(number) + 1)}


def field(t: Translator, place: str) -> str:
    """What a field is called within its section."""
    key = place if place in KEYS else contents.key_of(place)
    if place in pages.LABELS:
        return names.own_label(t, place)
    return KEYS[key](t) if contents.item_of(place) or place in KEYS else names.name(t, place)


def label(t: Translator, one: DraftField) -> str:
    """What a field is called to those who hear it: of which question, and in which language."""
    found = contents.item_of(one.place)
    parts = [item(t, f"{found[0]}[{found[1]}]")] if found else []
    parts += [field(t, one.place), *([t.language_name(one.language)] if one.language else [])]
    return strung(t, parts)


def usual(one: DraftField) -> str:
    """What stands in a field where nobody writes anything, in its language; empty if nothing does."""
    return names.own_label(translator(one.language), one.place) if one.place in pages.LABELS else ""


def source_language(t: Translator) -> str:
    """Beside the first language."""
    return t.pgettext("language", "source")


def missing(t: Translator) -> str:
    """Beside a text that is still to be written."""
    return t.gettext("still missing")


def fault(t: Translator, found: Fault) -> str:
    """What is wrong in a field."""
    return missing(t) if found.code in MISSING else fault_texts.message(t, found)


def faults(t: Translator, one: FormCell) -> list[str]:
    """All that is wrong in a field, or missing."""
    said = [*([missing(t)] if one.lacks else []), *(fault(t, each) for each in one.faults)]
    return list(dict.fromkeys(said))


def malformed(t: Translator, error: Malformed | None) -> str:
    """Why what was written can't stand there."""
    if error is None:
        return t.gettext("This can’t be chosen here.")
    return fault_texts.message(t, Fault(error.code, "", 0, 0, error.params))


def option(t: Translator, key: str, value: str) -> str:
    """A value, as a person says it."""
    return names.option(t, key, value)


def moment(t: Translator, wall: str, zone: str) -> str:
    """A moment with its weekday and year; empty for what is none."""
    try:
        at = forms.moment(wall, zone)
    except Malformed:
        return ""
    return t.moment(at.replace(tzinfo=ZoneInfo(zone)), zone)


def every(t: Translator, period: str) -> str:
    """From one question to the next."""
    return page_texts.every_button(t, period)


def zone(t: Translator, name: str, now: datetime) -> str:
    """A time zone by a city."""
    return places.zone_name(name, t.language, now)


def place(t: Translator, where: str) -> str:
    """What a text is, to who translates it."""
    found = contents.item_of(where)
    if found and found[0] != "questions":
        return strung(t, [item(t, f"{found[0]}[{found[1]}]"), field(t, where)])
    return names.name(t, where)
