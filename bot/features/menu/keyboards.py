"""The buttons under the help, and the verb by which one writes to moderators, which features above share."""

from telegram import InlineKeyboardMarkup

from bot.features.menu import texts as words
from bot.i18n import Translator
from bot.telegram.buttons import maybe, number, verb

ASK_MODERATORS = verb("ask", maybe(number))
"""The moderators of the dialogue of that membership; without one it is asked which."""


def help_buttons(t: Translator) -> InlineKeyboardMarkup:
    """What one may want who asks for help."""
    return InlineKeyboardMarkup([[ASK_MODERATORS.button(words.ask_moderators_button(t), None)]])
