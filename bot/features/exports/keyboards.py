"""The buttons of an export: which dialogue, in which form."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.features.exports import texts as words
from bot.features.exports.actions.replies import Format
from bot.i18n import Translator
from bot.telegram.buttons import button


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) one may take along."""
    return InlineKeyboardMarkup([[button(title, "exports", dialogue_id)] for dialogue_id, title in choices])


def forms(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The zip archive, or the replies alone."""
    tables = [
        button(form.upper(), "exported", dialogue_id, form.value)
        for form in (Format.CSV, Format.WORKBOOK, Format.JSON_LINES)
    ]
    everything = [button(words.everything_button(t), "exported", dialogue_id, Format.ZIP.value)]
    return InlineKeyboardMarkup([everything, tables])
