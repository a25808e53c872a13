"""Moderators take along what was said, as a file in the chat."""

import tempfile
from pathlib import Path

from telegram import InputFile, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import handover
from bot.actions import permitting, reading
from bot.actions.permitting import NotPermitted, Right
from bot.handover import Format
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of, parts_of
from bot.texts import exports as texts
from bot.texts import help as help_texts

LARGEST = 50_000_000  # bytes; Bot API, sendDocument: "Bots can currently send files of any type of up to 50 MB in size"


async def on_export(update: Update, context: Context) -> None:
    """Ask for the form of an export of the moderator's only dialogue, or first which one."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        found = await permitting.memberships(session, person, Right.EXPORT)
        choices = [
            (member.dialogue_id, reading.in_language(member.dialogue.title, member.dialogue, person.language))
            for member in found
        ]
    t = context.words(person)
    if not choices:
        await context.say(update, help_texts.moderators_only(t))
    elif len(choices) > 1:
        await context.say(update, texts.which_dialogue(t), keyboards.exporting.dialogues(choices))
    else:
        await context.say(update, texts.which_form(t), keyboards.exporting.forms(t, choices[0][0]))


async def on_dialogue(update: Update, context: Context) -> None:
    """Ask for the form."""
    (dialogue_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
    t = context.words(person)
    await context.turn_page(update, texts.which_form(t), keyboards.exporting.forms(t, dialogue_id))


async def on_form(update: Update, context: Context) -> None:
    """Make the file, and send it."""
    dialogue_id, form = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            member = await permitting.membership(session, person, int(dialogue_id), Right.EXPORT)
            slug = member.dialogue.slug
            title = reading.in_language(member.dialogue.title, member.dialogue, person.language)
        except NotPermitted:
            slug = title = ""
    t = context.words(person)
    if not slug:
        await context.turn_page(update, help_texts.moderators_only(t))
        return
    await context.turn_page(update, texts.being_made(t))
    total = await handover.total(context.house.database, slug)
    assert update.effective_chat is not None
    chat_id = update.effective_chat.id
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / handover.file_name(slug, Format(form))
        await handover.write(context.house.database, slug, Format(form), path, t)
        if path.stat().st_size > LARGEST:
            await context.say(update, texts.too_large(t))
            return
        file = InputFile(path.read_bytes(), path.name)
    await context.answer(lambda: context.bot.send_document(chat_id, file, caption=texts.caption(t, title, total)))


HANDLERS = [
    CommandHandler("export", on_export, PRIVATE),
    CallbackQueryHandler(on_dialogue, r"^exports:"),
    CallbackQueryHandler(on_form, r"^exported:"),
]
