"""The buttons under what a service proposed."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.key_points.keyboards import CHAPTER
from bot.features.proposals import texts as words
from bot.features.proposals.actions.adoption import Proposed
from bot.features.themes import texts as theme_texts
from bot.features.themes.keyboards import THEMES_OF
from bot.i18n import Translator
from bot.telegram.buttons import number, switch, verb

ADOPT = verb("pointok", number, right=Right.SUMMARISE)
DISCARD = verb("pointno", number, right=Right.SUMMARISE)
MAY_HELP = verb("mayhelp", switch, publishes=True)


def proposal(t: Translator, shown: Proposed) -> InlineKeyboardMarkup:
    """Adopt a proposal or let it go, or look at it later."""
    decide = [
        ADOPT.button(theme_texts.accept_button(t), shown.proposal_id),
        DISCARD.button(words.discard_button(t), shown.proposal_id),
    ]
    return InlineKeyboardMarkup(
        [decide, [CHAPTER.button(phrases.back_button(t), shown.dialogue_id, shown.question_id)]]
    )


def to_chapter(t: Translator, dialogue_id: int, question_id: int) -> InlineKeyboardMarkup:
    """Back to the key points of a question."""
    return InlineKeyboardMarkup([[CHAPTER.button(phrases.back_button(t), dialogue_id, question_id)]])


def to_themes(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Back to the themes of a question."""
    return InlineKeyboardMarkup([[THEMES_OF.button(phrases.back_button(t), question_id)]])
