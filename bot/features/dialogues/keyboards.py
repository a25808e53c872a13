"""The buttons that ask an organiser what a text is that looks like a dialogue file."""

from telegram import InlineKeyboardMarkup

from bot.features.dialogues.texts import files as words
from bot.features.intake import texts as intake_texts
from bot.features.intake.keyboards import FORGET
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.telegram.buttons import number, verb

DIALOGUE_FILE = verb("dialoguefile", number)
"""The message held under that id is a dialogue file."""


def what_is_it(t: Translator, held_id: int) -> InlineKeyboardMarkup:
    """A dialogue file, a reply, or neither."""
    return InlineKeyboardMarkup(
        [
            [DIALOGUE_FILE.button(words.file_button(t), held_id)],
            [WAS_REPLY.button(words.reply_button(t), held_id)],
            [FORGET.button(intake_texts.neither_button(t), held_id)],
        ]
    )
