"""The buttons under what a moderator wrote below a member's card: what it is, and in which language."""

from collections.abc import Collection, Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.intake import texts as words
from bot.features.replies import texts as reply_texts
from bot.features.replies.actions.placement import Place
from bot.i18n import Translator, endonym
from bot.telegram.buttons import button, pairs


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


def which_question(t: Translator, held_id: int, candidates: Sequence[Place]) -> InlineKeyboardMarkup:
    """The questions that a held message may answer."""
    several = len({place.dialogue_title for place in candidates}) > 1
    rows = [
        [
            button(
                reply_texts.place_button(t, place.number, place.title, place.dialogue_title if several else None),
                "place",
                held_id,
                place.member_id,
                place.question_id,
            )
        ]
        for place in candidates
    ]
    return InlineKeyboardMarkup([*rows, [button(reply_texts.no_reply_button(t), "forget", held_id)]])


def misplaced(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """Under a reply whose author chose its question: the way to choose again."""
    return InlineKeyboardMarkup([[button(reply_texts.misplaced_button(t), "misplaced", reply_id)]])
