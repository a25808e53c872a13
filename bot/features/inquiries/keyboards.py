"""The buttons between members and moderators: to whom one writes, what waits, and the answer to it."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.inquiries import texts as words
from bot.features.inquiries.actions.asking import Addressee
from bot.features.inquiries.actions.inquiries import InquiryPage
from bot.features.menu.keyboards import ASK_MODERATORS
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.telegram.buttons import Row, maybe, number, pairs, verb

TO_MODERATORS = verb("tomods", number, maybe(number))
"""Gives the message held under that id to the moderators of that membership's dialogue; without one it is asked which."""
NOT_FOR_MODERATORS = verb("notmods", number, publishes=True)
"""What went to the moderators was a reply."""
INQUIRIES = verb("inquiries", number, number, right=Right.JUDGE)
"""Of a dialogue, and how many wait before the one to be shown."""
INQUIRY_FILE = verb("inquiryfile", number, right=Right.JUDGE)
ANSWER_INQUIRY = verb("inquirysay", number, right=Right.JUDGE)
INQUIRY_ANSWERED = verb("inquirysaid", number, number, right=Right.JUDGE)
LAY_ASIDE = verb("inquirydone", number, right=Right.JUDGE)


def which(found: Sequence[Addressee], held_id: int | None = None) -> InlineKeyboardMarkup:
    """The dialogues to whose moderators one may write, or give what was held."""
    return InlineKeyboardMarkup(
        [
            [
                ASK_MODERATORS.button(one.title, one.member_id)
                if held_id is None
                else TO_MODERATORS.button(one.title, held_id, one.member_id)
            ]
            for one in found
        ]
    )


def sent(t: Translator, inquiry_id: int) -> InlineKeyboardMarkup:
    """Under what went to the moderators: the way out for one who was replying."""
    return InlineKeyboardMarkup([[NOT_FOR_MODERATORS.button(phrases.was_a_reply_button(t), inquiry_id)]])


def page(t: Translator, shown: InquiryPage) -> InlineKeyboardMarkup | None:
    """What a moderator may do about what a member wrote to them, and the others that wait."""
    if shown.card is None:
        return None
    inquiry_id, at = shown.card.inquiry_id, shown.offset
    deeds = [
        ANSWER_INQUIRY.button(words.answer_button(t), inquiry_id),
        LAY_ASIDE.button(words.no_answer_button(t), inquiry_id),
    ]
    if shown.card.openable:
        deeds.insert(0, INQUIRY_FILE.button(words.open_button(t, shown.card), inquiry_id))
    turns: Row = []
    if at > 0:
        turns.append(INQUIRIES.button(words.turn_button(t, back=True), shown.dialogue_id, at - 1))
    if at + 1 < shown.total:
        turns.append(INQUIRIES.button(words.turn_button(t, back=False), shown.dialogue_id, at + 1))
    return InlineKeyboardMarkup([*pairs(deeds), turns])


def typed_answer(t: Translator, inquiry_id: int, held_id: int) -> InlineKeyboardMarkup:
    """An answer to be confirmed, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [INQUIRY_ANSWERED.button(words.send_button(t), inquiry_id, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def to_inquiries(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """From a notice to what waits."""
    return InlineKeyboardMarkup([[INQUIRIES.button(words.waiting_button(t), dialogue_id, 0)]])


def again(t: Translator, member_id: int) -> InlineKeyboardMarkup:
    """Under an answer: write once more."""
    return InlineKeyboardMarkup([[ASK_MODERATORS.button(words.again_button(t), member_id)]])
