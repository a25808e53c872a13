"""The words of the form of a dialogue: what its fields are called, what became of what was written, and what else can be done."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import phrases, places
from bot.authoring import Code, Fault, forms
from bot.authoring.faults import Malformed
from bot.features.desk.actions.form import FormCell
from bot.features.dialogues.actions.calendar import Calendar
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.drafts.actions import contents, pages
from bot.features.drafts.actions.drafts import DraftChange
from bot.features.drafts.actions.fields import DraftField
from bot.features.drafts.texts import finishing, names, sharing, typing
from bot.features.drafts.texts import pages as page_texts
from bot.i18n import Translator, endonym, translator
from bot.markup import isolate, visible
from bot.phrases import strung

Wording = Callable[[Translator], str]

MISSING = finishing.MISSING | {Code.NO_TEXT_IN_LANGUAGE}
ITEM_NAMES: dict[str, Wording] = {
    "events": lambda t: t.pgettext("page", "Live event %(number)s"),
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
}


def untitled(t: Translator) -> str:
    """Stands for the title of a draft that has none."""
    return sharing.untitled(t, "")


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


def saved(t: Translator) -> str:
    """Beside a field that was just saved."""
    return t.pgettext("field", "Saved")


def not_saved(t: Translator) -> str:
    """Beside a field that could not be saved: no answer came."""
    return t.gettext("Not saved: there was no answer. Your words are still here; change them, or try again.")


def signed_out(t: Translator) -> str:
    """Beside a field that could not be saved: the session has ended."""
    return t.gettext("Not saved: you are signed out. Copy your words, and come in by a new link.")


def unsaved_first(t: Translator) -> str:
    """When something else is done while a field isn't saved."""
    return t.gettext("First settle what isn’t saved: it is marked.")


def try_again_button(t: Translator) -> str:
    """Saves a field once more."""
    return t.pgettext("button", "Try again")


def save_button(t: Translator) -> str:
    """Saves a section, where fields aren't saved by themselves."""
    return t.pgettext("button", "Save")


def met(t: Translator, change: DraftChange) -> str:
    """Someone else has changed a field meanwhile; what they wrote follows."""
    name = change.name or t.pgettext("author", "Someone")
    return t.gettext("“%(name)s” has changed this meanwhile. It says now:") % {"name": isolate(name)}


def nothing(t: Translator) -> str:
    """Stands for what others wrote, where they took it away."""
    return t.pgettext("field", "nothing")


def mine_button(t: Translator) -> str:
    """Puts one's own words in the place of what another has just written."""
    return t.pgettext("button", "Put mine in its place")


def theirs_button(t: Translator) -> str:
    """Leaves what another has written."""
    return t.pgettext("button", "Leave it as it is")


def told_of(t: Translator, news: Sequence[DraftChange], *, settled: bool) -> list[str]:
    """What others have changed since one looked; `settled` if the form shows it already."""
    if settled:
        return [visible(each) for each in page_texts.told_of(t, news)]
    named = dict.fromkeys(each.name or t.pgettext("author", "Someone") for each in news)
    return [t.gettext("“%(name)s” is changing this draft, too.") % {"name": isolate(name)} for name in named]


def changed_meanwhile(t: Translator) -> str:
    """When something wasn't added, taken away or moved, since others had changed the same."""
    return t.gettext("Nothing was moved or taken away: others have changed this meanwhile. This is how it is now.")


def show_now(t: Translator) -> str:
    """Shows the form as it is now."""
    return t.pgettext("button", "Show how it is now")


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


def other_city(t: Translator) -> str:
    """Where another city is typed."""
    return t.gettext("Another city")


def choose_button(t: Translator) -> str:
    """Takes what was typed beside it."""
    return t.pgettext("button", "Choose")


def not_a_city(t: Translator) -> str:
    """When a city is not known."""
    return visible(typing.not_a_city(t))


def which_city(t: Translator) -> str:
    """Above the cities of a name."""
    return visible(typing.which_city(t))


