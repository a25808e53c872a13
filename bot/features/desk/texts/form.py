"""The words of the form of a dialogue: what became of what was written, and what else can be done."""

from collections.abc import Sequence

from bot import phrases, places
from bot.authoring import Fault
from bot.features.desk.actions import form as actions
from bot.features.dialogues.actions.calendar import Calendar
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.drafts.actions.drafts import DraftChange
from bot.features.drafts.texts import finishing, sharing, typing
from bot.features.drafts.texts import pages as page_texts
from bot.i18n import Translator, endonym
from bot.markup import isolate, visible
from bot.phrases import strung


def untitled(t: Translator) -> str:
    """Stands for the title of a draft that has none."""
    return sharing.untitled(t, "")


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
    """What stands in a draft's way: the section of the form, and what is to be done there."""
    said = {visible(finishing.line(t, one, _named_section(one))): one for one in errors}
    return [(actions.section_of(each), words) for words, each in said.items()]


def _named_section(fault: Fault) -> str | None:
    section = actions.section_of(fault).partition("-")[0]
    return section if section in actions.ON_FORM_ALONE else None


def missing_in(t: Translator, tag: str, count: int) -> str:
    """How many texts are missing in a language."""
    said = t.ngettext(
        "%(count)s text is missing in %(language)s.", "%(count)s texts are missing in %(language)s.", count
    )
    return said % {"count": t.number(count), "language": t.language_name(tag)}


def calendar(t: Translator, when: Calendar) -> str:
    """When a dialogue takes place; in Telegram's HTML."""
    return comparison_texts.calendar(t, when)


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


def add_source_button(t: Translator) -> str:
    """Adds an entry to the reading list."""
    return t.pgettext("button", "Something else to read")


def after_event(t: Translator) -> str:
    """Opens what a live event has besides its moment and link."""
    return t.gettext("Length, languages, speakers; afterwards a recording and notes")


def as_usual(t: Translator, value: str) -> str:
    """Among the values of a field: nobody chooses, and this holds."""
    return t.gettext("As usual: %(value)s") % {"value": value}
