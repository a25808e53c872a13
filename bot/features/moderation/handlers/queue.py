"""The queue: a moderator looks through replies, page by page in one message, and decides."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update
from telegram.ext import CommandHandler

from bot import markup
from bot.core.rights import NotPermitted, Right
from bot.core.visibility import NoSuchReply
from bot.features.menu import texts as menu_texts
from bot.features.moderation import keyboards
from bot.features.moderation.actions import decisions, merging, queue
from bot.features.moderation.actions.decisions import AlreadyDone, CannotMerge, NotForMembers, TooLate
from bot.features.moderation.actions.queue import View
from bot.features.moderation.keyboards import Place
from bot.features.moderation.texts import decisions as decision_texts
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.moderation.texts import queue as texts
from bot.i18n import Translator
from bot.models import Act
from bot.telegram.attachments import send_on
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE
from bot.telegram.refusals import Refusals, refuse, saying

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def told_why_not(handler: Handler) -> Handler:
    """Tell the moderator in a short notice that their role doesn't allow a press, or that it came too late.

    The page stays if it isn't allowed: they may still see it. If it came too late, it shows the reply as it stands now.
    """

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except NotPermitted as error:
            await refuse(update, context, saying(moderation_texts.not_yours), error)
        except TooLate as error:
            await _tell_too_late(update, context, error)
            await show_reply(update, context, error.reply_id)

    return guarded


async def _tell_too_late(update: Update, context: Context, error: TooLate) -> None:
    async with context.person(update) as (_, person):
        t, zone = context.words(person), person.timezone or context.house.settings.default_timezone
    if isinstance(error, AlreadyDone):
        await notice(update, moderation_texts.already(t, error.row, zone))
    else:
        await notice(update, moderation_texts.changed_meanwhile(t))


async def notice(update: Update, text: str) -> None:
    """Show a short notice over the chat, if a button was pressed."""
    if update.callback_query is not None:
        await acknowledge(update.callback_query, text)


async def on_queue(update: Update, context: Context) -> None:
    """Show the queue of the moderator's only dialogue, or the one they looked at last; else ask which one."""
    async with context.person(update) as (session, person):
        choices, last = await queue.choices(session, person)
    t = context.words(person)
    if not choices:
        await context.say(update, menu_texts.moderators_only(t))
    elif len(choices) > 1 and (last is None or update.callback_query is not None):
        await context.turn_page(update, texts.which_dialogue(t), keyboards.dialogues(choices))
    else:
        await _show(update, context, last or choices[0][0], View.WAITING, 0)


@told_why_not
async def on_page(update: Update, context: Context) -> None:
    """Turn to a page."""
    await _show(update, context, *keyboards.QUEUE.of(update))


@told_why_not
async def on_look_at(update: Update, context: Context) -> None:
    """Show one reply where it stands now."""
    (reply_id,) = keyboards.LOOK_AT.of(update)
    await show_reply(update, context, reply_id)


async def show_reply(update: Update, context: Context, reply_id: int) -> None:
    """Turn to the page on which a reply stands now."""
    async with context.person(update) as (session, person):
        place = await queue.offset_of(session, person, reply_id)
    await _show(update, context, *place)


async def _show(update: Update, context: Context, dialogue_id: int, view: View, offset: int) -> None:
    async with context.person(update) as (session, person):
        shown = await queue.page(session, person, dialogue_id, view, offset, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.page(t, shown, context.now), keyboards.page(t, shown))


@told_why_not
async def on_attached(update: Update, context: Context) -> None:
    """Send what a reply carries, and the card beneath it, where the decision is taken."""
    assert update.effective_chat is not None
    reply_id, _, view, offset = keyboards.ATTACHED.of(update)
    async with context.person(update) as (session, person):
        attached = await queue.attached(session, person, reply_id)
        dialogue_id, _, _ = await queue.offset_of(session, person, reply_id)
        shown = await queue.page(session, person, dialogue_id, view, offset, now=context.now)
    await context.stop_spinner(update)
    await send_on(context, update.effective_chat.id, attached)
    t = context.words(person)
    await context.say(update, texts.page(t, shown, context.now), keyboards.page(t, shown))


@told_why_not
async def on_whole(update: Update, context: Context) -> None:
    """Send all that a reply says, and the card beneath it, where the decision is taken."""
    reply_id, _, view, offset = keyboards.WHOLE.of(update)
    async with context.person(update) as (session, person):
        dialogue_id, _, _ = await queue.offset_of(session, person, reply_id)
        card = await queue.card(session, person, reply_id)
        shown = await queue.page(session, person, dialogue_id, view, offset, now=context.now)
    await context.stop_spinner(update)
    t = context.words(person)
    for part in markup.split(texts.whole(t, card)):
        await context.say(update, part)
    await context.say(update, texts.page(t, shown, context.now), keyboards.page(t, shown))


