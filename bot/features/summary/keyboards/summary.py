"""The buttons under a Summary."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.core.rights import Right
from bot.features.key_points.keyboards import POINTS
from bot.features.summary.actions.parity import Difference
from bot.features.summary.actions.showing import Showing
from bot.features.summary.keyboards.public_pages import PAGE
from bot.features.summary.keyboards.publication import (
    AFTERWORDS,
    COMPARE,
    CONSULT,
    MISSING,
    OBJECTIONS,
    PUBLISH,
    SUMMARY,
)
from bot.features.summary.reports.forms import ALL, Form, available
from bot.features.summary.texts import consultation as consultation_texts
from bot.features.summary.texts import missing as missing_texts
from bot.features.summary.texts import public_pages as public_texts
from bot.features.summary.texts import publication as publication_texts
from bot.features.summary.texts import review as words
from bot.features.summary.texts import tables as table_texts
from bot.i18n import Translator, endonym
from bot.telegram.buttons import choice, maybe, number, pairs, tag, verb

PAPERS = verb("papers", number, right=Right.SUMMARISE)
TABLE = verb("summarytable", number, right=Right.SUMMARISE)
PAPER = verb("paper", number, tag, maybe(choice(Form)), right=Right.SUMMARISE)
BACKGROUND = verb("background", number, right=Right.SUMMARISE)
QUOTES = verb("quotes", number, right=Right.SUMMARISE)
NUMBERS = verb("numbers", number, right=Right.SUMMARISE)
METHOD = verb("method", number, right=Right.SUMMARISE)
DATES = verb("dates", number, right=Right.SUMMARISE)
WAIVE = verb("waive", number, tag, right=Right.SUMMARISE)
NEXT_FILE = verb("nextfile", number, right=Right.SUMMARISE)

# The formats' own names, the same in every language.
FORMS = {Form.PDF: "PDF", Form.WORD: "Word (DOCX)", Form.HTML: "HTML", Form.MARKDOWN: "Markdown"}


def dialogues(choices: Sequence[tuple[int, str]]) -> InlineKeyboardMarkup:
    """The dialogues (id, title) whose Summary a moderator may see."""
    return InlineKeyboardMarkup([[SUMMARY.button(title, dialogue_id)] for dialogue_id, title in choices])


def preview(
    t: Translator, dialogue_id: int, shown: Showing, *, afterwords: int, may_open: bool = False
) -> InlineKeyboardMarkup:
    """What may be done with a Summary, and how many members said since what has changed; `may_open` it to the public."""
    page = [PAGE.button(public_texts.page_button(t), dialogue_id)]
    changed = [AFTERWORDS.button(publication_texts.afterwords_button(t, afterwords), dialogue_id, 0)]
    return InlineKeyboardMarkup(
        [
            [
                PAPERS.button(words.file_button(t), dialogue_id),
                TABLE.button(table_texts.table_button(t), dialogue_id),
            ],
            [
                POINTS.button(words.key_points_button(t), dialogue_id),
                BACKGROUND.button(words.background_button(t), dialogue_id),
            ],
            [
                QUOTES.button(words.quotes_button(t, shown=shown.with_quotes), dialogue_id),
                NUMBERS.button(words.strength_button(t, shown=shown.with_strength), dialogue_id),
            ],
            [
                METHOD.button(words.method_button(t, shown=shown.with_method), dialogue_id),
                DATES.button(words.dates_button(t, long=shown.long_dates), dialogue_id),
            ],
            [
                COMPARE.button(words.compare_button(t), dialogue_id),
                MISSING.button(missing_texts.missing_button(t), dialogue_id),
            ],
            [
                CONSULT.button(consultation_texts.consult_button(t), dialogue_id),
                OBJECTIONS.button(consultation_texts.objections_button(t), dialogue_id),
            ],
            [PUBLISH.button(publication_texts.publish_button(t), dialogue_id), *(page if may_open else [])],
            [NEXT_FILE.button(publication_texts.next_dialogue_button(t), dialogue_id)],
            *([changed] if afterwords else []),
        ]
    )


def back(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Back to the Summary as it stands."""
    return InlineKeyboardMarkup([[SUMMARY.button(phrases.back_button(t), dialogue_id)]])


def languages(t: Translator, dialogue_id: int, tags: Sequence[str]) -> InlineKeyboardMarkup:
    """The languages of a file, or all of them in one."""
    each = [PAPER.button(endonym(language), dialogue_id, language, None) for language in tags]
    together = [PAPER.button(words.all_languages_button(t), dialogue_id, ALL, None)]
    return InlineKeyboardMarkup([*pairs(each), *([together] if len(tags) > 1 else [])])


def forms(dialogue_id: int, language: str) -> InlineKeyboardMarkup:
    """The formats of a file, as far as this machine can make them."""
    offered = [form for form in FORMS if form in available()]
    return InlineKeyboardMarkup(pairs([PAPER.button(FORMS[form], dialogue_id, language, form) for form in offered]))


def differences(t: Translator, dialogue_id: int, found: Sequence[Difference]) -> InlineKeyboardMarkup:
    """Lets each difference stand, or leads back."""
    each = [
        WAIVE.button(words.waive_button(t, index), dialogue_id, difference.key)
        for index, difference in enumerate(found, start=1)
    ]
    return InlineKeyboardMarkup([*pairs(each), [SUMMARY.button(phrases.back_button(t), dialogue_id)]])
