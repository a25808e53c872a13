"""The buttons of a receipt: withdraw the reply, restore it, say who sees it."""

from telegram import InlineKeyboardMarkup

from bot.features.replies import texts as reply_words
from bot.features.replies.keyboards import TERMS
from bot.i18n import Translator
from bot.telegram.buttons import Row, number, verb

TAKE_BACK = verb("takeback", number)
BRING_BACK = verb("bringback", number, publishes=True)


def receipt(t: Translator, reply_id: int, *, otherwise: Row | None = None) -> InlineKeyboardMarkup:
    """Under a receipt; `otherwise` is the way out where the reply may be something else, or belong elsewhere."""
    return InlineKeyboardMarkup([otherwise or [], undo(t, reply_id)])


def undo(t: Translator, reply_id: int) -> Row:
    """Withdraw what was said, or say who sees it."""
    return [
        TAKE_BACK.button(reply_words.withdraw_button(t, withdrawn=False), reply_id),
        TERMS.button(reply_words.who_sees_button(t), "r", reply_id),
    ]


def withdrawn(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """Once it is withdrawn."""
    return InlineKeyboardMarkup([[BRING_BACK.button(reply_words.withdraw_button(t, withdrawn=True), reply_id)]])
