"""What an organiser says to a file that was shown: it is brought in, or left out."""

from telegram import Update

from bot import markup, phrases
from bot.authoring import Read
from bot.core import members
from bot.features.dialogues import keyboards
from bot.features.dialogues.actions.comparison import Comparison
from bot.features.dialogues.actions.imports import Done
from bot.features.dialogues.handlers import imports
from bot.features.dialogues.texts import comparison as comparison_texts
from bot.features.replies.actions import held as reply_held
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_bring_in(update: Update, context: Context) -> None:
    """Import the file whose comparison was shown; or show it anew, if it is another by now."""
    held_id, key = keyboards.BRING_IN.of(update)
    async with context.house.database.readers() as session:
        known = await members.known(session, telegram_id=update.effective_user.id) if update.effective_user else None
        waiting = await reply_held.held(session, known, held_id=held_id) if known else None
    read: Read | imports.WhyNot = phrases.settled_already
    if waiting is not None:
        file = waiting.content.file
        content = imports.content_to_read(waiting.content) if file is None else await imports.download(context, file)
        read = await imports.read(context, content) if isinstance(content, bytes) else content
    async with context.person(update) as (session, person):
        done = await imports.look_at(context, session, person, read, key) if isinstance(read, Read) else read
        if isinstance(done, Done):
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    anew = isinstance(done, Comparison)
    text = "\n\n".join([*([comparison_texts.changed_meanwhile(t)] if anew else []), imports.said(context, t, done)])
    first, *others = markup.split(text)
    keyboard = None
    if isinstance(done, Comparison):
        keyboard = keyboards.sure(t, done, held_id)
    elif isinstance(done, Done) and done.imported.finished:
        keyboard = keyboards.to_summary(t, done.imported.dialogue_id)
    await context.turn_page(update, first, None if others else keyboard)
    for index, part in enumerate(others, start=1):
        await context.say(update, part, keyboard if index == len(others) else None)
    context.house.wake()


async def on_leave_out(update: Update, context: Context) -> None:
    """Import nothing of what was shown."""
    (held_id,) = keyboards.LEAVE_OUT.of(update)
    async with context.person(update) as (session, person):
        forgotten = await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    await context.turn_page(update, comparison_texts.left(t) if forgotten else phrases.settled_already(t))


HANDLERS = [Pressed(keyboards.BRING_IN, on_bring_in), Pressed(keyboards.LEAVE_OUT, on_leave_out)]
