"""The buttons of an export: which dialogue, in which form."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.core.rights import Right
from bot.features.exports import texts as words
from bot.features.exports.actions.replies import Format
from bot.i18n import Translator
from bot.telegram.buttons import choice, number, verb

EXPORTS = verb("exports", number, right=Right.EXPORT)
EXPORTED = verb("exported", number, choice(Format), right=Right.EXPORT)


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) one may take along."""
    return InlineKeyboardMarkup([[EXPORTS.button(title, dialogue_id)] for dialogue_id, title in choices])


def forms(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The zip archive, or the replies alone."""
    tables = [
        EXPORTED.button(form.upper(), dialogue_id, form) for form in (Format.CSV, Format.WORKBOOK, Format.JSON_LINES)
    ]
    everything = [EXPORTED.button(words.everything_button(t), dialogue_id, Format.ZIP)]
    return InlineKeyboardMarkup([everything, tables])
