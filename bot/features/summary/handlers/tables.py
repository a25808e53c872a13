"""Moderators get the Summary as a table, to work on it in a spreadsheet."""

import asyncio
from io import BytesIO

from telegram import InputFile, Update

from bot.features.key_points.actions import key_points
from bot.features.summary.actions import rows as summary_rows
from bot.features.summary.keyboards import summary as keyboards
from bot.features.summary.reports import workbooks
from bot.features.summary.texts import tables as texts
from bot.paper.sheets import TooLongForCell
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying


async def on_table(update: Update, context: Context) -> None:
    """Send the Summary as a workbook."""
    assert update.effective_chat is not None
    (dialogue_id,) = keyboards.TABLE.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        rows, slug, languages = (
            await summary_rows.rows(session, member.dialogue),
            member.dialogue.slug,
            tuple(member.dialogue.languages),
        )
    t = context.words(person)
    await context.stop_spinner(update)
    content = await asyncio.to_thread(workbooks.as_xlsx, t, slug, rows, languages)
    file = InputFile(BytesIO(content), workbooks.file_name(slug))
    await context.bot.send_document(update.effective_chat.id, file, caption=texts.going_out(t))


REFUSALS: Refusals = {TooLongForCell: saying(texts.too_long_for_cell)}

HANDLERS = [Pressed(keyboards.TABLE, on_table)]
