"""The buttons of the schedule: which question, what to do with it, and yes."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.questions.actions.schedule import Edge, Move, Schedule
from bot.features.questions.texts import questions as question_texts
from bot.features.questions.texts import schedule as words
from bot.i18n import Translator
from bot.telegram.buttons import Row, button, pairs

LATER = (1, 2, 7)  # days
STAMP = "%Y%m%dT%H%M"
NOW = "now"
LETTERS = {Edge.OPENING: "o", Edge.CLOSE: "c"}
EDGES = {letter: edge for edge, letter in LETTERS.items()}


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose schedule a moderator may see."""
    return InlineKeyboardMarkup([[button(title, "times", dialogue_id)] for dialogue_id, title in choices])


def schedule(t: Translator, shown: Schedule) -> InlineKeyboardMarkup:
    """The questions that can still be moved."""
    questions = [
        button(words.question_button(t, period.number), "moves", period.question_id)
        for period in shown.periods
        if not period.over
    ]
    return InlineKeyboardMarkup(pairs(questions))


def moves(t: Translator, question_id: int, dialogue_id: int, edge: Edge) -> InlineKeyboardMarkup:
    """What can be done with one question."""
    letter = LETTERS[edge]
    later = [button(words.later_button(t, days), "later", question_id, letter, days) for days in LATER]
    return InlineKeyboardMarkup(
        [
            [button(words.now_button(t, edge), "move", question_id, letter, NOW)],
            *pairs(later),
            [button(words.other_moment_button(t), "moment", question_id, letter)],
            [button(phrases.back_button(t), "times", dialogue_id)],
        ]
    )


def confirm(t: Translator, proposed: Move, held_id: int | None = None) -> InlineKeyboardMarkup:
    """Do what was shown, or go back; and the way out for a moderator whose typed moment was a reply."""
    data = ["moved", proposed.question_id, LETTERS[proposed.edge], stamp(proposed.wall)]
    rows: list[Row] = [[button(words.confirm_button(t), *data, *([held_id] if held_id else []))]]
    if held_id:
        rows.append([button(phrases.was_a_reply_button(t), "reply", held_id)])
    else:
        rows.append([button(phrases.back_button(t), "moves", proposed.question_id)])
    return InlineKeyboardMarkup(rows)


def typed(t: Translator, question_id: int, edge: Edge, held_id: int) -> InlineKeyboardMarkup:
    """After a moment that can't be: another try, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [button(words.other_moment_button(t), "moment", question_id, LETTERS[edge], held_id)],
            [button(phrases.was_a_reply_button(t), "reply", held_id)],
        ]
    )


def stamp(wall: datetime | None) -> str:
    """A wall clock in a button's data, to the minute; "now" for this very moment."""
    return wall.strftime(STAMP) if wall else NOW


def read_stamp(written: str) -> datetime | None:
    """The wall clock that `stamp` wrote."""
    return None if written == NOW else datetime.strptime(written, STAMP)  # noqa: DTZ007 - a wall clock is naive


def reminder(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Under a reminder: not this week, or never again."""
    return InlineKeyboardMarkup(
        [
            [
                button(question_texts.not_this_week_button(t), "skip", question_id),
                button(question_texts.no_more_reminders_button(t), "hush", question_id),
            ]
        ]
    )
