"""The queue: a moderator looks through replies, page by page in one message, and decides."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.core.rights import NotPermitted, Right
from bot.core.visibility import NoSuchReply
from bot.features.menu import texts as menu_texts
from bot.features.moderation import keyboards
from bot.features.moderation.actions import decisions, queue
from bot.features.moderation.actions.decisions import (
    AlreadyDone,
    CannotMerge,
    ChangedMeanwhile,
    NotForMembers,
)
from bot.features.moderation.actions.queue import View
from bot.features.moderation.actions.sanctions import AlreadyLifted, AlreadyRestrained, NothingToRestrain
from bot.features.moderation.texts import notices as moderation_texts
from bot.features.moderation.texts import queue as texts
from bot.i18n import Translator
from bot.models import Act, Person
from bot.telegram.attachments import send_on
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE, numbers_of, parts_of

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def told_why_not(handler: Handler) -> Handler:
    """Tell the moderator in a short notice why a press had no effect, and show the reply as it stands now."""

    @wraps(handler)
    async def guarded(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except (
            *(NotPermitted, NoSuchReply, AlreadyDone, ChangedMeanwhile, NotForMembers, CannotMerge),
            *(NothingToRestrain, AlreadyRestrained, AlreadyLifted),
        ) as error:
            async with context.transaction() as session:
                person = await context.meet(session, update)
            await notice(update, _why_not(context, context.words(person), person, error))
            if isinstance(error, AlreadyDone | ChangedMeanwhile):
                await show_reply(update, context, numbers_of_first(update))

    return guarded


def numbers_of_first(update: Update) -> int:
    """The first number of a button's data: the reply it is about."""
    return int(parts_of(update)[0])


def _why_not(context: Context, t: Translator, person: Person, error: Exception) -> str:
    match error:
        case AlreadyDone():
            return moderation_texts.already(t, error.row, person.timezone or context.house.settings.default_timezone)
        case ChangedMeanwhile():
            return moderation_texts.changed_meanwhile(t)
        case NotForMembers():
            return moderation_texts.for_moderators_only(t)
        case NotPermitted():
            return moderation_texts.not_yours(t)
        case AlreadyRestrained() | AlreadyLifted() | CannotMerge():
            return moderation_texts.already(t, None, "UTC")
        case _:
            return moderation_texts.gone(t)


async def notice(update: Update, text: str) -> None:
    """Show a short notice over the chat, if a button was pressed."""
    if update.callback_query is not None:
        await acknowledge(update.callback_query, text)


async def on_queue(update: Update, context: Context) -> None:
    """Show the queue of the moderator's only dialogue, or the one they looked at last; else ask which one."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
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
    dialogue_id, view, offset = parts_of(update)
    await _show(update, context, int(dialogue_id), View(view), int(offset))


@told_why_not
async def on_look_at(update: Update, context: Context) -> None:
    """Show one reply where it stands now."""
    await show_reply(update, context, numbers_of_first(update))


async def show_reply(update: Update, context: Context, reply_id: int) -> None:
    """Turn to the page on which a reply stands now."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        place = await queue.offset_of(session, person, reply_id)
    await _show(update, context, *place)


