"""The words around the form: how a draft begins, is seen, becomes a dialogue, is handed out and shared."""

from collections.abc import Sequence
from datetime import datetime

from bot.authoring import Fault
from bot.features.dialogues.actions.calendar import Calendar
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.imports import Done
from bot.features.dialogues.reports.forms import FileForm
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.dialogues.texts import faults as fault_texts
from bot.features.dialogues.texts import files as file_texts
from bot.features.dialogues.texts import templates as template_texts
from bot.features.drafts.actions.drafts import Begun
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.texts import finishing, sharing
from bot.features.questions.texts import schedule
from bot.features.rehearsals.actions.warnings import Concern
from bot.features.rehearsals.texts import pages as rehearsal_texts
from bot.features.rehearsals.texts import warnings as concern_texts
from bot.i18n import Translator
from bot.markup import visible
from bot.phrases import back_button as phrases_back

_MIB = 1024 * 1024


def heading(t: Translator) -> str:
    """Above what a dialogue can begin with, and the way there."""
    return t.gettext("A new dialogue")


def start(t: Translator) -> str:
    """Where a dialogue is begun."""
    return t.gettext(
        "All of it is one form. Each field is kept as soon as you leave it, and you can go on at any time, here or in the chat. "
        "Nobody gets anything before you say that it is ready."
    )


def begun(t: Translator) -> str:
    """Above the drafts to go on with."""
    return t.gettext("Go on with")


def go_on(t: Translator, draft: Begun) -> str:
    """Goes on with a draft."""
    return sharing.begun_button(t, draft)


def empty(t: Translator) -> str:
    """A draft that begins with nothing."""
    return t.gettext("An empty form")


def template(t: Translator, which: Template) -> str:
    """How many questions a dialogue begins with."""
    return sharing.template_button(t, which)


def from_file(t: Translator) -> str:
    """A draft that begins with a file."""
    return t.gettext("What you have as a file")


def file(t: Translator) -> str:
    """Where a file is chosen."""
    return t.gettext("A Word file, a spreadsheet, or a dialogue file (YAML)")


def from_text(t: Translator) -> str:
    """A draft that begins with a text."""
    return t.gettext("What you have as a text")


def text(t: Translator) -> str:
    """Where a text is pasted."""
    return t.gettext("Paste it, with its headings")


def like(t: Translator) -> str:
    """A draft that begins like a dialogue there was."""
    return t.gettext("Like a dialogue there was")


def which(t: Translator) -> str:
    """The choice of a dialogue."""
    return t.gettext("Which one?")


def begin_button(t: Translator) -> str:
    """Begins a draft."""
    return t.pgettext("button", "Begin")


