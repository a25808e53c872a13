"""The buttons around recordings and files: which question, in which language, and what to do."""

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.questions.keyboards import FILES, TIMES
from bot.features.questions.texts import schedule as schedule_texts
from bot.features.recordings import texts as words
from bot.features.recordings.actions.recordings import Recordings, Spoken
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator, endonym
from bot.telegram.buttons import danger, maybe, number, pairs, tag, verb

FILES_OF = verb("filesof", number, maybe(number), right=Right.SCHEDULE)
"""A dialogue, and its question; without one, the concept note."""
RECORD = verb("record", number, maybe(number), right=Right.SCHEDULE)
RECORDED = verb("recorded", number, number, number, tag, right=Right.SCHEDULE)
"""A dialogue, its question (0 for the concept note), the held message, and the language that is in."""
UNRECORD = verb("unrecord", number, number, tag, right=Right.SCHEDULE)


def overview(t: Translator, shown: Recordings) -> InlineKeyboardMarkup:
    """The questions and the concept note."""
    questions = [
        FILES_OF.button(schedule_texts.question_button(t, each.number), shown.dialogue_id, each.question_id)
        for each in shown.all
        if each.question_id is not None
    ]
    note = FILES_OF.button(words.note_button(t), shown.dialogue_id, None)
    return InlineKeyboardMarkup(
        [*pairs(questions), [note], [TIMES.button(schedule_texts.schedule_button(t), shown.dialogue_id)]]
    )


def page(t: Translator, dialogue_id: int, of: Spoken) -> InlineKeyboardMarkup:
    """Send one, or take one away."""
    send = RECORD.button(words.send_button(t, document=of.question_id is None), dialogue_id, of.question_id)
    away = [
        danger(UNRECORD.button(words.take_away_button(t, tag), dialogue_id, of.question_id or 0, tag))
        for tag in of.there
    ]
    return InlineKeyboardMarkup([[send], *pairs(away), [FILES.button(phrases.back_button(t), dialogue_id)]])


def which_language(t: Translator, dialogue_id: int, of: Spoken, held_id: int) -> InlineKeyboardMarkup:
    """The languages that it may be in, and the way out for one who was replying."""
    each = [RECORDED.button(endonym(tag), dialogue_id, of.question_id or 0, held_id, tag) for tag in of.languages]
    return InlineKeyboardMarkup([*pairs(each), [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]])


def not_taken(t: Translator, held_id: int) -> InlineKeyboardMarkup:
    """Under what can't serve: perhaps it was a reply."""
    return InlineKeyboardMarkup([[WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]])


def to_files(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """From a notice to a dialogue's recordings and files."""
    return InlineKeyboardMarkup([[FILES.button(schedule_texts.files_button(t), dialogue_id)]])
