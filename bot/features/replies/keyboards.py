"""The buttons of one's own replies: withdraw, restore, who sees it, its language; and verbs that features above share."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.menu.keyboards import ME
from bot.features.replies import texts as words
from bot.features.replies.actions.languages import ReplyLanguage
from bot.features.replies.actions.own_replies import OwnPage
from bot.i18n import Translator, endonym
from bot.telegram.buttons import number, pairs, tag, verb, which_page

TERMS = verb("terms", tag, number)
"""The terms of a membership ("m") or of a reply ("r"), by its id."""
REPLIES = verb("replies", which_page)
WITHDRAW = verb("withdraw", number, which_page)
RESTORE = verb("restore", number, which_page, publishes=True)
CHANGE_LANGUAGE = verb("tongues", number, right=Right.JUDGE)
"""Of what others said; of their own words everyone may say the language."""
LANGUAGE = verb("tongue", number, tag, right=Right.JUDGE)

WAS_REPLY = verb("reply", number, publishes=True)
"""What seemed to be something else was a reply: the message held under that id."""


def own_reply(t: Translator, page: OwnPage) -> InlineKeyboardMarkup:
    """Withdraw or restore the reply shown, choose who sees it, say its language, and go to a newer or an older one."""
    reply, place = page.reply, page.place
    undo = RESTORE if reply.withdrawn else WITHDRAW
    newer = [REPLIES.button(phrases.newer_button(t), place - 1)] if place else []
    older = [REPLIES.button(phrases.older_button(t), place + 1)] if place + 1 < page.total else []
    return InlineKeyboardMarkup(
        [
            [
                undo.button(words.withdraw_button(t, withdrawn=reply.withdrawn), reply.reply_id, place),
                TERMS.button(words.who_sees_button(t), "r", reply.reply_id),
                CHANGE_LANGUAGE.button(words.language_button(t), reply.reply_id),
            ],
            newer + older,
            [ME.button(phrases.back_button(t))],
        ]
    )


def no_replies(t: Translator) -> InlineKeyboardMarkup:
    """Where there are none."""
    return InlineKeyboardMarkup([[ME.button(phrases.back_button(t))]])


def choices(reply: ReplyLanguage) -> InlineKeyboardMarkup:
    """The languages it may be in."""
    return InlineKeyboardMarkup(pairs([LANGUAGE.button(endonym(each), reply.reply_id, each) for each in reply.offered]))
