"""The buttons around what was typed for a draft: for which page, in which language, or a reply after all."""

from collections.abc import Sequence

from telegram import InlineKeyboardMarkup

from bot import phrases
from bot.features.drafts.actions import pages
from bot.features.drafts.actions.contents import Gap
from bot.features.drafts.actions.typed import ToPlace
from bot.features.drafts.keyboards.verbs import GAPS, NOT_FOR_DRAFT, PAGE, TAKE
from bot.features.drafts.texts import sharing as sharing_words
from bot.features.drafts.texts import typing as typing_words
from bot.features.replies.keyboards import WAS_REPLY
from bot.i18n import Translator
from bot.telegram.buttons import Row, pairs


def put_aside(t: Translator, waiting: ToPlace, languages: Sequence[str]) -> list[Row]:
    """In which language a text is that is held, or that it was a reply."""
    each = [
        TAKE.button(typing_words.in_button(t, one), waiting.hand_id, waiting.held_id, waiting.place, one)
        for one in languages
    ]
    return [*pairs(each), *was_reply(t, waiting)]


def reply_or_draft(t: Translator, waiting: ToPlace) -> InlineKeyboardMarkup:
    """Whether a text that is held is for the draft."""
    return InlineKeyboardMarkup([despite(waiting, typing_words.for_draft_button(t)), *was_reply(t, waiting)])


def despite(waiting: ToPlace, label: str) -> Row:
    """Put in what is held."""
    return [TAKE.button(label, waiting.hand_id, waiting.held_id, waiting.place, waiting.language)]


def was_reply(t: Translator, waiting: ToPlace) -> list[Row]:
    """The way out for one who was replying, if they could."""
    return [lost(t, waiting.held_id)] if waiting.may_reply else []


def lost(t: Translator, held_id: int) -> Row:
    """The same where there is no draft any more."""
    return [WAS_REPLY.button(phrases.was_a_reply_button(t), held_id)]


def gap(t: Translator, hand_id: int, missing: Gap, *, author: bool, replying: bool) -> InlineKeyboardMarkup:
    """Another text to be translated, and for an author the way back."""
    rows: list[Row] = [[GAPS.button(sharing_words.other_text_button(t), hand_id, missing.language, missing.place)]]
    if replying:
        rows.append([NOT_FOR_DRAFT.button(phrases.was_a_reply_button(t), hand_id)])
    if author:
        rows.append([PAGE.button(phrases.back_button(t), hand_id, pages.CHECK)])
    return InlineKeyboardMarkup(rows)
