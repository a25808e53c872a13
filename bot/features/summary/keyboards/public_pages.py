"""The buttons of the public page."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.summary.actions.public_pages import PageState
from bot.features.summary.keyboards.publication import QUOTE, SUMMARY
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import public_pages as words
from bot.i18n import Translator
from bot.models import Openness
from bot.telegram.buttons import choice, maybe, number, verb

PAGE = verb("publicpage", number, right=Right.OPEN)
OPEN = verb("openpage", number, maybe(choice(Openness)), right=Right.OPEN)
"""Who is to find the page; nobody to take it back."""


def state(t: Translator, shown: PageState) -> InlineKeyboardMarkup:
    """Puts the Summary on a page, changes who finds that, or takes it back."""
    already = shown.openness is not None
    rows = [
        [OPEN.button(words.choice_button(t, each, already=already), shown.dialogue_id, each)] for each in shown.choices
    ]
    return InlineKeyboardMarkup([*rows, [SUMMARY.button(phrases.back_button(t), shown.dialogue_id)]])


def quote_no_more(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """Says no to being quoted."""
    label, quoted = consultation_texts.quote_button(t, on=True), False
    return InlineKeyboardMarkup([[QUOTE.button(label, member_id, quoted)]])
