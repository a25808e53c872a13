"""The buttons with which a draft begins, is shared, checked, handed out, made a dialogue, or thrown away."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import phrases
from bot.features.dialogues.keyboards import EXAMPLE_FILE
from bot.features.dialogues.reports.forms import FileForm
from bot.features.dialogues.texts import templates as template_words
from bot.features.drafts.actions import pages
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.drafts import Begun, OpenDraft
from bot.features.drafts.actions.templates import Template
from bot.features.drafts.keyboards.verbs import (
    ACCEPT,
    AS_FILE,
    BEGIN,
    DISCARD,
    GAPS,
    PAGE,
    READY,
    REHEARSE_DRAFT,
    SEE_DRAFT,
    SHARE,
    SURE,
)
from bot.features.drafts.texts import finishing as finishing_words
from bot.features.drafts.texts import names
from bot.features.drafts.texts import pages as words
from bot.features.drafts.texts import sharing as sharing_words
from bot.features.members.keyboards.door import DOOR
from bot.features.questions.texts import schedule as schedule_words
from bot.features.team import keyboards as team_keyboards
from bot.features.team import texts as team_words
from bot.i18n import Translator
from bot.telegram.buttons import Row, danger, pairs, success


def start(t: Translator, begun: Sequence[Begun], *, may_begin: bool) -> InlineKeyboardMarkup:
    """The drafts to go on with, and what a new one begins with."""
    rows: list[Row] = [[_go_on(t, each)] for each in begun]
    if may_begin:
        rows += [[BEGIN.button(sharing_words.template_button(t, each), each)] for each in Template]
        rows.append([EXAMPLE_FILE.button(sharing_words.file_button(t))])
    return InlineKeyboardMarkup(rows)


def _go_on(t: Translator, draft: Begun) -> InlineKeyboardButton:
    label = sharing_words.begun_button(t, draft)
    if draft.language is not None:
        return GAPS.button(label, draft.hand_id, draft.language, None)
    return PAGE.button(label, draft.hand_id, "more")


def back(t: Translator, hand_id: int, where: str) -> InlineKeyboardMarkup:
    """Back to a page."""
    return InlineKeyboardMarkup([[PAGE.button(phrases.back_button(t), hand_id, where)]])


def accept(t: Translator, word: str) -> InlineKeyboardMarkup:
    """Takes what a link to a draft offers."""
    return InlineKeyboardMarkup([[ACCEPT.button(sharing_words.accept_button(t), word)]])


def discard(t: Translator, hand_id: int) -> InlineKeyboardMarkup:
    """Whether a draft is thrown away."""
    return InlineKeyboardMarkup(
        [
            [danger(DISCARD.button(sharing_words.discard_button(t), hand_id, SURE))],
            [PAGE.button(phrases.back_button(t), hand_id, "more")],
        ]
    )


def check(
    t: Translator, opened: OpenDraft, mend: Sequence[str], gaps: Sequence[Gap], *, ready: bool
) -> InlineKeyboardMarkup:
    """The pages on which there is something to mend, what is missing in which language, and the end."""
    rows: list[Row] = []
    if ready:
        rows.append(
            [
                success(
                    READY.button(
                        finishing_words.ready_button(t, changes=opened.dialogue_id is not None), opened.hand_id, None
                    )
                )
            ]
        )
        seen = SEE_DRAFT.button(schedule_words.see_it_button(t), opened.hand_id, None, None)
        rows.append([seen, REHEARSE_DRAFT.button(schedule_words.rehearse_button(t), opened.hand_id, None)])
    rows += pairs([PAGE.button(names.name(t, each), opened.hand_id, each) for each in mend])
    for language in dict.fromkeys(each.language for each in gaps):
        count = sum(each.language == language for each in gaps)
        rows.append([GAPS.button(finishing_words.fill_button(t, language, count), opened.hand_id, language, None)])
        rows.append([SHARE.button(finishing_words.translator_button(t, language), opened.hand_id, language)])
    rows.append(
        [
            AS_FILE.button(finishing_words.as_file_button(t), opened.hand_id, FileForm.YAML),
            AS_FILE.button(template_words.workbook_button(t), opened.hand_id, FileForm.WORKBOOK),
        ]
    )
    return InlineKeyboardMarkup([*rows, [PAGE.button(names.name(t, "more"), opened.hand_id, "more")]])


def sure(t: Translator, opened: OpenDraft, key: str, label: str) -> InlineKeyboardMarkup:
    """Do what was shown, or go back."""
    yes = READY.button(label, opened.hand_id, key)
    return InlineKeyboardMarkup([[yes], [PAGE.button(phrases.back_button(t), opened.hand_id, pages.CHECK)]])


def made(t: Translator, dialogue_id: int) -> InlineKeyboardMarkup:
    """Where a dialogue that was made goes on: the link to join, and roles for others."""
    return InlineKeyboardMarkup(
        [
            [DOOR.button(words.door_button(t), dialogue_id)],
            [team_keyboards.INVITE.button(team_words.invite_button(t), dialogue_id)],
        ]
    )