@told_why_not
async def on_approve(update: Update, context: Context) -> None:
    """Show a reply that waits, and turn to the next one."""
    place = reply_id, version, _, _ = keyboards.APPROVE.of(update)
    async with context.person(update) as (session, person):
        await decisions.approve(session, person, reply_id, version=version, now=context.now)
    await _go_on(update, context, context.words(person), Act.APPROVED, place)


async def _go_on(update: Update, context: Context, t: Translator, act: Act, place: Place) -> None:
    """Tell what was done; in the queue the next reply has taken this one's place, elsewhere the reply stays in sight."""
    await notice(update, moderation_texts.done(t, act))
    reply_id, _, view, offset = place
    if view is not View.WAITING:
        await show_reply(update, context, reply_id)
        return
    async with context.person(update) as (session, person):
        dialogue_id, _, _ = await queue.offset_of(session, person, reply_id)
    await _show(update, context, dialogue_id, View.WAITING, offset)


@told_why_not
async def on_hide(update: Update, context: Context) -> None:
    """Ask for the reason."""
    place = reply_id, *_ = keyboards.HIDE.of(update)
    async with context.person(update) as (session, person):
        await decisions.decidable(session, person, reply_id, Right.JUDGE)
    t = context.words(person)
    await context.turn_page(update, decision_texts.why(t), keyboards.reasons(t, place))


@told_why_not
async def on_because(update: Update, context: Context) -> None:
    """Hide a reply for a ready reason; its author is told."""
    reply_id, version, view, offset, reason = keyboards.BECAUSE.of(update)
    async with context.person(update) as (session, person):
        await decisions.hide(session, person, reply_id, reason=reason, version=version, now=context.now)
    await _go_on(update, context, context.words(person), Act.HIDDEN, (reply_id, version, view, offset))
    context.house.wake()


@told_why_not
async def on_show_again(update: Update, context: Context) -> None:
    """Show a hidden or merged reply again."""
    place = reply_id, *_ = keyboards.SHOW_AGAIN.of(update)
    async with context.person(update) as (session, person):
        await decisions.show_again(session, person, reply_id, now=context.now)
    await _go_on(update, context, context.words(person), Act.SHOWN_AGAIN, place)


@told_why_not
async def on_feature(update: Update, context: Context) -> None:
    """Have a reply featured, or no longer."""
    featured = keyboards.FEATURE.is_in(update)
    reply_id, *_ = (keyboards.FEATURE if featured else keyboards.UNFEATURE).of(update)
    async with context.person(update) as (session, person):
        await decisions.feature(session, person, reply_id, featured=featured, now=context.now)
    await notice(update, moderation_texts.done(context.words(person), Act.FEATURED if featured else Act.UNFEATURED))
    await show_reply(update, context, reply_id)


@told_why_not
async def on_same(update: Update, context: Context) -> None:
    """Offer the replies that say the same."""
    reply_id, *_ = keyboards.SAME.of(update)
    async with context.person(update) as (session, person):
        others = await merging.candidates(session, person, reply_id)
    t = context.words(person)
    await context.turn_page(update, decision_texts.which_is_it_like(t, others), keyboards.similar(t, reply_id, others))


@told_why_not
async def on_merge(update: Update, context: Context) -> None:
    """Merge a reply into the one that was chosen."""
    reply_id, into_id = keyboards.MERGE.of(update)
    async with context.person(update) as (session, person):
        before = await decisions.merge(session, person, reply_id, into_id=into_id, now=context.now)
    t = context.words(person)
    await context.turn_page(update, decision_texts.merged(t), keyboards.merged(t, reply_id, into_id, before))


@told_why_not
async def on_unmerge(update: Update, context: Context) -> None:
    """Undo a merge, and show the reply as it stands by itself."""
    reply_id, before = keyboards.UNMERGE.of(update)
    async with context.person(update) as (session, person):
        await decisions.unmerge(session, person, reply_id, before=before, now=context.now)
    await notice(update, moderation_texts.done(context.words(person), Act.UNMERGED))
    await show_reply(update, context, reply_id)


REFUSALS: Refusals = {
    CannotMerge: saying(moderation_texts.done_already),
    NoSuchReply: saying(moderation_texts.gone),
    NotForMembers: saying(moderation_texts.for_moderators_only),
}

HANDLERS = [
    CommandHandler("queue", on_queue, PRIVATE),
    Pressed(keyboards.QUEUES, on_queue),
    Pressed(keyboards.QUEUE, on_page),
    Pressed(keyboards.LOOK_AT, on_look_at),
    Pressed(keyboards.ATTACHED, on_attached),
    Pressed(keyboards.WHOLE, on_whole),
    Pressed(keyboards.APPROVE, on_approve),
    Pressed(keyboards.HIDE, on_hide),
    Pressed(keyboards.BECAUSE, on_because),
    Pressed(keyboards.SHOW_AGAIN, on_show_again),
    Pressed(keyboards.FEATURE, on_feature),
    Pressed(keyboards.UNFEATURE, on_feature),
    Pressed(keyboards.SAME, on_same),
    Pressed(keyboards.MERGE, on_merge),
    Pressed(keyboards.UNMERGE, on_unmerge),
]
