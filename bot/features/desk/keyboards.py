"""The buttons that open the desk."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, WebAppInfo

from bot.features.desk.texts import frame as texts
from bot.i18n import Translator
from bot.telegram.buttons import verb

DESK = verb("desk")
"""As the command: who may nothing at the desk is refused alike."""


def to_desk(t: Translator) -> InlineKeyboardMarkup:
    """From a notice to the desk: to the ways in, since a link of it lapses in minutes."""
    return InlineKeyboardMarkup([[DESK.button(texts.to_desk_button(t))]])


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
