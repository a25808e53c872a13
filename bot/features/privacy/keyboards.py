"""The buttons under the question whether to erase everything."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.members.keyboards.profile import ERASE, SURE
from bot.features.menu.keyboards import ME
from bot.features.privacy import texts
from bot.i18n import Translator


def erase(t: Translator) -> InlineKeyboardMarkup:
    """Sure to erase everything, or back."""
    return InlineKeyboardMarkup(
        [[ERASE.button(texts.erase_for_good_button(t), SURE)], [ME.button(phrases.back_button(t))]]
    )
