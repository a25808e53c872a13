"""The buttons of previews and rehearsals; those that their messages would have are shown, and do nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.features.questions.texts import schedule as schedule_words
from bot.features.rehearsals.texts import pages as words
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator, endonym
from bot.telegram.buttons import Row, Verb, pairs, verb

MOCK = verb("mock")
"""A button of a message that only shows what would be."""
STOP = verb("norehearsal")

Leaf = Verb[int, str | None, int | None]
"""Carries what is seen (an id), in which language, and which page."""
Begins = Verb[int, str | None]
"""Carries what is rehearsed (an id), and in which language."""


@dataclass(frozen=True)
class Ways:
    """The buttons around a preview: its pages, the rehearsal, and the way back, for whatever is seen under an id."""

    about: int
    leaf: Leaf
    rehearse: Begins
    back: InlineKeyboardButton


def mock(rows: Sequence[Sequence[str]]) -> list[Row]:
    """The buttons of a message, by their labels."""
    return [[MOCK.button(label) for label in row] for row in rows]


def languages(ways: Ways, tags: Sequence[str], *, rehearses: bool) -> InlineKeyboardMarkup:
    """The languages in which a dialogue may be seen, or rehearsed."""
    if rehearses:
        each = [ways.rehearse.button(endonym(tag), ways.about, tag) for tag in tags]
    else:
        each = [ways.leaf.button(endonym(tag), ways.about, tag, None) for tag in tags]
    return InlineKeyboardMarkup([*pairs(each), [ways.back]])


def leaf(
    t: Translator, ways: Ways, labels: Sequence[Sequence[str]], *, language: str, page: int, total: int
) -> InlineKeyboardMarkup:
    """What the message has for buttons, then those to leaf through, to rehearse, and back."""
    turn = [
        ways.leaf.button(label, ways.about, language, to)
        for label, to in ((words.previous_button(t), page - 1), (words.next_button(t), page + 1))
        if 0 <= to < total
    ]
    rehearse = ways.rehearse.button(schedule_words.rehearse_button(t), ways.about, language)
    return InlineKeyboardMarkup([*mock(labels), turn, [rehearse], [ways.back]])


def stop(t: Translator) -> InlineKeyboardMarkup:
    """Stops the rehearsal."""
    return InlineKeyboardMarkup([[STOP.button(words.stop_button(t))]])


def was_it_a_reply(t: Translator, held_id: int, label: str) -> InlineKeyboardMarkup:
    """What was written during a rehearsal was a reply; or the rehearsal is to stop."""
    return InlineKeyboardMarkup([[WAS_REPLY.button(label, held_id)], [STOP.button(words.stop_button(t))]])
