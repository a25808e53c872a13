"""A moderator types a reason, or a response to a reply; it counts once they have confirmed it."""

from collections.abc import Callable

from telegram import ForceReply, Update
from telegram.ext import CallbackQueryHandler

from bot.core.prompts import Aside, Prompt
from bot.features.moderation import keyboards
from bot.features.moderation.actions import decisions
from bot.features.moderation.handlers.queue import notice, numbers_of_first, show_reply, told_why_not
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.moderation.texts import queue as texts
from bot.features.replies.actions import held as reply_held
from bot.i18n import Translator
from bot.models import Act, Awaiting, Person
from bot.telegram.context import Context
from bot.telegram.filters import numbers_of
from bot.telegram.typed import Typed


@told_why_not
async def on_reason(update: Update, context: Context) -> None:
    """Ask for a reason to be typed."""
    await _ask(update, context, Awaiting.REASON, texts.type_reason)


@told_why_not
async def on_speak(update: Update, context: Context) -> None:
    """Ask for what the moderator wants to say to a reply."""
    await _ask(update, context, Awaiting.MODERATORS_RESPONSE, texts.type_response)


async def _ask(update: Update, context: Context, awaiting: Awaiting, text: Callable[[Translator], str]) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.await_words(session, person, numbers_of_first(update), awaiting, now=context.now)
    await context.say(update, text(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the reason, or the response, that the bot asked for."""
    t = context.words(person)
    reply_id = aside.about or 0
    if aside.awaiting is Awaiting.REASON:
        keyboard = keyboards.typed_reason(t, reply_id, aside.held_id)
        await context.say(update, texts.confirm_reason(t, aside.text[: decisions.REASON_LIMIT]), keyboard)
    else:
        keyboard = keyboards.typed_response(t, reply_id, aside.held_id)
        await context.say(update, texts.confirm_response(t, aside.text), keyboard)


@told_why_not
async def on_hide_for(update: Update, context: Context) -> None:
    """Hide a reply for the reason that was typed."""
    reply_id, held_id = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        reason = await reply_held.held_text(session, person, held_id=held_id)
        if reason is not None:
            await decisions.hide(session, person, reply_id, reason=reason, version=None, now=context.now)
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    await notice(update, moderation_texts.done(t, Act.HIDDEN) if reason else moderation_texts.already(t, None, "UTC"))
    await show_reply(update, context, reply_id)
    context.house.wake()


@told_why_not
async def on_spoken(update: Update, context: Context) -> None:
    """Show what was typed under the reply, as a moderator's."""
    reply_id, held_id = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        held = await reply_held.held(session, person, held_id=held_id)
        if held is not None:
            await decisions.respond(
                session,
                person,
                reply_id,
                content=held.content,
                message_id=held.message_id,
                sent_at=held.sent_at,
                now=context.now,
            )
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    await context.turn_page(update, texts.responded(t) if held else moderation_texts.already(t, None, "UTC"))


TYPED: Typed = {
    Prompt(Awaiting.REASON, whole=True): offer_typed,
    Prompt(Awaiting.MODERATORS_RESPONSE, whole=True): offer_typed,
}

HANDLERS = [
    CallbackQueryHandler(on_reason, r"^reason:"),
    CallbackQueryHandler(on_hide_for, r"^hidefor:"),
    CallbackQueryHandler(on_speak, r"^speak:"),
    CallbackQueryHandler(on_spoken, r"^spoken:"),
]
