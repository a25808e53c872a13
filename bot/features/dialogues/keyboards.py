"""The buttons below what importing a dialogue file would change."""

from telegram import InlineKeyboardMarkup

from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.texts import comparison as words
from bot.i18n import Translator
from bot.telegram.buttons import number, tag, verb

BRING_IN = verb("bringin", number, tag)
"""The message that holds the file, and the key of what was shown: only that is done."""
LEAVE_OUT = verb("leaveout", number)


def sure(t: Translator, shown: Comparison, held_id: int) -> InlineKeyboardMarkup:
    """Import what was shown, or nothing."""
    yes = BRING_IN.button(words.bring_in_button(t, created=shown.created), held_id, shown.key)
    return InlineKeyboardMarkup([[yes], [LEAVE_OUT.button(words.leave_button(t), held_id)]])
