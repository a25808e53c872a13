"""A moderator types a reason, or a response to a reply; it counts once they have confirmed it."""

from collections.abc import Callable

from telegram import ForceReply, Update

from bot.core.prompts import Aside, Prompt
from bot.core.visibility import NoSuchReply
from bot.features.moderation import keyboards
from bot.features.moderation.actions import decisions
from bot.features.moderation.handlers.queue import notice, show_reply, told_why_not
from bot.features.moderation.texts import decisions as decision_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.replies.actions import held as reply_held
from bot.i18n import Translator
from bot.models import Act, Awaiting, Person
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context
from bot.telegram.refusals import Refusals, saying
from bot.telegram.typed import Typed


@told_why_not
async def on_reason(update: Update, context: Context) -> None:
    """Ask for a reason to be typed."""
    (reply_id,) = keyboards.REASON.of(update)
    await _ask(update, context, reply_id, Awaiting.REASON, decision_texts.type_reason)


@told_why_not
async def on_speak(update: Update, context: Context) -> None:
    """Ask for what the moderator wants to say to a reply."""
    reply_id, *_ = keyboards.SPEAK.of(update)
    await _ask(update, context, reply_id, Awaiting.MODERATORS_RESPONSE, decision_texts.type_response)


async def _ask(
    update: Update, context: Context, reply_id: int, awaiting: Awaiting, text: Callable[[Translator], str]
) -> None:
    async with context.person(update) as (session, person):
        await decisions.await_words(session, person, reply_id, awaiting, now=context.now)
    await context.say(update, text(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the reason, or the response, that the bot asked for."""
    t = context.words(person)
    reply_id = aside.about or 0
    if aside.awaiting is Awaiting.REASON:
        keyboard = keyboards.typed_reason(t, reply_id, aside.held_id)
        await context.say(update, decision_texts.confirm_reason(t, aside.text[: decisions.REASON_LIMIT]), keyboard)
    else:
        async with context.house.database.readers() as session:
            waiting = await reply_held.held(session, person, held_id=aside.held_id)
        assert waiting is not None, "it was held just now"
        keyboard = keyboards.typed_response(t, reply_id, aside.held_id)
        await context.say(update, decision_texts.confirm_response(t, waiting.content), keyboard)


@told_why_not
async def on_hide_for(update: Update, context: Context) -> None:
    """Hide a reply for the reason that was typed."""
    reply_id, held_id = keyboards.HIDE_FOR.of(update)
    async with context.person(update) as (session, person):
        reason = await reply_held.held_text(session, person, held_id=held_id)
        if reason is not None:
            await decisions.hide(session, person, reply_id, reason=reason, version=None, now=context.now)
            await reply_held.discard(session, person, held_id=held_id)
    t = context.words(person)
    await notice(update, moderation_texts.done(t, Act.HIDDEN) if reason else moderation_texts.done_already(t))
    await show_reply(update, context, reply_id)
    context.house.wake()


@told_why_not
async def on_spoken(update: Update, context: Context) -> None:
    """Show what was typed under the reply, as a moderator's."""
    reply_id, held_id = keyboards.SPOKEN.of(update)
    async with context.person(update) as (session, person):
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
    await context.turn_page(update, decision_texts.responded(t) if held else moderation_texts.done_already(t))


TYPED: Typed = {
    Prompt(Awaiting.REASON, whole=True): offer_typed,
    Prompt(Awaiting.MODERATORS_RESPONSE, whole=True, anything=True): offer_typed,
}

REFUSALS: Refusals = {NoSuchReply: saying(moderation_texts.gone)}

HANDLERS = [
    Pressed(keyboards.REASON, on_reason),
    Pressed(keyboards.HIDE_FOR, on_hide_for),
    Pressed(keyboards.SPEAK, on_speak),
    Pressed(keyboards.SPOKEN, on_spoken),
]
