"""The example that an organiser fills in, as a Word file, a workbook or a text, in their language."""

from io import BytesIO

from telegram import InputFile, Update

from bot.authoring import EXAMPLE
from bot.core.rights import NotPermitted, Right
from bot.features.dialogues import keyboards
from bot.features.dialogues.actions import example
from bot.features.dialogues.handlers import imports
from bot.features.dialogues.reports.forms import FileForm, as_file
from bot.features.dialogues.texts import files as file_texts
from bot.features.dialogues.texts import templates as texts
from bot.models import Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_example_file(update: Update, context: Context) -> None:
    """Say how a dialogue is made by a file, and offer the example in each form."""
    t = context.words(await _organiser(update, context))
    await context.turn_page(update, file_texts.how_to(t), keyboards.templates(t))


async def on_template(update: Update, context: Context) -> None:
    """Send the example in the form that was chosen; as a text the one with remarks, in all its languages."""
    assert update.effective_chat is not None
    (form,) = keyboards.TEMPLATE.of(update)
    t = context.words(await _organiser(update, context))
    await context.stop_spinner(update)
    if form is FileForm.YAML:
        content, name = example.upcoming(now=context.now).encode(), EXAMPLE.name
    else:
        file = example.template(t.language, now=context.now)
        content, name = await context.house.child.do(as_file, file, form, t.language), f"{file.slug}.{form.value}"
    document = InputFile(BytesIO(content), name)
    await context.bot.send_document(update.effective_chat.id, document, caption=texts.filled_in(t))


async def _organiser(update: Update, context: Context) -> Person:
    async with context.person(update) as (session, person):
        if not await imports.organises(context, session, person):
            raise NotPermitted(Right.APPOINT)
    return person


HANDLERS = [
    Pressed(keyboards.EXAMPLE_FILE, on_example_file),
    Pressed(keyboards.TEMPLATE, on_template),
]
