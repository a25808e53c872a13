"""Sanctions: a moderator mutes and removes members, and brings them back; an organiser takes the log of moderation along."""

from io import BytesIO

from telegram import InputFile, Update

from bot.core import rights, wordings
from bot.core.rights import Right
from bot.features.moderation import keyboards, reports
from bot.features.moderation.actions import decisions, log, sanctions
from bot.features.moderation.actions.sanctions import AlreadyLifted, AlreadyRestrained, NothingToRestrain
from bot.features.moderation.handlers.queue import notice, show_reply, told_why_not
from bot.features.moderation.texts import decisions as decision_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying

RESTRAINED = 10  # members on one page: more are rare


@told_why_not
async def on_author(update: Update, context: Context) -> None:
    """Say what muting and removing mean."""
    reply_id, *_ = keyboards.AUTHOR.of(update)
    async with context.person(update) as (session, person):
        await decisions.decidable(session, person, reply_id, Right.RESTRAIN)
    t = context.words(person)
    await context.turn_page(update, decision_texts.about_author(t), keyboards.author(t, reply_id))


@told_why_not
async def on_restrain(update: Update, context: Context) -> None:
    """Mute or remove the author of a reply; they are told."""
    reply_id, restraint = keyboards.RESTRAIN.of(update)
    async with context.person(update) as (session, person):
        await sanctions.restrain(session, person, reply_id, restraint, now=context.now)
    await notice(update, moderation_texts.done(context.words(person), sanctions.BEGUN[restraint]))
    await show_reply(update, context, reply_id)
    context.house.wake()


@told_why_not
async def on_restrained(update: Update, context: Context) -> None:
    """List who is muted or removed."""
    (dialogue_id,) = keyboards.RESTRAINED.of(update)
    await _show_restrained(update, context, dialogue_id)


async def _show_restrained(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.RESTRAIN)
        found = await sanctions.restrained(session, person, dialogue_id, limit=RESTRAINED)
        zone = wordings.zone_of(person, member.dialogue)
    t = context.words(person)
    await context.turn_page(
        update, decision_texts.restrained(t, found, zone), keyboards.restrained(t, dialogue_id, found)
    )


@told_why_not
async def on_lift(update: Update, context: Context) -> None:
    """Bring a member back; they are told."""
    (sanction_id,) = keyboards.LIFT.of(update)
    async with context.person(update) as (session, person):
        lifted = await sanctions.lift(session, person, sanction_id, now=context.now)
    act = sanctions.LIFTED[lifted.restraint]
    await notice(update, moderation_texts.done(context.words(person), act))
    await _show_restrained(update, context, lifted.dialogue_id)
    context.house.wake()


@told_why_not
async def on_log(update: Update, context: Context) -> None:
    """Send an organiser the log as a file."""
    (dialogue_id,) = keyboards.LOG.of(update)
    assert update.effective_chat is not None
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.AUDIT)
        rows = await log.rows(session, dialogue_id)
        title = wordings.in_language(member.dialogue.title, member.dialogue, person.language)
    t = context.words(person)
    await context.stop_spinner(update)
    chat_id, file = update.effective_chat.id, reports.as_csv(t, rows).encode("utf-8-sig")
    caption = moderation_texts.log_caption(t, title)
    await context.bot.send_document(chat_id, InputFile(BytesIO(file), "moderation-log.csv"), caption=caption)


REFUSALS: Refusals = {
    AlreadyLifted: saying(moderation_texts.done_already),
    AlreadyRestrained: saying(moderation_texts.done_already),
    NothingToRestrain: saying(moderation_texts.gone),
}

HANDLERS = [
    Pressed(keyboards.AUTHOR, on_author),
    Pressed(keyboards.RESTRAIN, on_restrain),
    Pressed(keyboards.RESTRAINED, on_restrained),
    Pressed(keyboards.LIFT, on_lift),
    Pressed(keyboards.LOG, on_log),
]
