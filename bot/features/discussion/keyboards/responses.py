"""The buttons around members' answers to each other: giving up, going elsewhere, and the thread."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.discussion.actions.news import News
from bot.features.discussion.actions.responses import Thread
from bot.features.discussion.actions.terms import Terms
from bot.features.discussion.keyboards.cards import ALL
from bot.features.discussion.texts import responses as words
from bot.features.discussion.texts import terms as term_texts
from bot.i18n import Translator
from bot.telegram.buttons import button, pairs

WIDTH = 5  # numbers in a row


def write_response(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """Under the request for a response: never mind. The data says to what a message responds that replies to this one."""
    return InlineKeyboardMarkup([[button(words.never_mind_button(t), "unrespond", reply_id)]])


def write_answer(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """The same for a reply to a certain question."""
    return InlineKeyboardMarkup([[button(words.never_mind_button(t), "unanswer", question_id)]])


def report(t: Translator, reply_id: int, language: str) -> InlineKeyboardMarkup:
    """Whether to have a moderator look at a reply."""
    return InlineKeyboardMarkup(
        [
            [button(words.report_button(t), "reported", reply_id, language)],
            [button(words.back_to_card_button(t), "card", reply_id, language)],
        ]
    )


def back_to_card(t: Translator, reply_id: int, language: str) -> InlineKeyboardMarkup:
    """Back to a reply."""
    return InlineKeyboardMarkup([[button(words.back_to_card_button(t), "card", reply_id, language)]])


def responded(t: Translator, reply_id: int, terms: Terms) -> InlineKeyboardMarkup:
    """Under the thanks for a response: who sees it, and the way out if it was none."""
    return InlineKeyboardMarkup(
        [
            [button(words.elsewhere_button(t), "elsewhere", reply_id)],
            [button(term_texts.change_button(t), "terms", "r", terms.reply_id)],
        ]
    )


def thread(t: Translator, shown: Thread, size: int) -> InlineKeyboardMarkup:
    """The numbers of the responses, the pages, responding, and the way back."""
    first = shown.number * size + 1
    numbers = [
        button(t.number(index), "card", response.reply_id, ALL)
        for index, response in enumerate(shown.responses, start=first)
    ]
    turn = [button(phrases.older_button(t), "thread", shown.head_id, shown.number - 1)] if shown.number else []
    turn += [button(phrases.newer_button(t), "thread", shown.head_id, shown.number + 1)] if shown.more else []
    return InlineKeyboardMarkup(
        [
            *pairs(numbers, WIDTH),
            turn,
            [
                button(words.respond_button(t), "respond", shown.head_id),
                button(words.back_to_card_button(t), "card", shown.head_id, ALL),
            ],
        ]
    )


def news(t: Translator, told: News) -> InlineKeyboardMarkup:
    """Under the news of responses: the threads in which they stand."""
    return InlineKeyboardMarkup(
        [
            [button(words.to_what_i_said_button(t, index, head), "thread", reply_id, 0)]
            for index, (reply_id, head) in enumerate(told.threads, start=1)
        ]
    )
