"""The buttons with which the language of a reply is put right."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.actions.detecting import ReplyLanguage
from bot.i18n import Translator, endonym
from bot.telegram.buttons import button, pairs
from bot.texts import reply_language as words


def change(t: Translator, index: int, reply_id: int) -> InlineKeyboardButton:
    """Opens the choice for one reply, by its number in a list; for its author's and moderators' views."""
    return button(words.change_button(t, index), "tongues", reply_id)


def choices(reply: ReplyLanguage) -> InlineKeyboardMarkup:
    """The languages it may be in."""
    return InlineKeyboardMarkup(pairs([button(endonym(tag), "tongue", reply.reply_id, tag) for tag in reply.offered]))
