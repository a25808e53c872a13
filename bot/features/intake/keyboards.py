"""The buttons that ask what a message is: which question it answers, or what a moderator wrote below a member's card."""

from collections.abc import Collection, Sequence
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot import markup, phrases
from bot.core.rights import Right
from bot.features.inquiries import texts as inquiry_texts
from bot.features.inquiries.keyboards import TO_MODERATORS
from bot.features.intake import texts as words
from bot.features.intake.actions.besides import Located, WantsOut
from bot.features.members.keyboards import leaving
from bot.features.members.keyboards.profile import CITY, clocks
from bot.features.members.texts import profile as profile_texts
from bot.features.moderation.keyboards import SPOKEN
from bot.features.replies import texts as reply_texts
from bot.features.replies.actions.placement import Place
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator, endonym
from bot.telegram.buttons import Row, maybe, number, pairs, tag, verb

POINT_ON = verb("pointon", number, number, maybe(tag), right=Right.SUMMARISE)
RESPONDED = verb("responded", number, number, publishes=True)
PLACE = verb("place", number, number, number, publishes=True)
MISPLACED = verb("misplaced", number)
FORGET = verb("forget", number)
HALF = 28  # characters of a title on a button that names two


def what_is_it(t: Translator, reply_id: int, held_id: int, rights: Collection[Right]) -> InlineKeyboardMarkup:
    """A key point, a response, or a reply of one's own."""
    offered = [
        (Right.SUMMARISE, POINT_ON.button(words.key_point_button(t), reply_id, held_id, None)),
        (Right.RESPOND, SPOKEN.button(words.moderators_response_button(t), reply_id, held_id)),
    ]
    return InlineKeyboardMarkup(
        [
            *([button] for right, button in offered if right in rights),
            [RESPONDED.button(words.own_response_button(t), reply_id, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def languages(t: Translator, reply_id: int, held_id: int, spoken: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages in which the key point may be."""
    each = [POINT_ON.button(endonym(language), reply_id, held_id, language) for language in spoken]
    return InlineKeyboardMarkup([*pairs(each), [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]])


def which_question(t: Translator, held_id: int, candidates: Sequence[Place]) -> InlineKeyboardMarkup:
    """The questions that a held message may answer."""
    several = len({place.dialogue_title for place in candidates}) > 1
    rows = [
        [PLACE.button(_label(t, place, several=several), held_id, place.member_id, place.question_id)]
        for place in candidates
    ]
    return InlineKeyboardMarkup([*rows, [FORGET.button(reply_texts.no_reply_button(t), held_id)]])


def _label(t: Translator, place: Place, *, several: bool) -> str:
    if not several:
        return reply_texts.place_button(t, place.number, place.title, None)
    title, dialogue = (markup.excerpt(each, HALF) for each in (place.title, place.dialogue_title))
    return reply_texts.place_button(t, place.number, title, dialogue)


def misplaced(t: Translator, reply_id: int) -> Row:
    """Under a reply whose question was chosen: the way to choose again."""
    return [MISPLACED.button(reply_texts.misplaced_button(t), reply_id)]


def for_whom(t: Translator, held_id: int, *, may_reply: bool) -> InlineKeyboardMarkup:
    """A reply, a message to the moderators, or neither."""
    return InlineKeyboardMarkup(
        [
            [WAS_REPLY.button(words.my_reply_button(t), held_id)] if may_reply else [],
            [TO_MODERATORS.button(inquiry_texts.to_moderators_button(t), held_id, None)],
            [FORGET.button(words.neither_button(t), held_id)],
        ]
    )


def ways_out(t: Translator, wants: WantsOut) -> InlineKeyboardMarkup:
    """Less, or nothing more, of each dialogue; and the way back for one who was replying."""
    was_reply = words.was_reply_button(t)
    return InlineKeyboardMarkup(
        [
            *leaving.ways(t, wants.person),
            [
                WAS_REPLY.button(was_reply, wants.held_id)
                if wants.reply_id is None
                else RESPONDED.button(was_reply, wants.reply_id, wants.held_id)
            ],
        ]
    )


def located(t: Translator, place: Located, zones: Sequence[str], now: datetime) -> InlineKeyboardMarkup:
    """The zones that may hold there, another city, or what else the place is."""
    return InlineKeyboardMarkup(
        [
            *clocks(t, zones, now, place.held_id),
            [CITY.button(profile_texts.other_city_button(t), place.held_id)],
            [WAS_REPLY.button(words.my_reply_button(t), place.held_id)] if place.may_reply else [],
            [FORGET.button(words.neither_button(t), place.held_id)],
        ]
    )
