"""The buttons around members' answers to each other: giving up, going elsewhere, and the thread."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.messages import About
from bot.features.discussion.actions.news import News
from bot.features.discussion.actions.responses import Thread
from bot.features.discussion.keyboards.cards import CARD, RESPOND, THREAD, only
from bot.features.discussion.keyboards.receipts import undo
from bot.features.discussion.texts import responses as words
from bot.i18n import Translator
from bot.telegram.buttons import coded, number, pairs, verb

WIDTH = 5  # numbers in a row

UNRESPOND = verb("unrespond", number, shows=lambda reply_id: About(reply_id=reply_id, asks=True))
UNANSWER = verb("unanswer", number, shows=lambda question_id: About(question_id=question_id))
ELSEWHERE = verb("elsewhere", number)
REPORTED = verb("reported", number, only)
HEAR = verb("hear", coded({"once": True, "daily": False}))
"""Whether to be told of responses at once, or once a day."""


def write_response(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """Under the request for a response: never mind. The data says to what a message responds that replies to this one."""
    return InlineKeyboardMarkup([[UNRESPOND.button(words.never_mind_button(t), reply_id)]])


def write_answer(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """The same for a reply to a certain question."""
    return InlineKeyboardMarkup([[UNANSWER.button(words.never_mind_button(t), question_id)]])


def report(t: Translator, reply_id: int, language: str | None) -> InlineKeyboardMarkup:
    """Whether to have a moderator look at a reply."""
    return InlineKeyboardMarkup(
        [
            [REPORTED.button(words.report_button(t), reply_id, language)],
            [CARD.button(words.back_to_card_button(t), reply_id, language, None)],
        ]
    )


def back_to_card(t: Translator, reply_id: int, language: str | None) -> InlineKeyboardMarkup:
    """Back to a reply."""
    return InlineKeyboardMarkup([[CARD.button(words.back_to_card_button(t), reply_id, language, None)]])


def responded(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """Under the thanks for a response: the way out if it was none, withdrawing it, and who sees it."""
    return InlineKeyboardMarkup(
        [
            [ELSEWHERE.button(words.elsewhere_button(t), reply_id)],
            undo(t, reply_id),
        ]
    )


def thread(t: Translator, shown: Thread, size: int) -> InlineKeyboardMarkup:
    """The numbers of the responses, the pages, responding, and the way back."""
    first = shown.number * size + 1
    numbers = [
        CARD.button(t.number(index), response.reply_id, None, None)
        for index, response in enumerate(shown.responses, start=first)
    ]
    turn = [THREAD.button(phrases.older_button(t), shown.head_id, shown.number - 1)] if shown.number else []
    turn += [THREAD.button(phrases.newer_button(t), shown.head_id, shown.number + 1)] if shown.more else []
    return InlineKeyboardMarkup(
        [
            *pairs(numbers, WIDTH),
            turn,
            [
                RESPOND.button(words.respond_button(t), shown.head_id),
                CARD.button(words.back_to_card_button(t), shown.head_id, None, None),
            ],
        ]
    )


def news(t: Translator, told: News) -> InlineKeyboardMarkup:
    """Under the news of responses: the threads in which they stand."""
    several = len(told.threads) > 1
    return InlineKeyboardMarkup(
        [
            [THREAD.button(words.open_thread_button(t, head if several else None), reply_id, 0)]
            for reply_id, head in told.threads
        ]
    )
