"""The buttons around a dialogue file: whether a text is one, and whether what importing it would change is wanted."""

from telegram import InlineKeyboardMarkup

from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.reports.forms import FileForm
from bot.features.dialogues.texts import comparison as comparison_words
from bot.features.dialogues.texts import files as words
from bot.features.dialogues.texts import templates as template_words
from bot.features.intake import texts as intake_texts
from bot.features.intake.keyboards import FORGET
from bot.features.key_points.keyboards import POINTS
from bot.features.replies.keyboards import WAS_REPLY
from bot.features.summary.actions.differing import TableDiff
from bot.features.summary.keyboards.publication import SUMMARY
from bot.features.summary.texts import review as review_texts
from bot.features.summary.texts import tables as table_words
from bot.i18n import Translator
from bot.telegram.buttons import choice, number, tag, verb

DIALOGUE_FILE = verb("dialoguefile", number)
"""The message held under that id is a dialogue file."""
BRING_IN = verb("bringin", number, tag)
"""The message that holds the file, and the key of what was shown: only that is done."""
LEAVE_OUT = verb("leaveout", number)
TAKE_TABLE = verb("taketable", number, tag)
"""The message that holds a table of a Summary, and the key of what was shown: only that is done."""
EXAMPLE_FILE = verb("newfile")
GO_ON = verb("draftfrom", number)
"""The message that holds a file which isn't right yet: it is gone on with page by page."""
TEMPLATE = verb("template", choice(FileForm), stays=True)
"""An example to write over, in that form."""


def what_is_it(t: Translator, held_id: int) -> InlineKeyboardMarkup:
    """A dialogue file, a reply, or neither."""
    return InlineKeyboardMarkup(
        [
            [DIALOGUE_FILE.button(words.file_button(t), held_id)],
            [WAS_REPLY.button(words.reply_button(t), held_id)],
            [FORGET.button(intake_texts.neither_button(t), held_id)],
        ]
    )


def go_on(t: Translator, held_id: int) -> InlineKeyboardMarkup:
    """Go on with a file that isn't right yet, in the chat."""
    return InlineKeyboardMarkup([[GO_ON.button(words.go_on_button(t), held_id)]])


def sure(t: Translator, shown: Comparison, held_id: int) -> InlineKeyboardMarkup:
    """Import what was shown, or nothing."""
    label = comparison_words.bring_in_button(t, created=shown.created, enters=shown.enters)
    yes = BRING_IN.button(label, held_id, shown.key)
    return InlineKeyboardMarkup([[yes], [LEAVE_OUT.button(comparison_words.leave_button(t), held_id)]])


def take_table(t: Translator, diff: TableDiff, held_id: int) -> InlineKeyboardMarkup:
    """Take the changes that were shown, or none."""
    yes = TAKE_TABLE.button(table_words.take_button(t, len(diff.changes)), held_id, diff.key)
    return InlineKeyboardMarkup([[yes], [LEAVE_OUT.button(comparison_words.leave_button(t), held_id)]])


def to_summary(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Leads on from a dialogue that was entered as finished: to its key points, and to its Summary."""
    points = POINTS.button(review_texts.key_points_button(t), dialogue_id)
    return InlineKeyboardMarkup([[points, SUMMARY.button(review_texts.summary_button(t), dialogue_id)]])


def templates(t: Translator) -> InlineKeyboardMarkup:
    """The example in each form in which it can be filled in."""
    return InlineKeyboardMarkup(
        [
            [
                TEMPLATE.button(template_words.word_button(t), FileForm.WORD),
                TEMPLATE.button(template_words.workbook_button(t), FileForm.WORKBOOK),
            ],
            [TEMPLATE.button(template_words.text_button(t), FileForm.YAML)],
        ]
    )
