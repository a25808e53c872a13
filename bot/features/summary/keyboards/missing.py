"""The buttons under who is not in the Summary: from the numbers to replies, from a reply to a key point."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.key_points.keyboards import ADD, FULL_ROW, REST, SourceView
from bot.features.key_points.texts import writing as writing_texts
from bot.features.summary.actions.overlooked import Overlooked, Placeable
from bot.features.summary.actions.voices import Voices
from bot.features.summary.keyboards.publication import MISSING, SUMMARY
from bot.features.summary.texts import missing as words
from bot.i18n import Translator
from bot.telegram.buttons import number, pairs, tag, verb

STAND = verb("letunheard", number, tag, number, right=Right.SUMMARISE)
"""A dialogue, a language, and about how many people were seen to speak it."""
FARTHEST = verb("farthest", number, right=Right.SUMMARISE)
OVERLOOKED = verb("overlooked", number, right=Right.SUMMARISE)


def page(t: Translator, dialogue_id: int, found: Voices) -> InlineKeyboardMarkup:
    """Lets an unheard language stand, leads to the farthest replies, or back."""
    stand = [
        STAND.button(words.stand_button(t, each.language), dialogue_id, each.language, each.members)
        for each in found.unheard
        if each.standing is None
    ]
    farthest = FARTHEST.button(words.farthest_button(t), dialogue_id)
    return InlineKeyboardMarkup([[farthest], *pairs(stand), [SUMMARY.button(phrases.back_button(t), dialogue_id)]])


def replies(t: Translator, dialogue_id: int, found: Sequence[Overlooked]) -> InlineKeyboardMarkup:
    """Each reply by its number in the list, and the way back."""
    each = [OVERLOOKED.button(t.number(index), one.reply_id) for index, one in enumerate(found, start=1)]
    return InlineKeyboardMarkup([*pairs(each, FULL_ROW), [MISSING.button(phrases.back_button(t), dialogue_id)]])


def reply(t: Translator, shown: Placeable) -> InlineKeyboardMarkup:
    """The key points that a reply may be put under, by their numbers, another one, and the way back."""
    reply_id = shown.reply.reply_id
    each = [
        REST.button(t.number(index), point, reply_id, SourceView())
        for point, index, _ in shown.points[: words.MOST_POINTS]
    ]
    add = [ADD.button(writing_texts.add_button(t), shown.dialogue_id, shown.question_id)]
    back = [FARTHEST.button(phrases.back_button(t), shown.dialogue_id)]
    return InlineKeyboardMarkup([*pairs(each, FULL_ROW), add, back])
