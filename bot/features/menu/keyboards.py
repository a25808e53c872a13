"""The buttons under the help, and the verbs behind them, which features above share."""

from telegram import InlineKeyboardMarkup

from bot.features.menu import texts as words
from bot.i18n import Translator
from bot.telegram.buttons import maybe, number, verb

ASK_MODERATORS = verb("ask", maybe(number))
"""The moderators of the dialogue of that membership; without one it is asked which."""
QUESTION = verb("question")
BROWSE = verb("browse")
ME = verb("me")
WAYS_OUT = verb("waysout")
PRIVACY = verb("privacy")


def help_buttons(t: Translator, *, member: bool) -> InlineKeyboardMarkup:
    """What one may want who asks for help; a stranger has nothing to answer, to read or to leave yet, and no moderators."""
    privacy = PRIVACY.button(words.privacy_button(t))
    if not member:
        return InlineKeyboardMarkup([[privacy]])
    return InlineKeyboardMarkup(
        [
            [QUESTION.button(words.question_button(t)), BROWSE.button(words.browse_button(t))],
            [ME.button(words.me_button(t))],
            [ASK_MODERATORS.button(words.ask_moderators_button(t), None)],
            [WAYS_OUT.button(words.ways_out_button(t)), privacy],
        ]
    )