def too_large(t: Translator, most: int) -> str:
    """When a file is larger than any dialogue, in bytes."""
    return visible(file_texts.too_large(t, most // _MIB))


def takes_too_long(t: Translator) -> str:
    """When reading a file was given up."""
    return visible(file_texts.takes_too_long(t))


def nothing_found(t: Translator, faults: Sequence[Fault]) -> list[str]:
    """When a file or a text says nothing of a dialogue."""
    said = t.gettext("I find nothing of a dialogue in this. Does it have headings, or lines such as “Question 1”?")
    return [said, *(fault_texts.fault(t, each) for each in faults)]


def calendar(t: Translator, when: Calendar) -> str:
    """When a dialogue takes place; in Telegram's HTML."""
    return comparison_texts.calendar(t, when)


def nothing_changes_yet(t: Translator) -> str:
    """Before a dialogue that runs is changed."""
    return finishing.nothing_changes_yet(t)


def change_button(t: Translator) -> str:
    """Begins to change a dialogue that runs."""
    return schedule.edit_button(t)


def your_name(t: Translator) -> str:
    """Where someone says by which name the others who write a draft are to know them."""
    return t.gettext("Your name, for those who write it with you")


def ways(t: Translator) -> str:
    """Above the ways to see a draft, and to make it a dialogue."""
    return t.gettext("See it, and make it count")


def in_language(t: Translator) -> str:
    """In which language a draft is seen."""
    return t.gettext("In which language?")


def see_button(t: Translator) -> str:
    """Shows a draft as a member gets it."""
    return schedule.see_it_button(t)


def one_moment(t: Translator) -> str:
    """While a dialogue is played through."""
    return rehearsal_texts.one_moment(t)


def ready_button(t: Translator, changes: bool) -> str:  # noqa: FBT001 - read by a template
    """Shows what would become of a draft."""
    return finishing.ready_button(t, changes=changes)


def nothing_yet(t: Translator) -> str:
    """Below the button that shows what would become of a draft."""
    return t.gettext("You see first what would be made or changed. Nothing counts before you say yes.")


def not_yet(t: Translator) -> str:
    """Where a draft can't be a dialogue yet."""
    return t.gettext("This is not a dialogue yet: beside the form stands what is still to be done.")


def not_brought_in(t: Translator, error: Exception) -> str:
    """Why a draft can't become a dialogue; in Telegram's HTML."""
    return file_texts.not_brought_in(t, error)


def changes(t: Translator) -> str:
    """Above what a draft would make or change."""
    return t.gettext("What this changes")


def comparison(t: Translator, found: Comparison, concerns: Sequence[Concern], *, anew: bool) -> str:
    """What a draft would make or change, and what to look at again; in Telegram's HTML."""
    parts = [comparison_texts.changed_meanwhile(t)] if anew else []
    parts.append(comparison_texts.comparison(t, found))
    parts += [concern_texts.listed(t, concerns, found.calendar.zone)] if concerns else []
    return "\n\n".join(parts)


def yes_button(t: Translator, found: Comparison) -> str:
    """Makes the dialogue, or changes it."""
    if found.created and not found.asks:
        return finishing.ready_button(t, changes=False)
    return comparison_texts.bring_in_button(t, created=found.created, enters=found.enters)


def made(t: Translator, done: Done, bot: str, others: Sequence[str]) -> str:
    """After a draft became a dialogue, or changed one; in Telegram's HTML."""
    parts = [comparison_texts.brought_in(t, done, bot)]
    parts += [finishing.others_are_told(t, others)] if others and done.imported.created else []
    return "\n\n".join(parts)


def to_desk(t: Translator) -> str:
    """Leads to the pages of the dialogue that was made."""
    return t.pgettext("button", "To this dialogue’s desk")


def back_button(t: Translator) -> str:
    """Back to the form."""
    return phrases_back(t)


def files(t: Translator) -> str:
    """Above the files of a draft."""
    return t.gettext("As a file")


def file_form(t: Translator, form: FileForm) -> str:
    """A form in which a draft can be had as a file."""
    return {
        FileForm.YAML: template_texts.text_button,
        FileForm.WORD: template_texts.word_button,
        FileForm.WORKBOOK: template_texts.workbook_button,
    }[form](t)


def sharing_heading(t: Translator) -> str:
    """Above the links by which others write or translate a draft."""
    return t.gettext("With others")


def share_button(t: Translator) -> str:
    """Makes a link for another author."""
    return sharing.share_button(t)


def translator_button(t: Translator, language: str) -> str:
    """Makes a link for someone who translates."""
    return finishing.translator_button(t, language)


def link(t: Translator, address: str, language: str | None, until: datetime, zone: str) -> str:
    """A one-time link to a draft; plain text."""
    return visible(sharing.link(t, address, language, until, zone))


def discard_button(t: Translator) -> str:
    """Throws a draft away."""
    return sharing.discard_button(t)


def sure_to_discard(t: Translator, others: Sequence[str]) -> str:
    """Before a draft is thrown away."""
    return sharing.sure_to_discard(t, others=bool(others))