async def _show(update: Update, context: Context, dialogue_id: int, view: View, offset: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await queue.page(session, person, dialogue_id, view, offset, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.page(t, shown, context.now), keyboards.page(t, shown))


@told_why_not
async def on_attached(update: Update, context: Context) -> None:
    """Send what a reply carries, and the card beneath it, where the decision is taken."""
    assert update.effective_chat is not None
    reply_id, _, view, offset = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        attached = await queue.attached(session, person, int(reply_id))
        dialogue_id, _, _ = await queue.offset_of(session, person, int(reply_id))
        shown = await queue.page(session, person, dialogue_id, View(view), int(offset), now=context.now)
    await context.stop_spinner(update)
    await send_on(context, update.effective_chat.id, attached)
    t = context.words(person)
    await context.say(update, texts.page(t, shown, context.now), keyboards.page(t, shown))


@told_why_not
async def on_approve(update: Update, context: Context) -> None:
    """Show a reply that waits, and turn to the next one."""
    reply_id, version, _, _ = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.approve(session, person, int(reply_id), version=int(version), now=context.now)
    await _go_on(update, context, context.words(person), Act.APPROVED)


async def _go_on(update: Update, context: Context, t: Translator, act: Act) -> None:
    """Tell what was done; in the queue the next reply has taken this one's place, elsewhere the reply stays in sight."""
    await notice(update, moderation_texts.done(t, act))
    reply_id, _, view, offset = parts_of(update)[:4]
    if view != View.WAITING:
        await show_reply(update, context, int(reply_id))
        return
    async with context.transaction() as session:
        person = await context.meet(session, update)
        dialogue_id, _, _ = await queue.offset_of(session, person, int(reply_id))
    await _show(update, context, dialogue_id, View.WAITING, int(offset))


@told_why_not
async def on_hide(update: Update, context: Context) -> None:
    """Ask for the reason."""
    reply_id, version, view, offset = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.decidable(session, person, int(reply_id), Right.JUDGE)
    t = context.words(person)
    keyboard = keyboards.reasons(t, int(reply_id), int(version), (view, offset))
    await context.turn_page(update, texts.why(t), keyboard)


@told_why_not
async def on_because(update: Update, context: Context) -> None:
    """Hide a reply for a ready reason; its author is told."""
    reply_id, version, _, _, index = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        reason = keyboards.REASONS[int(index)]
        await decisions.hide(session, person, int(reply_id), reason=reason, version=int(version), now=context.now)
    await _go_on(update, context, context.words(person), Act.HIDDEN)
    context.house.wake()


@told_why_not
async def on_show_again(update: Update, context: Context) -> None:
    """Show a hidden or merged reply again."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.show_again(session, person, numbers_of_first(update), now=context.now)
    await _go_on(update, context, context.words(person), Act.SHOWN_AGAIN)


@told_why_not
async def on_feature(update: Update, context: Context) -> None:
    """Have a reply featured, or no longer."""
    assert update.callback_query is not None
    assert update.callback_query.data is not None
    featured = update.callback_query.data.startswith("feature:")
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.feature(session, person, numbers_of_first(update), featured=featured, now=context.now)
    await notice(update, moderation_texts.done(context.words(person), Act.FEATURED if featured else Act.UNFEATURED))
    await show_reply(update, context, numbers_of_first(update))


@told_why_not
async def on_same(update: Update, context: Context) -> None:
    """Offer the replies that say the same."""
    reply_id = numbers_of_first(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        others = await queue.similar(session, person, reply_id)
    t = context.words(person)
    await context.turn_page(update, texts.which_is_it_like(t, others), keyboards.similar(t, reply_id, others))


@told_why_not
async def on_merge(update: Update, context: Context) -> None:
    """Merge a reply into the one that was chosen."""
    reply_id, into_id = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await decisions.merge(session, person, reply_id, into_id=into_id, now=context.now)
    await notice(update, moderation_texts.done(context.words(person), Act.MERGED))
    await show_reply(update, context, into_id)


HANDLERS = [
    CommandHandler("queue", on_queue, PRIVATE),
    CallbackQueryHandler(on_queue, r"^queues$"),
    CallbackQueryHandler(on_page, r"^queue:"),
    CallbackQueryHandler(on_look_at, r"^lookat:"),
    CallbackQueryHandler(on_attached, r"^attached:"),
    CallbackQueryHandler(on_approve, r"^approve:"),
    CallbackQueryHandler(on_hide, r"^hide:"),
    CallbackQueryHandler(on_because, r"^because:"),
    CallbackQueryHandler(on_show_again, r"^unhide:"),
    CallbackQueryHandler(on_feature, r"^(un)?feature:"),
    CallbackQueryHandler(on_same, r"^same:"),
    CallbackQueryHandler(on_merge, r"^merge:"),
]
