"""The buttons around what a member says: where it belongs, one's own replies, the reminder.

The buttons with which the language of a reply is put right.
"""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrases
from bot.features.replies import texts as words
from bot.features.replies.actions.languages import ReplyLanguage
from bot.features.replies.actions.own_replies import OwnReply
from bot.i18n import Translator, endonym
from bot.telegram.buttons import button, number, pairs, tag, verb

ME = verb("me")
TERMS = verb("terms", tag, number)
"""The terms of a membership ("m") or of a reply ("r"), by its id."""
REPLIES = verb("replies", number)

WAS_REPLY = verb("reply", number)
"""What seemed to be something else was a reply: the message held under that id."""


def own_replies(t: Translator, shown: Sequence[OwnReply], *, page: int, more: bool) -> InlineKeyboardMarkup:
    """Withdraw or restore each reply shown, choose who sees it, say its language, and turn the page."""
    each = [
        line
        for index, reply in enumerate(shown, start=1)
        for line in (
            button(
                words.withdraw_button(t, index, withdrawn=reply.withdrawn),
                "restore" if reply.withdrawn else "withdraw",
                reply.reply_id,
                page,
            ),
            button(words.change_of_button(t, index), "terms", "r", reply.reply_id),
            change(t, index, reply.reply_id),
        )
    ]
    turn = [button(phrases.newer_button(t), "replies", page - 1)] if page else []
    turn += [button(phrases.older_button(t), "replies", page + 1)] if more else []
    return InlineKeyboardMarkup([*pairs(each, 3), turn, [button(phrases.back_button(t), "me")]])


def change(t: Translator, index: int, reply_id: int) -> InlineKeyboardButton:
    """Opens the choice for one reply, by its number in a list; for its author's and moderators' views."""
    return button(words.change_button(t, index), "tongues", reply_id)


def choices(reply: ReplyLanguage) -> InlineKeyboardMarkup:
    """The languages it may be in."""
    return InlineKeyboardMarkup(pairs([button(endonym(tag), "tongue", reply.reply_id, tag) for tag in reply.offered]))
