"""The buttons under a closing message, and under what has become of one's replies."""

from telegram import InlineKeyboardMarkup

from bot.features.discussion.texts import endings as words
from bot.i18n import Translator
from bot.telegram.buttons import verb

READ_ON = verb("readon", stays=True)
MY_WORDS = verb("mywords", stays=True)


def closing(t: Translator, *, has_replied: bool) -> InlineKeyboardMarkup:
    """What others say, and one's own replies, where there are any."""
    own = [MY_WORDS.button(words.my_replies_button(t))] if has_replied else []
    return InlineKeyboardMarkup([[READ_ON.button(words.read_button(t))], own])


def ways(t: Translator) -> InlineKeyboardMarkup:
    """All of one's own replies."""
    return InlineKeyboardMarkup([[MY_WORDS.button(words.my_replies_button(t))]])
