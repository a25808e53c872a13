"""The buttons under what a service proposed."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.proposals import texts as words
from bot.features.proposals.actions.adoption import Proposed
from bot.features.themes import texts as theme_texts
from bot.i18n import Translator
from bot.telegram.buttons import button


def proposal(t: Translator, shown: Proposed) -> InlineKeyboardMarkup:
    """Adopt a proposal or let it go, or look at it later."""
    decide = [
        button(theme_texts.accept_button(t), "pointok", shown.proposal_id),
        button(words.discard_button(t), "pointno", shown.proposal_id),
    ]
    return InlineKeyboardMarkup(
        [decide, [button(phrases.back_button(t), "chapter", shown.dialogue_id, shown.question_id)]]
    )


def to_chapter(t: Translator, dialogue_id: int, question_id: int) -> InlineKeyboardMarkup:
    """Back to the key points of a question."""
    return InlineKeyboardMarkup([[button(phrases.back_button(t), "chapter", dialogue_id, question_id)]])


def to_themes(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Back to the themes of a question."""
    return InlineKeyboardMarkup([[button(phrases.back_button(t), "themesof", question_id)]])