def city(t: Translator, found: places.Locality) -> str:
    """A city with its country."""
    return phrases.city(t, found.name, found.country)


def not_a_language(t: Translator) -> str:
    """When a language is not known."""
    return visible(typing.not_a_language(t))


def other_language(t: Translator) -> str:
    """Where another language is typed."""
    return t.gettext("Another language")


def add_language_button(t: Translator) -> str:
    """Adds a language."""
    return t.pgettext("button", "Add")


def drop_language_button(t: Translator, tag: str) -> str:
    """Takes a language out."""
    return t.pgettext("button", "Leave out: %(language)s") % {"language": endonym(tag)}


def has_texts(t: Translator, tag: str, count: int) -> str:
    """Before a language goes with what is written in it."""
    return visible(page_texts.has_texts(t, tag, count))


def without_button(t: Translator, tag: str) -> str:
    """Takes a language out, with its texts."""
    return page_texts.without_button(t, tag)


def add_question_button(t: Translator) -> str:
    """Adds a question at the end."""
    return page_texts.add_button(t)


def add_event_button(t: Translator) -> str:
    """Adds a live event."""
    return t.pgettext("button", "Another live event")


def up_button(t: Translator) -> str:
    """Puts a question before the one that precedes it."""
    return page_texts.up_button(t)


def down_button(t: Translator) -> str:
    """Puts a question after the one that follows it."""
    return t.pgettext("button", "Put it later")


def drop_button(t: Translator) -> str:
    """Takes a question or a live event away."""
    return page_texts.drop_button(t)


def more_of_question(t: Translator) -> str:
    """Opens what a question can have besides its text."""
    return t.gettext("Title, ways to begin, follow-up, own times")


def labels(t: Translator) -> str:
    """Above what the Summary calls its parts."""
    return t.gettext("What it calls its parts")


def nothing_wrong(t: Translator) -> str:
    """When a draft can be a dialogue."""
    return t.gettext("Nothing is wrong with it.")


def to_be_done(t: Translator, errors: Sequence[Fault]) -> str:
    """Above what stands in a draft's way; where nothing can be told, since it is too much."""
    if not errors:
        return visible(finishing.too_much(t))
    return t.gettext("This is still to be done before it can be a dialogue:")


def todo(t: Translator, errors: Sequence[Fault]) -> list[tuple[str, str]]:
    """What stands in a draft's way: the page of the wizard, and what is to be done there."""
    return [
        (finishing.page_of(each), said)
        for said, each in {visible(finishing.line(t, one)): one for one in errors}.items()
    ]


def missing_in(t: Translator, tag: str, count: int) -> str:
    """How many texts are missing in a language."""
    said = t.ngettext(
        "%(count)s text is missing in %(language)s.", "%(count)s texts are missing in %(language)s.", count
    )
    return said % {"count": t.number(count), "language": t.language_name(tag)}


def calendar(t: Translator, when: Calendar) -> str:
    """When a dialogue takes place; in Telegram's HTML."""
    return comparison_texts.calendar(t, when)


def place(t: Translator, where: str) -> str:
    """What a text is, to who translates it."""
    found = contents.item_of(where)
    if found and found[0] == "events":
        return strung(t, [item(t, f"events[{found[1]}]"), field(t, where)])
    return names.name(t, where)


def to_translate(t: Translator, tag: str) -> str:
    """Above the texts that someone translates."""
    return t.gettext("Texts in %(language)s") % {"language": t.language_name(tag)}


def nothing_to_translate(t: Translator) -> str:
    """Where nothing is written in any other language yet."""
    return t.gettext("There is nothing to translate yet.")


def files_in_chat(t: Translator) -> str:
    """Recordings and files are sent in the chat."""
    return t.gettext(
        "Recordings of questions, and the concept note as a PDF, are sent in the chat: /new, and the same page there."
    )


def written_with(t: Translator, others: Sequence[str]) -> str:
    """Who else writes this draft."""
    return t.gettext("You write it with %(names)s.") % {"names": strung(t, others)}
