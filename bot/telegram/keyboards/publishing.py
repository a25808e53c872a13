"""The buttons of publication: objecting, confirming what was typed, answering objections, what has changed."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.actions.consulting import OpenObjection, ShownPoint
from bot.i18n import Translator
from bot.models import Awaiting
from bot.telegram.keyboards.buttons import button, pairs
from bot.texts import membership as membership_words
from bot.texts import publishing as words


def draft_points(t: Translator, points: Sequence[ShownPoint]) -> InlineKeyboardMarkup:
    """Objects to each of the key points by its number."""
    each = [button(words.object_button(t, index), "object", one.key_point_id) for index, one in enumerate(points, 1)]
    return InlineKeyboardMarkup(pairs(each))


def typed(t: Translator, awaiting: Awaiting, about: int, held_id: int) -> InlineKeyboardMarkup:
    """Confirms what was typed, or says that it was a reply."""
    return InlineKeyboardMarkup(
        [
            [button(words.yes_button(t), "said", awaiting, about, held_id)],
            [button(membership_words.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def objections(t: Translator, dialogue_id: int, found: Sequence[OpenObjection]) -> InlineKeyboardMarkup | None:
    """Marks each objection as answered."""
    each = [
        button(words.settled_button(t, index), "settle", dialogue_id, one.objection_id)
        for index, one in enumerate(found, start=1)
    ]
    return InlineKeyboardMarkup(pairs(each)) if each else None


def follow_up(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Begins the answer to what has changed."""
    return InlineKeyboardMarkup([[button(words.answer_button(t), "changed", dialogue_id)]])
