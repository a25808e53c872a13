"""Moderators export what was said, as a file in the chat."""

import asyncio
import contextlib
import tempfile
from pathlib import Path

from telegram import InputFile, Update
from telegram.error import TelegramError
from telegram.ext import CommandHandler

from bot.core import rights
from bot.core.rights import Right
from bot.features.exports import jobs, keyboards
from bot.features.exports.actions import handover, replies
from bot.features.exports.actions.replies import Format
from bot.features.exports.texts import files as texts
from bot.features.menu.handlers import only_dialogue
from bot.i18n import Translator
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE

LARGEST = 50_000_000  # bytes; Bot API, sendDocument: "Bots can currently send files of any type of up to 50 MB in size"
TELL_SECONDS = 3.0  # between two words on how far it is


async def on_export(update: Update, context: Context) -> None:
    """Ask for the form of an export of the moderator's only dialogue, or first which one."""
    dialogue_id = await only_dialogue(update, context, Right.EXPORT, texts.which_dialogue, keyboards.dialogues)
    if dialogue_id is not None:
        await _ask_form(update, context, dialogue_id)


async def on_dialogue(update: Update, context: Context) -> None:
    """Ask for the form."""
    (dialogue_id,) = keyboards.EXPORTS.of(update)
    await _ask_form(update, context, dialogue_id)


async def _ask_form(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        await rights.membership(session, person, dialogue_id, Right.EXPORT)
    t = context.words(person)
    await context.turn_page(update, texts.which_form(t), keyboards.forms(t, dialogue_id))


async def on_form(update: Update, context: Context) -> None:
    """Write down that a moderator exports, make the file, and send it."""
    dialogue_id, form = keyboards.EXPORTED.of(update)
    async with context.person(update) as (session, person):
        taken = await handover.begin(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / replies.file_name(taken.slug, form)
        total = await _make(update, context, t, taken.slug, path)
        if path.stat().st_size > LARGEST:
            await context.turn_page(update, texts.too_large(t))
            return
        file = InputFile(path.read_bytes(), path.name)
    assert update.effective_chat is not None
    chat_id = update.effective_chat.id
    await context.bot.send_document(chat_id, file, caption=texts.caption(t, taken.title, total))


async def _make(update: Update, context: Context, t: Translator, slug: str, path: Path) -> int:
    """Make the file, and say now and then how far it is; returns how many replies it holds."""
    share, told = 0.0, ""

    def progress(now_done: float) -> None:
        nonlocal share
        share = now_done

    form = Format(path.suffix.removeprefix("."))
    async with asyncio.TaskGroup() as group:
        making = group.create_task(jobs.write(context.house.database, slug, form, path, t, progress=progress))
        while not making.done():
            if (text := texts.being_made(t, share)) != told:
                with contextlib.suppress(TelegramError):  # a word on how far it is isn't worth the file
                    await context.turn_page(update, text)
                told = text
            await asyncio.wait([making], timeout=TELL_SECONDS)
    return making.result()


HANDLERS = [
    CommandHandler("export", on_export, PRIVATE),
    Pressed(keyboards.EXPORTS, on_dialogue),
    Pressed(keyboards.EXPORTED, on_form),
]
