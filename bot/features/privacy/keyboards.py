"""The buttons of one's own data."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.privacy import texts
from bot.i18n import Translator
from bot.telegram.buttons import button


def erase(t: Translator) -> InlineKeyboardMarkup:
    """Sure to erase everything, or back."""
    return InlineKeyboardMarkup(
        [[button(texts.erase_for_good_button(t), "erase", "yes")], [button(phrases.back_button(t), "me")]]
    )
