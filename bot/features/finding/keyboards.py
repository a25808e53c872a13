"""The buttons under what is found: each reply, older ones, other words."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrases
from bot.features.discussion.keyboards.cards import CARD
from bot.features.finding import texts as words
from bot.features.finding.actions import Found, FoundPage
from bot.features.moderation.keyboards import LOOK_AT
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.telegram.buttons import Field, maybe, verb, which_page

ROOM = 50  # bytes of words, beside which the rest of a button's data fits


def _read_query(part: str) -> str:
    if not part:
        raise ValueError(part)
    return part


query = Field(_read_query)
"""What is looked for; a colon, which would end it, means nothing in it."""

FIND = verb("find", which_page, maybe(query), stays=True)
"""A page of what is found by words; without any it is asked for some."""


def found(t: Translator, page: FoundPage, first: int, held_id: int | None = None) -> InlineKeyboardMarkup:
    """Under a page: a button for each reply; what was typed (`held_id`) may have been a reply itself."""
    each = [_open(t, one, number) for number, one in enumerate(page.found, start=first)]
    older = [FIND.button(words.older_button(t), page.number + 1, carried(page.query))] if goes_on(page) else []
    reply = [] if held_id is None else [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]
    return InlineKeyboardMarkup([each, older, [FIND.button(words.find_button(t), 0, None)], reply])


def goes_on(page: FoundPage) -> bool:
    """Whether a button leads to older ones: there are some, and the words fit into its data."""
    return page.more and len(carried(page.query).encode()) <= ROOM


def carried(looked_for: str) -> str:
    """What is looked for as a button carries it."""
    return " ".join(looked_for.replace(":", " ").split())


def _open(t: Translator, one: Found, number: int) -> InlineKeyboardButton:
    if one.on_the_team and not one.own:
        return LOOK_AT.button(t.number(number), one.reply_id)
    return CARD.button(t.number(number), one.reply_id, None, None)
