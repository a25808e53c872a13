"""The buttons around what a member says: where it belongs, one's own replies, the reminder."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.actions.placing import Place
from bot.actions.recalling import OwnReply
from bot.i18n import Translator
from bot.telegram.buttons import button, pairs
from bot.telegram.keyboards import reply_language
from bot.texts import disclosure as disclosure_words
from bot.texts import questions as question_words
from bot.texts import replies as reply_words


def which_question(t: Translator, held_id: int, candidates: Sequence[Place]) -> InlineKeyboardMarkup:
    """The questions that a held message may answer."""
    several = len({place.dialogue_title for place in candidates}) > 1
    rows = [
        [
            button(
                reply_words.place_button(t, place.number, place.title, place.dialogue_title if several else None),
                "place",
                held_id,
                place.member_id,
                place.question_id,
            )
        ]
        for place in candidates
    ]
    return InlineKeyboardMarkup([*rows, [button(reply_words.no_reply_button(t), "forget", held_id)]])


def misplaced(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """Under a reply whose author chose its question: the way to choose again."""
    return InlineKeyboardMarkup([[button(reply_words.misplaced_button(t), "misplaced", reply_id)]])


def own_replies(t: Translator, shown: Sequence[OwnReply], *, page: int, more: bool) -> InlineKeyboardMarkup:
    """Withdraw or restore each reply shown, choose who sees it, say its language, and turn the page."""
    each = [
        line
        for index, reply in enumerate(shown, start=1)
        for line in (
            button(
                reply_words.withdraw_button(t, index, withdrawn=reply.withdrawn),
                "restore" if reply.withdrawn else "withdraw",
                reply.reply_id,
                page,
            ),
            button(disclosure_words.change_of_button(t, index), "terms", "r", reply.reply_id),
            reply_language.change(t, index, reply.reply_id),
        )
    ]
    turn = [button(phrases.newer_button(t), "replies", page - 1)] if page else []
    turn += [button(phrases.older_button(t), "replies", page + 1)] if more else []
    return InlineKeyboardMarkup([*pairs(each, 3), turn, [button(phrases.back_button(t), "me")]])


def reminder(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Under a reminder: not this week, or never again."""
    return InlineKeyboardMarkup(
        [
            [
                button(question_words.not_this_week_button(t), "skip", question_id),
                button(question_words.no_more_reminders_button(t), "hush", question_id),
            ]
        ]
    )
