"""The example that an organiser fills in, as a Word file or a workbook, in their language."""

from io import BytesIO

from telegram import InputFile, Update

from bot.core.rights import NotPermitted, Right
from bot.features.dialogues import keyboards
from bot.features.dialogues.actions import example
from bot.features.dialogues.handlers import imports
from bot.features.dialogues.reports.forms import as_file
from bot.features.dialogues.texts import templates as texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_template(update: Update, context: Context) -> None:
    """Send the example in the form that was chosen."""
    assert update.effective_chat is not None
    (form,) = keyboards.TEMPLATE.of(update)
    async with context.person(update) as (session, person):
        if not await imports.organises(context, session, person):
            raise NotPermitted(Right.APPOINT)
    await context.stop_spinner(update)
    t, chat_id = context.words(person), update.effective_chat.id
    file = example.template(t.language, now=context.now)
    content = await context.house.child.do(as_file, file, form, t.language)
    document = InputFile(BytesIO(content), f"{file.slug}.{form.value}")
    await context.bot.send_document(chat_id, document, caption=texts.filled_in(t))


HANDLERS = [Pressed(keyboards.TEMPLATE, on_template)]
