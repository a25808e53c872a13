"""The dialogue file of the next dialogue, as the bot drafts it."""

from io import BytesIO

from telegram import InputFile, Update

from bot import authoring
from bot.features.dialogues.actions import continuation
from bot.features.dialogues.texts import files as texts
from bot.features.key_points.actions import key_points
from bot.features.summary.actions import contents
from bot.features.summary.keyboards.summary import NEXT_FILE
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying


async def on_next_file(update: Update, context: Context) -> None:
    """Send the draft of the next dialogue's file."""
    assert update.effective_chat is not None
    (dialogue_id,) = NEXT_FILE.of(update)
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        file = await continuation.next_file(session, await contents.gather(session, member.dialogue.slug))
    await context.stop_spinner(update)
    chat_id, caption = update.effective_chat.id, texts.next_dialogue(context.words(person))
    document = InputFile(BytesIO(authoring.write(file).encode()), f"{file.slug}.yaml")
    await context.bot.send_document(chat_id, document, caption=caption)


REFUSALS: Refusals = {continuation.NothingFurther: saying(texts.nothing_further)}

HANDLERS = [Pressed(NEXT_FILE, on_next_file)]
