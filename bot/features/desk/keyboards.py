"""The button that opens the desk."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.desk.texts import frame as texts
from bot.i18n import Translator


def entrance(t: Translator, address: str) -> InlineKeyboardMarkup | None:
    """A link that works once; none where Telegram takes no such address on a button, and it stands in the text."""
    if not address.startswith("https://"):
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(texts.open_button(t), url=address)]])
