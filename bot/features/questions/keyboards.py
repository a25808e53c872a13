"""The buttons of the schedule: which question, what to do with it, and yes."""

from collections.abc import Sequence
from datetime import datetime

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.questions.actions.periods import Edge
from bot.features.questions.actions.rescheduling import Move
from bot.features.questions.actions.schedule import Schedule
from bot.features.questions.texts import questions as question_texts
from bot.features.questions.texts import schedule as words
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.telegram.buttons import Field, Row, coded, maybe, number, pairs, tag, verb, which_page

LATER = (1, 2, 7)  # days
STAMP = "%Y%m%dT%H%M"
NOW = "now"


def _stamp(wall: datetime | None) -> str:
    return wall.strftime(STAMP) if wall else NOW


def _read_stamp(written: str) -> datetime | None:
    return None if written == NOW else datetime.strptime(written, STAMP)  # noqa: DTZ007 - a wall clock is naive


edge = coded({"o": Edge.OPENING, "c": Edge.CLOSE})
wall_clock = Field(_read_stamp, _stamp)
"""To the minute; None is this very moment."""

TIMES = verb("times", number, right=Right.SCHEDULE)
MOVES = verb("moves", number, right=Right.SCHEDULE)
CLOSES = verb("closes", number, right=Right.SCHEDULE)
"""The close of a question that is still to be posted."""
LATER_BY = verb("later", number, edge, number, right=Right.SCHEDULE)
MOVE = verb("move", number, edge, wall_clock, right=Right.SCHEDULE)
MOMENT = verb("moment", number, edge, maybe(number), right=Right.SCHEDULE)
MOVED = verb("moved", number, edge, wall_clock, maybe(number), right=Right.SCHEDULE)
FILES = verb("files", number, right=Right.SCHEDULE)
"""A dialogue's recordings and files."""
UNDO = verb("unmove", number, right=Right.SCHEDULE)
"""By the notice that told of the move."""
EDIT_DIALOGUE = verb("draftof", number, right=Right.APPOINT)
SEE_IT = verb("seeit", number, maybe(tag), maybe(which_page), right=Right.SCHEDULE)
"""The dialogue as a member gets it, in a language, on a page."""
REHEARSE = verb("rehearse", number, maybe(tag), right=Right.SCHEDULE)
SKIP = verb("skip", number)
HUSH = verb("hush", number)


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose schedule a moderator may see."""
    return InlineKeyboardMarkup([[TIMES.button(title, dialogue_id)] for dialogue_id, title in choices])


def schedule(t: Translator, shown: Schedule) -> InlineKeyboardMarkup:
    """The questions that can still be moved, the last move, if it can be undone, and the dialogue as members get it."""
    questions = [
        MOVES.button(words.question_button(t, period.number), period.question_id)
        for period in shown.periods
        if not period.over
    ]
    edit = [[EDIT_DIALOGUE.button(words.edit_button(t), shown.dialogue_id)]] if shown.may_edit else []
    files = [FILES.button(words.files_button(t), shown.dialogue_id)]
    seen = [
        SEE_IT.button(words.see_it_button(t), shown.dialogue_id, None, None),
        REHEARSE.button(words.rehearse_button(t), shown.dialogue_id, None),
    ]
    return InlineKeyboardMarkup([*pairs(questions), *_undo(t, shown.undoable), *edit, files, seen])


def rehearsable(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) that one may rehearse."""
    return InlineKeyboardMarkup([[REHEARSE.button(title, dialogue_id, None)] for dialogue_id, title in choices])


def _undo(t: Translator, undoable: int | None) -> list[Row]:
    return [] if undoable is None else [[UNDO.button(words.undo_button(t), undoable)]]


def moves(t: Translator, question_id: int, dialogue_id: int, end: Edge, *, posted: bool = True) -> InlineKeyboardMarkup:
    """What can be done with one question; of one that isn't `posted` both ends can be moved, the close not to this moment."""
    later = [LATER_BY.button(words.later_button(t, days), question_id, end, days) for days in LATER]
    now = [MOVE.button(words.now_button(t, end), question_id, end, None)] if posted or end is Edge.OPENING else []
    close = [CLOSES.button(words.close_button(t), question_id)] if not posted and end is Edge.OPENING else []
    return InlineKeyboardMarkup(
        [
            *([now] if now else []),
            *pairs(later),
            *([close] if close else []),
            [MOMENT.button(words.other_moment_button(t), question_id, end, None)],
            [TIMES.button(phrases.back_button(t), dialogue_id)],
        ]
    )


def confirm(t: Translator, proposed: Move, held_id: int | None = None) -> InlineKeyboardMarkup:
    """Do what was shown, or go back; and the way out for a moderator whose typed moment was a reply."""
    yes = MOVED.button(words.confirm_button(t), proposed.question_id, proposed.edge, proposed.wall, held_id)
    rows: list[Row] = [[yes]]
    if held_id:
        rows.append([WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)])
    else:
        rows.append([MOVES.button(phrases.back_button(t), proposed.question_id)])
    return InlineKeyboardMarkup(rows)


def moved(t: Translator, done: Move, dialogue_id: int) -> InlineKeyboardMarkup:
    """Undo it, or back to the schedule, as it is now."""
    return InlineKeyboardMarkup([*_undo(t, done.undoable), [TIMES.button(phrases.back_button(t), dialogue_id)]])


def to_schedule(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """From a notice to the schedule."""
    return InlineKeyboardMarkup([[TIMES.button(words.schedule_button(t), dialogue_id)]])


def typed(t: Translator, question_id: int, end: Edge, held_id: int) -> InlineKeyboardMarkup:
    """After a moment that can't be: another try, and the way out for one who was replying."""
    return InlineKeyboardMarkup(
        [
            [MOMENT.button(words.other_moment_button(t), question_id, end, held_id)],
            [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)],
        ]
    )


def reminder(t: Translator, question_id: int) -> InlineKeyboardMarkup:
    """Under a reminder: not this week, or never again."""
    return InlineKeyboardMarkup(
        [
            [
                SKIP.button(question_texts.not_this_week_button(t), question_id),
                HUSH.button(question_texts.no_more_reminders_button(t), question_id),
            ]
        ]
    )
