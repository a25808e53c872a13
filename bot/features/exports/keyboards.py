"""The buttons of an export: which dialogue, in which form."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.dialogues.keyboards import LEAVE_OUT
from bot.features.dialogues.texts import comparison as comparison_words
from bot.features.exports.actions.neighbours import Neighbour, NeighbourWanted
from bot.features.exports.actions.replies import Format
from bot.features.exports.texts import files as words
from bot.features.exports.texts import neighbours as neighbour_words
from bot.features.key_points.keyboards import PROPOSE
from bot.features.key_points.texts import writing as writing_texts
from bot.i18n import Translator
from bot.telegram.buttons import Row, choice, maybe, number, pairs, tag, verb

EXPORTS = verb("exports", number, right=Right.EXPORT)
EXPORTED = verb("exported", number, choice(Format), right=Right.EXPORT)
TOOLS = verb("tools", number, right=Right.EXPORT)
TOOL = verb("tool", number, choice(Neighbour), right=Right.EXPORT)
FITS = verb("fits", number, choice(Neighbour), maybe(number), right=Right.EXPORT)
"""What of the replies to a question by its number, or to all, a tool takes."""
FOR_TOOL = verb("fortool", number, choice(Neighbour), maybe(number), maybe(tag), right=Right.EXPORT)
"""The file for a tool, where there are translations in the language of that tag."""
TAKE_CLAIMS = verb("takeclaims", number, number, right=Right.SUMMARISE)
"""The message that holds a file of another tool, and the dialogue for which it is to propose."""


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) one may take along."""
    return InlineKeyboardMarkup([[EXPORTS.button(title, dialogue_id)] for dialogue_id, title in choices])


def forms(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The zip archive, or the replies alone."""
    tables = [
        EXPORTED.button(form.upper(), dialogue_id, form) for form in (Format.CSV, Format.WORKBOOK, Format.JSON_LINES)
    ]
    everything = [EXPORTED.button(words.everything_button(t), dialogue_id, Format.ZIP)]
    others = [TOOLS.button(neighbour_words.for_another_tool_button(t), dialogue_id)]
    return InlineKeyboardMarkup([everything, tables, others])


def tools(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """The tools that a file can be made for."""
    each = [TOOL.button(name, dialogue_id, neighbour) for neighbour, name in neighbour_words.NAMES.items()]
    return InlineKeyboardMarkup([*pairs(each), _back(t, dialogue_id)])


def questions(t: Translator, dialogue_id: int, neighbour: Neighbour, total: int) -> InlineKeyboardMarkup:
    """Each question by its number, or all."""
    each = [
        FITS.button(writing_texts.question_button(t, place), dialogue_id, neighbour, place)
        for place in range(1, total + 1)
    ]
    everything = [FITS.button(neighbour_words.all_questions_button(t), dialogue_id, neighbour, None)]
    return InlineKeyboardMarkup([*pairs(each, 3), everything, _back(t, dialogue_id)])


def make(t: Translator, dialogue_id: int, wanted: NeighbourWanted, language: str | None) -> InlineKeyboardMarkup:
    """Make the file as it was said, or in a language where there are translations."""
    given = (dialogue_id, wanted.neighbour, wanted.question)
    rows = [[FOR_TOOL.button(neighbour_words.make_button(t), *given, None)]]
    if language is not None:
        rows.append([FOR_TOOL.button(neighbour_words.make_in_button(t, language), *given, language)])
    return InlineKeyboardMarkup([*rows, _back(t, dialogue_id)])


def back(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Back to the tools."""
    return InlineKeyboardMarkup([_back(t, dialogue_id)])


def _back(t: Translator, dialogue_id: int) -> Row:
    return [TOOLS.button(phrases.back_button(t), dialogue_id)]


def take_claims(t: Translator, held_id: int, choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) for which a file may propose, or none."""
    each = [[TAKE_CLAIMS.button(title, held_id, dialogue_id)] for dialogue_id, title in choices]
    return InlineKeyboardMarkup([*each, [LEAVE_OUT.button(comparison_words.leave_button(t), held_id)]])


def gathered(t: Translator, questions: Sequence[tuple[int, int]]) -> InlineKeyboardMarkup:
    """Leads to what is proposed for each question (id, number)."""
    each = [PROPOSE.button(writing_texts.question_button(t, place), question_id) for question_id, place in questions]
    return InlineKeyboardMarkup(pairs(each, 3))
