"""The buttons around what others say: the questions, a card and the way on from it, and the rungs."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot.core.messages import About
from bot.features.discussion.actions.cards import Card, Deck
from bot.features.discussion.actions.frames import Frame
from bot.features.discussion.actions.quick_replies import Chimes
from bot.features.discussion.texts import cards as words
from bot.features.discussion.texts import highlights as highlight_texts
from bot.features.discussion.texts import responses as response_texts
from bot.features.discussion.texts import terms as term_texts
from bot.i18n import Translator
from bot.models import RungKind
from bot.telegram.buttons import Row, button, number, pairs, verb

DECK = verb("deck", number, shows=lambda question_id: About(question_id=question_id))
ANSWER = verb("answer", number)

ALL = "-"  # stands in the data for all languages


def decks(t: Translator, shown: Sequence[Deck]) -> InlineKeyboardMarkup:
    """One button for each question, and one to answer it where it has closed unanswered."""
    return InlineKeyboardMarkup([row for deck in shown for row in _deck(t, deck)])


def _deck(t: Translator, deck: Deck) -> list[Row]:
    answer = [button(response_texts.still_answer_button(t, deck.number), "answer", deck.question_id)]
    closed = not deck.is_open and not deck.answered
    return [[button(words.deck_button(t, deck), "top", deck.question_id, ALL)], *([answer] if closed else [])]


def card(t: Translator, shown: Card, *, original: bool = False) -> InlineKeyboardMarkup:
    """Under a card: what to say to it, what to open, and where to go on to."""
    language = shown.language or ALL
    turn = "" if original else "o"
    rungs = [] if shown.own else rung_rows(t, shown.chimes, shown.question_id, shown.reply_id, language)
    say = [] if shown.own else [button(response_texts.respond_button(t), "respond", shown.reply_id)]
    if shown.responses or shown.to is not None:
        say.append(button(response_texts.responses_button(t, shown.responses), "thread", shown.thread_id, 0))
    if shown.words.translated is not None:
        say.append(button(words.original_button(t, original=original), "card", shown.reply_id, language, turn))
    if shown.words.openable:
        say.append(button(words.open_button(t, shown.words), "file", shown.reply_id))
    if not shown.own:
        say.append(button(response_texts.report_button(t), "report", shown.reply_id, language))
    return InlineKeyboardMarkup([*rungs, *pairs(say), *_ways_on(t, shown, language)])


def _ways_on(t: Translator, shown: Card, language: str) -> list[Row]:
    beside = shown.beside
    back = [button(words.previous_button(t), "card", beside.previous_id, language)] if beside.previous_id else []
    on = words.next_button(t, unread=beside.next_is_unread)
    forth = [button(on, "card", beside.next_id, language)] if beside.next_id else []
    return [
        back + forth,
        [
            button(words.all_questions_button(t), "browse"),
            button(words.filter_button(t, shown.language), "filter", shown.question_id),
        ],
    ]


def rung_rows(t: Translator, chimes: Chimes, question_id: int, reply_id: int = 0, language: str = ALL) -> list[Row]:
    """The three rungs of a question, or of a reply to it, each with its count."""
    return [
        [
            button(
                words.rung_button(t, kind, chimes.counts.get(kind, 0), mine=chimes.mine is kind),
                *("chime", kind, question_id, reply_id, language),
            )
        ]
        for kind in RungKind
    ]


def question(t: Translator, frame: Frame) -> InlineKeyboardMarkup:
    """Under a question: what others say, the rungs, the week before and, ahead of a first reply, who will see it."""
    terms = frame.terms
    who_sees = [] if terms is None else [button(term_texts.change_button(t), "terms", "m", terms.member_id)]
    told = frame.highlights
    before = [] if told is None else [button(highlight_texts.replies_button(t, told.number), "deck", told.question_id)]
    return InlineKeyboardMarkup(
        [
            [button(words.read_button(t, frame.replies), "deck", frame.question_id)],
            *rung_rows(t, frame.chimes, frame.question_id),
            before,
            who_sees,
        ]
    )


def no_cards(t: Translator, question_id: int, language: str | None) -> InlineKeyboardMarkup:
    """Where a deck is empty: the other questions and, if it was narrowed, all languages."""
    every = [button(words.filter_button(t, None), "top", question_id, ALL)] if language else []
    return InlineKeyboardMarkup([[button(words.all_questions_button(t), "browse"), *every]])


def all_questions(t: Translator) -> InlineKeyboardMarkup:
    """Back to the list of questions."""
    return InlineKeyboardMarkup([[button(words.all_questions_button(t), "browse")]])


def languages(t: Translator, question_id: int, found: Sequence[tuple[str, int]]) -> InlineKeyboardMarkup:
    """The languages in which there are replies to a question."""
    every = button(words.language_button(t, None, sum(count for _, count in found)), "top", question_id, ALL)
    each = [button(words.language_button(t, tag, count), "top", question_id, tag) for tag, count in found]
    return InlineKeyboardMarkup([[every], *pairs(each)])
