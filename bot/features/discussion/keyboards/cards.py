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
from bot.features.menu.keyboards import BROWSE
from bot.features.questions.keyboards import SKIP
from bot.features.questions.texts import questions as question_texts
from bot.features.replies import texts as reply_texts
from bot.features.replies.keyboards import TERMS
from bot.features.translations import texts as translation_texts
from bot.features.translations.keyboards import WISH
from bot.i18n import Translator
from bot.models import RungKind
from bot.telegram.buttons import Field, Row, choice, coded, maybe, number, pairs, tag, verb, which_page

ALL = "-"  # stands in the data for all languages


def _read_language(part: str) -> str | None:
    return None if part == ALL else tag.read(part)


def _write_language(language: str | None) -> str:
    return language or ALL


only = Field(_read_language, _write_language)
"""The one language whose cards are shown; None is all."""
in_original = coded({"o": True})
"""Whether a card is shown as it was written, not translated."""

DECK = verb("deck", number, shows=lambda question_id: About(question_id=question_id))
TOP = verb("top", number, only)
CARD = verb("card", number, only, maybe(in_original))
FILTER = verb("filter", number)
FILE = verb("file", number)
RESPOND = verb("respond", number, shows=lambda reply_id: About(reply_id=reply_id))
THREAD = verb("thread", number, which_page)
ANSWER = verb("answer", number)
CHIME = verb("chime", choice(RungKind), number, number, only, publishes=True)
"""A rung of a question or, where it isn't 0, of the reply by that id."""
REPORT = verb("report", number, only)


def decks(t: Translator, shown: Sequence[Deck]) -> InlineKeyboardMarkup:
    """One button for each question, and one to answer it where it has closed unanswered."""
    return InlineKeyboardMarkup([row for deck in shown for row in _deck(t, deck)])


def _deck(t: Translator, deck: Deck) -> list[Row]:
    label = response_texts.still_answer_button(t, deck.number, deck.dialogue_title)
    answer = [ANSWER.button(label, deck.question_id)]
    closed = not deck.is_open and not deck.answered
    return [[TOP.button(words.deck_button(t, deck), deck.question_id, None)], *([answer] if closed else [])]


def card(t: Translator, shown: Card, *, original: bool = False) -> InlineKeyboardMarkup:
    """Under a card: what to say to it, what to open, and where to go on to."""
    language = shown.language
    rungs = [] if shown.own else _rungs(t, shown.chimes, shown.question_id, shown.reply_id, language)
    say = [] if shown.own else [RESPOND.button(response_texts.respond_button(t), shown.reply_id)]
    if shown.responses or shown.to is not None:
        say.append(THREAD.button(response_texts.responses_button(t, shown.responses), shown.thread_id, 0))
    if shown.words.translated is not None:
        turned = None if original else True
        say.append(CARD.button(words.original_button(t, original=original), shown.reply_id, language, turned))
    if shown.may_wish:
        say.append(WISH.button(translation_texts.wish_button(t), shown.reply_id))
    if shown.words.openable:
        say.append(FILE.button(words.open_button(t, shown.words), shown.reply_id))
    return InlineKeyboardMarkup([rungs, *pairs(say), *_ways_on(t, shown)])


def _ways_on(t: Translator, shown: Card) -> list[Row]:
    beside, language = shown.beside, shown.language
    back = [CARD.button(words.previous_button(t), beside.previous_id, language, None)] if beside.previous_id else []
    on = words.next_button(t, unread=beside.next_is_unread)
    forth = [CARD.button(on, beside.next_id, language, None)] if beside.next_id else []
    report = [] if shown.own else [REPORT.button(response_texts.report_button(t), shown.reply_id, language)]
    return [
        back + forth,
        [
            BROWSE.button(words.all_questions_button(t)),
            FILTER.button(words.filter_button(t, language), shown.question_id),
            *report,
        ],
    ]


def _rungs(t: Translator, chimes: Chimes, question_id: int, reply_id: int, language: str | None) -> Row:
    """The three rungs of a reply, each with its count."""
    return [
        CHIME.button(
            words.rung_button(t, kind, chimes.counts.get(kind, 0), mine=chimes.mine is kind),
            *(kind, question_id, reply_id, language),
        )
        for kind in RungKind
    ]


def question(t: Translator, frame: Frame) -> InlineKeyboardMarkup:
    """Under a question: ways to begin or let it go, what others say, the week before and, ahead of a first reply, who will see it."""
    terms, before = frame.terms, frame.before
    example = words.example_button(t, mine=frame.chimes.mine is RungKind.EXAMPLE)
    begin = [CHIME.button(example, RungKind.EXAMPLE, frame.question_id, 0, None)]
    if frame.reminded:
        begin.append(SKIP.button(question_texts.not_this_week_button(t), frame.question_id))
    who_sees = [] if terms is None else [TERMS.button(reply_texts.who_sees_button(t), "m", terms.member_id)]
    reread = [] if before is None else [DECK.button(highlight_texts.read_before_button(t, before), before.question_id)]
    return InlineKeyboardMarkup(
        [
            begin,
            [DECK.button(words.read_button(t, frame.replies), frame.question_id)],
            reread,
            who_sees,
        ]
    )


def no_cards(t: Translator, question_id: int, language: str | None) -> InlineKeyboardMarkup:
    """Where a deck is empty: the other questions and, if it was narrowed, all languages."""
    every = [TOP.button(words.filter_button(t, None), question_id, None)] if language else []
    return InlineKeyboardMarkup([[BROWSE.button(words.all_questions_button(t)), *every]])


def to_card(t: Translator, reply_id: int) -> InlineKeyboardMarkup:
    """From a notice to a card."""
    return InlineKeyboardMarkup([[CARD.button(words.card_button(t), reply_id, None, None)]])


def all_questions(t: Translator) -> InlineKeyboardMarkup:
    """Back to the list of questions."""
    return InlineKeyboardMarkup([[BROWSE.button(words.all_questions_button(t))]])


def languages(t: Translator, question_id: int, found: Sequence[tuple[str, int]]) -> InlineKeyboardMarkup:
    """The languages in which there are replies to a question."""
    every = TOP.button(words.language_button(t, None, sum(count for _, count in found)), question_id, None)
    each = [TOP.button(words.language_button(t, language, count), question_id, language) for language, count in found]
    return InlineKeyboardMarkup([[every], *pairs(each)])
