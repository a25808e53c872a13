"""Who may not be read or not take part: a moderator mutes, removes and brings back; and the log of all that was done."""

from io import BytesIO

from telegram import InputFile, Update
from telegram.ext import CallbackQueryHandler

from bot.core import rights, wordings
from bot.core.rights import Right
from bot.features.moderation import keyboards, reports
from bot.features.moderation.actions import decisions, log, sanctions
from bot.features.moderation.handlers.queue import notice, numbers_of_first, show_reply, told_why_not
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.moderation.texts import queue as texts
from bot.models import Restraint
from bot.telegram.context import Context
from bot.telegram.filters import numbers_of, parts_of

RESTRAINED = 10  # members on one page: more are rare


@told_why_not
async def on_author(update: Update, context: Context) -> None:
    """Say what muting and removing mean."""
    reply_id = numbers_of_first(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.decidable(session, person, reply_id, Right.RESTRAIN)
    t = context.words(person)
    await context.turn_page(update, texts.about_author(t), keyboards.author(t, reply_id))


@told_why_not
async def on_restrain(update: Update, context: Context) -> None:
    """Mute or remove the author of a reply; they are told."""
    reply_id, restraint = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await sanctions.restrain(session, person, int(reply_id), Restraint(restraint), now=context.now)
    await notice(update, moderation_texts.done(context.words(person), sanctions.BEGUN[Restraint(restraint)]))
    await show_reply(update, context, int(reply_id))
    context.house.wake()


@told_why_not
async def on_restrained(update: Update, context: Context) -> None:
    """List who is muted or removed."""
    (dialogue_id,) = numbers_of(update)
    await _show_restrained(update, context, dialogue_id)


async def _show_restrained(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        member = await rights.membership(session, person, dialogue_id, Right.RESTRAIN)
        found = await sanctions.restrained(session, person, dialogue_id, limit=RESTRAINED)
        zone = wordings.zone_of(person, member.dialogue)
    t = context.words(person)
    await context.turn_page(update, texts.restrained(t, found, zone), keyboards.restrained(t, dialogue_id, found))


@told_why_not
async def on_lift(update: Update, context: Context) -> None:
    """Bring a member back; they are told."""
    (sanction_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        lifted = await sanctions.lift(session, person, sanction_id, now=context.now)
    act = sanctions.LIFTED[lifted.restraint]
    await notice(update, moderation_texts.done(context.words(person), act))
    await _show_restrained(update, context, lifted.dialogue_id)
    context.house.wake()


@told_why_not
async def on_log(update: Update, context: Context) -> None:
    """Send an organiser the log as a file."""
    (dialogue_id,) = numbers_of(update)
    assert update.effective_chat is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        member = await rights.membership(session, person, dialogue_id, Right.AUDIT)
        rows = await log.rows(session, dialogue_id)
        title = wordings.in_language(member.dialogue.title, member.dialogue, person.language)
    t = context.words(person)
    await context.stop_spinner(update)
    chat_id, file = update.effective_chat.id, reports.as_csv(t, rows).encode("utf-8-sig")
    caption = moderation_texts.log_caption(t, title)
    await context.bot.send_document(chat_id, InputFile(BytesIO(file), "moderation-log.csv"), caption=caption)


HANDLERS = [
    CallbackQueryHandler(on_author, r"^author:"),
    CallbackQueryHandler(on_restrain, r"^restrain:"),
    CallbackQueryHandler(on_restrained, r"^restrained:"),
    CallbackQueryHandler(on_lift, r"^lift:"),
    CallbackQueryHandler(on_log, r"^log:"),
]
