"""A draft is read as its file would be: what is wrong with it, what is missing, and when it would take place."""

from telegram import InlineKeyboardMarkup

from bot import authoring
from bot.authoring import Content, DialogueFile, Read
from bot.features.dialogues.actions import calendar
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.drafts import jobs
from bot.features.drafts.actions import contents, pages
from bot.features.drafts.actions.drafts import OpenDraft
from bot.features.drafts.keyboards import finishing as finishing_keyboards
from bot.features.drafts.texts import finishing as texts
from bot.features.drafts.texts import pages as page_texts
from bot.features.drafts.texts import typing as typing_texts
from bot.features.rehearsals.texts import warnings as concern_texts
from bot.i18n import Translator
from bot.telegram.context import Context

MOST_MENDED = 6  # pages that are offered at once


async def read(context: Context, content: Content) -> Read | None:
    """A draft as its file would be read; None if that takes too long."""
    return await jobs.read(context.house.database, context.house.child, content)


async def page(
    context: Context, t: Translator, opened: OpenDraft, *, said: str = ""
) -> tuple[str, InlineKeyboardMarkup]:
    """The page of the check, with its buttons."""
    found = await read(context, opened.content)
    if found is None:
        return texts.too_much(t), finishing_keyboards.back(t, opened.hand_id, "more")
    gaps = contents.gaps(opened.content)
    told = ""
    if found.dialogue is not None:
        told = comparison_texts.calendar(t, calendar.of_file(found.dialogue, now=context.now))
        told += await _concerns(context, t, found.dialogue)
    text = texts.check(t, found.errors, found.warnings, gaps, told)
    mend = list(dict.fromkeys(texts.page_of(each) for each in found.errors))[:MOST_MENDED]
    keyboard = finishing_keyboards.check(t, opened, mend, gaps, ready=found.dialogue is not None)
    parts = [*([said] if said else []), *page_texts.told_of(t, opened.news), text]
    return "\n\n".join(parts), keyboard


async def _concerns(context: Context, t: Translator, file: DialogueFile) -> str:
    """What to look at again besides; empty if there is nothing."""
    house = context.house
    new = await jobs.new_concerns(house.database, house.child, file, language=t.language, now=context.now)
    return f"\n\n{concern_texts.listed(t, new, file.timezone)}" if new else ""


def too_long(t: Translator, content: Content, place: str) -> str:
    """What there is to say of texts at a place that are too long to be sent; empty if none is."""
    lines = []
    for fault in jobs.read_content(_alone(content, place)).errors:
        if fault.code in {authoring.Code.TEXT_TOO_LONG, authoring.Code.MESSAGE_TOO_LONG}:
            told = fault.params
            lines.append(typing_texts.too_long(t, str(told["language"]), int(told["length"]), int(told["limit"])))
    return "\n".join(lines)


def _alone(content: Content, place: str) -> Content:
    """A draft with nothing in it but what is at a place."""
    number = contents.question_of(place)
    if number is not None:
        return {"languages": content["languages"], "questions": [content["questions"][number]]}
    key = pages.page(place)
    assert key is not None
    return {"languages": content["languages"], key.word: content.get(key.word, {})}
