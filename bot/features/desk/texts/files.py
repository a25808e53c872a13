"""The words of the files at the desk: what was said, and the Summary, to be taken along."""

from bot.features.exports.texts import files as export_texts
from bot.features.summary.texts import review
from bot.i18n import Translator


def export_heading(t: Translator) -> str:
    """Above the forms of an export."""
    return t.gettext("What was said")


def which_form(t: Translator) -> str:
    """What an export holds."""
    return export_texts.which_form(t)


def told_of(t: Translator) -> str:
    """That an export is written down."""
    return t.gettext("Each export is written into the log, and the other organisers are told of it.")


def everything_button(t: Translator) -> str:
    """The archive of all there is."""
    return export_texts.everything_button(t)


def summary_heading(t: Translator) -> str:
    """Above the Summary's files."""
    return t.gettext("The Summary as it stands")


def in_language(t: Translator, tag: str | None) -> str:
    """A language of the Summary; without one all of them, one after the other."""
    return review.all_languages_button(t) if tag is None else t.language_name(tag)
