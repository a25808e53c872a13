"""The words of the loom about translations: what was changed since one was made, and who is asked for one."""

from datetime import datetime

from bot.features.desk.actions.loom import ChangedWording
from bot.features.desk.texts.loom import in_language
from bot.i18n import Translator


def what_changed_word(t: Translator) -> str:
    """Opens what was changed since a translation was made."""
    return t.pgettext("button", "What changed?")


def what_changed_button(t: Translator, row_name: str, language: str) -> str:
    """The same for those who only hear it."""
    return t.gettext("What changed? %(text)s") % {"text": in_language(t, row_name, language)}


def changed_since(t: Translator, reworded: ChangedWording, language: str) -> str:
    """Above the words that were changed: in the original since this was translated, or in a translation since the original was."""
    if reworded.language == language:
        return t.gettext("What was changed here, and not in the source language:")
    return t.gettext("What was changed since, in this language: %(language)s") % {
        "language": t.language_name(reworded.language)
    }


def removed_mark(t: Translator) -> str:
    """Before words that were taken out, for who doesn't see that they are struck through."""
    return t.pgettext("words", "taken out:")


def added_mark(t: Translator) -> str:
    """Before words that were put in, for who doesn't see that they are underlined."""
    return t.pgettext("words", "put in:")


def end_mark(t: Translator) -> str:
    """Behind words that were taken out or put in, for who doesn't see it."""
    return t.pgettext("words", "(until here)")


def left_out(t: Translator) -> str:
    """In place of words that stayed, for who doesn't see the dots."""
    return t.pgettext("words", "unchanged words are left out here")


def nothing_changed(t: Translator) -> str:
    """Where it isn't known (any more) what was changed."""
    return t.gettext("Nobody knows what was changed here.")


def ask_button(t: Translator) -> str:
    """Asks translators for a wording."""
    return t.pgettext("button", "Ask for a translation")


def ask_button_of(t: Translator, row_name: str, language: str) -> str:
    """The same for those who only hear it."""
    return t.gettext("Ask for a translation: %(text)s") % {"text": in_language(t, row_name, language)}


def asked_at(t: Translator, moment: datetime, zone: str) -> str:
    """In a cell for which translators were asked."""
    return t.gettext("translators asked, %(moment)s") % {"moment": t.short_moment(moment, zone)}


def asked_of_you(t: Translator) -> str:
    """In a cell, to whoever is asked for it."""
    return t.gettext("asked of you")


def translators(t: Translator) -> str:
    """Above the languages in which something is missing or older."""
    return t.gettext("Translations that are missing or older")


def wanting(t: Translator, language: str, count: int) -> str:
    """How many wordings a language lacks."""
    return t.ngettext("%(language)s: %(count)s text", "%(language)s: %(count)s texts", count) % {
        "language": t.language_name(language),
        "count": t.number(count),
    }


def nobody(t: Translator) -> str:
    """Where nobody of the team can be asked for a language."""
    return t.gettext("Nobody on the team translates into it yet.")


def all_asked(t: Translator) -> str:
    """Where translators were asked for all of a language already."""
    return t.gettext("Translators are asked for all of it.")


def ask_for_all_button(t: Translator, count: int) -> str:
    """Asks for all that is missing or older in a language."""
    return t.ngettext("Ask for %(count)s translation", "Ask for %(count)s translations", count) % {
        "count": t.number(count)
    }


def asked(t: Translator, language: str, count: int) -> str:
    """After translators were asked."""
    if not count:
        return t.gettext("Translators were asked for this already.")
    return t.ngettext(
        "Translators are asked for %(count)s text (%(language)s). They are told within minutes.",
        "Translators are asked for %(count)s texts (%(language)s). They are told within minutes.",
        count,
    ) % {"count": t.number(count), "language": t.language_name(language)}


def yours(t: Translator, count: int) -> str:
    """To a translator, above the rows: how much is asked of them."""
    return t.ngettext("%(count)s translation is asked of you:", "%(count)s translations are asked of you:", count) % {
        "count": t.number(count)
    }


def nothing_yours(t: Translator) -> str:
    """To a translator, above the rows: nothing is asked of them."""
    return t.gettext("Nothing is asked of you at the moment. You may change what stands in these languages:")


def nothing_to_translate(t: Translator) -> str:
    """To a translator whose language the dialogue doesn't have."""
    return t.gettext(
        "The dialogue isn’t in the language in which you have the bot, so that there is nothing for you to write here. "
        "You can change that language by /language in the chat."
    )
