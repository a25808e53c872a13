"""The buttons of one's own replies: withdraw, restore, who sees it, its language; and verbs that features above share."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.menu.keyboards import ME
from bot.features.replies import texts as words
from bot.features.replies.actions.languages import ReplyLanguage
from bot.features.replies.actions.own_replies import OwnReply
from bot.i18n import Translator, endonym
from bot.telegram.buttons import number, pairs, tag, verb, which_page

TERMS = verb("terms", tag, number)
"""The terms of a membership ("m") or of a reply ("r"), by its id."""
REPLIES = verb("replies", which_page)
WITHDRAW = verb("withdraw", number, which_page)
RESTORE = verb("restore", number, which_page)
CHANGE_LANGUAGE = verb("tongues", number, right=Right.JUDGE)
"""Of what others said; of their own words everyone may say the language."""
LANGUAGE = verb("tongue", number, tag, right=Right.JUDGE)

WAS_REPLY = verb("reply", number)
"""What seemed to be something else was a reply: the message held under that id."""


def own_replies(t: Translator, shown: Sequence[OwnReply], *, page: int, more: bool) -> InlineKeyboardMarkup:
    """Withdraw or restore each reply shown, choose who sees it, say its language, and turn the page."""
    each = [
        line
        for index, reply in enumerate(shown, start=1)
        for line in (
            (RESTORE if reply.withdrawn else WITHDRAW).button(
                words.withdraw_button(t, index, withdrawn=reply.withdrawn), reply.reply_id, page
            ),
            TERMS.button(words.change_of_button(t, index), "r", reply.reply_id),
            change(t, index, reply.reply_id),
        )
    ]
    turn = [REPLIES.button(phrases.newer_button(t), page - 1)] if page else []
    turn += [REPLIES.button(phrases.older_button(t), page + 1)] if more else []
    return InlineKeyboardMarkup([*pairs(each, 3), turn, [ME.button(phrases.back_button(t))]])


def change(t: Translator, index: int, reply_id: int) -> InlineKeyboardButton:
    """Opens the choice for one reply, by its number in a list; for its author's and moderators' views."""
    return CHANGE_LANGUAGE.button(words.change_button(t, index), reply_id)


def choices(reply: ReplyLanguage) -> InlineKeyboardMarkup:
    """The languages it may be in."""
    return InlineKeyboardMarkup(pairs([LANGUAGE.button(endonym(each), reply.reply_id, each) for each in reply.offered]))
