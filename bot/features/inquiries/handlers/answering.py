"""A moderator reads what members wrote to the moderators, one by one, and answers."""

from telegram import ForceReply, Update

from bot.core.prompts import Aside, Prompt
from bot.features.inquiries import keyboards, texts
from bot.features.inquiries.actions import inquiries
from bot.features.inquiries.actions.inquiries import AlreadyAnswered
from bot.features.replies.actions import held as reply_held
from bot.models import Awaiting, Person
from bot.telegram.attachments import send_on
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed


async def on_inquiries(update: Update, context: Context) -> None:
    """Turn to one of those that wait."""
    await _show(update, context, *keyboards.INQUIRIES.of(update))


async def _show(update: Update, context: Context, dialogue_id: int, offset: int) -> None:
    async with context.person(update) as (session, person):
        shown = await inquiries.page(session, person, dialogue_id, offset)
    t = context.words(person)
    await context.turn_page(update, texts.page(t, shown), keyboards.page(t, shown))


async def on_file(update: Update, context: Context) -> None:
    """Send what an inquiry carries."""
    assert update.effective_chat is not None
    (inquiry_id,) = keyboards.INQUIRY_FILE.of(update)
    async with context.person(update) as (session, person):
        attached = await inquiries.attached(session, person, inquiry_id)
    await context.stop_spinner(update)
    await send_on(context, update.effective_chat.id, attached)


async def on_answer(update: Update, context: Context) -> None:
    """Ask for the answer."""
    (inquiry_id,) = keyboards.ANSWER_INQUIRY.of(update)
    async with context.person(update) as (session, person):
        await inquiries.await_answer(session, person, inquiry_id, now=context.now)
    await context.say(update, texts.type_answer(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def confirm(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Show the answer once more."""
    t = context.words(person)
    keyboard = keyboards.typed_answer(t, aside.about or 0, aside.held_id)
    await context.say(update, texts.confirm_answer(t, aside.text), keyboard)


async def on_answered(update: Update, context: Context) -> None:
    """Send the answer through the ledger, and go on to what still waits."""
    assert update.callback_query is not None
    inquiry_id, held_id = keyboards.INQUIRY_ANSWERED.of(update)
    dialogue_id = None
    async with context.person(update) as (session, person):
        text = await reply_held.held_text(session, person, held_id=held_id)
        if text is not None:
            dialogue_id = await inquiries.answer(session, person, inquiry_id, text=text, now=context.now)
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    if dialogue_id is None:
        await acknowledge(update.callback_query, texts.answered_already(t))
        return
    await acknowledge(update.callback_query, texts.answer_sent(t))
    await _show(update, context, dialogue_id, 0)
    context.house.wake()


async def on_lay_aside(update: Update, context: Context) -> None:
    """An inquiry needs no answer."""
    assert update.callback_query is not None
    (inquiry_id,) = keyboards.LAY_ASIDE.of(update)
    async with context.person(update) as (session, person):
        dialogue_id = await inquiries.lay_aside(session, person, inquiry_id, now=context.now)
    await acknowledge(update.callback_query, texts.laid_aside(context.words(person)))
    await _show(update, context, dialogue_id, 0)


TYPED: Typed = {Prompt(Awaiting.INQUIRY_ANSWER, whole=True): confirm}

REFUSALS: Refusals = {AlreadyAnswered: saying(texts.answered_already)}

HANDLERS = [
    Pressed(keyboards.INQUIRIES, on_inquiries),
    Pressed(keyboards.INQUIRY_FILE, on_file),
    Pressed(keyboards.ANSWER_INQUIRY, on_answer),
    Pressed(keyboards.INQUIRY_ANSWERED, on_answered),
    Pressed(keyboards.LAY_ASIDE, on_lay_aside),
]
