"""Moderators take replies along for another tool: they see what that tool would refuse, and get the file."""

import tempfile
from pathlib import Path

from telegram import InputFile, Update

from bot import markup
from bot.core import rights
from bot.core.rights import Right
from bot.features.exports import jobs, keyboards
from bot.features.exports.actions import handover, neighbours, replies
from bot.features.exports.actions.neighbours import Neighbour, NeighbourWanted
from bot.features.exports.handlers.files import LARGEST
from bot.features.exports.texts import files as file_texts
from bot.features.exports.texts import neighbours as texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_tools(update: Update, context: Context) -> None:
    """Ask for which tool."""
    (dialogue_id,) = keyboards.TOOLS.of(update)
    async with context.person(update) as (session, person):
        await rights.membership(session, person, dialogue_id, Right.EXPORT)
    t = context.words(person)
    await context.turn_page(update, texts.which_tool(t), keyboards.tools(t, dialogue_id))


async def on_tool(update: Update, context: Context) -> None:
    """Ask of which question, where there are several and the tool is made for one."""
    dialogue_id, neighbour = keyboards.TOOL.of(update)
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.EXPORT)
        total = len((await replies.find(session, member.dialogue.slug)).questions)
    if neighbour is Neighbour.QDA or total == 1:
        await _show(update, context, dialogue_id, NeighbourWanted(neighbour))
        return
    t = context.words(person)
    await context.turn_page(update, texts.which_question(t), keyboards.questions(t, dialogue_id, neighbour, total))


async def on_fits(update: Update, context: Context) -> None:
    """Say what of the replies the tool takes."""
    dialogue_id, neighbour, question = keyboards.FITS.of(update)
    await _show(update, context, dialogue_id, NeighbourWanted(neighbour, question))


async def _show(update: Update, context: Context, dialogue_id: int, wanted: NeighbourWanted) -> None:
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.EXPORT)
        slug, languages = member.dialogue.slug, member.dialogue.languages
    t = context.words(person)
    await context.turn_page(update, file_texts.being_made(t, 0.0))
    found = await jobs.preflight(context.house.database, slug, wanted, t)
    language = t.language if len(languages) > 1 and t.language in languages else None
    offered = None if wanted.neighbour is Neighbour.QDA else language
    keyboard = keyboards.make(t, dialogue_id, wanted, offered) if found.replies else keyboards.back(t, dialogue_id)
    await context.turn_page(update, markup.escape(texts.preflight(t, found)), keyboard)


async def on_for_tool(update: Update, context: Context) -> None:
    """Write down that a moderator exports, make the file, and send it."""
    assert update.effective_chat is not None
    dialogue_id, neighbour, question, language = keyboards.FOR_TOOL.of(update)
    wanted = NeighbourWanted(neighbour, question, language)
    async with context.person(update) as (session, person):
        taken = await handover.begin(session, person, dialogue_id, now=context.now)
    t = context.words(person)
    await context.turn_page(update, file_texts.being_made(t, 0.0))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / neighbours.file_name(taken.slug, neighbour)
        found = await jobs.write_for(context.house.database, taken.slug, wanted, path, t)
        told = markup.escape(texts.preflight(t, found))
        if path.stat().st_size > LARGEST:
            await context.turn_page(update, file_texts.too_large(t))
            return
        file = InputFile(path.read_bytes(), path.name)
    await context.turn_page(update, told, keyboards.back(t, dialogue_id))
    caption = file_texts.caption(t, taken.title, found.replies)
    await context.bot.send_document(update.effective_chat.id, file, caption=caption)


HANDLERS = [
    Pressed(keyboards.TOOLS, on_tools),
    Pressed(keyboards.TOOL, on_tool),
    Pressed(keyboards.FITS, on_fits),
    Pressed(keyboards.FOR_TOOL, on_for_tool),
]
