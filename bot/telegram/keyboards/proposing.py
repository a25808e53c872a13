"""The buttons under what a moderator wrote below a member's card: what it is, and in which language."""

from collections.abc import Collection, Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.i18n import Translator, endonym
from bot.telegram.buttons import button, pairs
from bot.texts import proposing as words


def what_is_it(t: Translator, reply_id: int, held_id: int, rights: Collection[Right]) -> InlineKeyboardMarkup:
    """A key point, a response, or a reply of one's own."""
    offered = [
        (Right.SUMMARISE, words.key_point_button(t), "pointon"),
        (Right.RESPOND, words.moderators_response_button(t), "spoken"),
    ]
    rows = [[button(label, verb, reply_id, held_id)] for right, label, verb in offered if right in rights]
    return InlineKeyboardMarkup(
        [
            *rows,
            [button(words.own_response_button(t), "responded", reply_id, held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def languages(t: Translator, reply_id: int, held_id: int, spoken: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages in which the key point may be."""
    each = [button(endonym(tag), "pointon", reply_id, held_id, tag) for tag in spoken]
    return InlineKeyboardMarkup([*pairs(each), [button(phrases.was_a_reply_button(t), "reply", held_id)]])
