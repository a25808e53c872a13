"""The buttons that open the desk."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.features.desk.texts import frame as texts
from bot.i18n import Translator


def entrance(t: Translator, here: str, link: str) -> InlineKeyboardMarkup | None:
    """The desk inside Telegram, and a link that works once; none where Telegram takes no such addresses on buttons."""
    if not link.startswith("https://"):
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(texts.open_here_button(t), web_app=WebAppInfo(here))],
            [InlineKeyboardButton(texts.open_elsewhere_button(t), url=link)],
        ]
    )
