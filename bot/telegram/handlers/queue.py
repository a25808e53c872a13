"""The queue: a moderator looks through replies, page by page in one message, and decides."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from io import BytesIO
from typing import Any

from telegram import ForceReply, InputFile, Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.actions import holding, logkeeping, moderating, permitting, queueing, reading, restraining
from bot.actions.holding import Aside
from bot.actions.moderating import AlreadyDone, CannotMerge, ChangedMeanwhile, NoSuchReply, NotForMembers
from bot.actions.permitting import NotPermitted, Right
from bot.actions.queueing import View
from bot.actions.restraining import AlreadyLifted, AlreadyRestrained, NothingToRestrain
from bot.i18n import Translator
from bot.models import Act, Awaiting, Person, Restraint
from bot.reports import moderation_log
from bot.telegram import keyboards
from bot.telegram.context import Context, acknowledge
from bot.telegram.filters import PRIVATE, numbers_of, parts_of
from bot.texts import help as help_texts
from bot.texts import queue as texts

RESTRAINED = 10  # members on one page: more are rare
DONE = {Restraint.MUTED: Act.MUTED, Restraint.REMOVED: Act.REMOVED}

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
            await _notice(update, _why_not(context, context.words(person), person, error))
            if isinstance(error, AlreadyDone | ChangedMeanwhile):
                await _show_reply(update, context, numbers_of_first(update))

    return guarded


def numbers_of_first(update: Update) -> int:
    """The first number of a button's data: the reply it is about."""
    return int(parts_of(update)[0])


def _why_not(context: Context, t: Translator, person: Person, error: Exception) -> str:
    match error:
        case AlreadyDone():
            return texts.already(t, error.row, person.timezone or context.house.settings.default_timezone)
        case ChangedMeanwhile():
            return texts.changed_meanwhile(t)
        case NotForMembers():
            return texts.for_moderators_only(t)
        case NotPermitted():
            return texts.not_yours(t)
        case AlreadyRestrained() | AlreadyLifted() | CannotMerge():
            return texts.already(t, None, "UTC")
        case _:
            return texts.gone(t)


async def _notice(update: Update, text: str) -> None:
    if update.callback_query is not None:
        await acknowledge(update.callback_query, text)


async def on_queue(update: Update, context: Context) -> None:
    """Show the queue of the moderator's only dialogue, or the one they looked at last; else ask which one."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        choices, last = await queueing.choices(session, person)
    t = context.words(person)
    if not choices:
        await context.say(update, help_texts.moderators_only(t))
    elif len(choices) > 1 and (last is None or update.callback_query is not None):
        await context.turn_page(update, texts.which_dialogue(t), keyboards.queue.dialogues(choices))
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
    await _show_reply(update, context, numbers_of_first(update))


async def _show_reply(update: Update, context: Context, reply_id: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        place = await queueing.offset_of(session, person, reply_id)
    await _show(update, context, *place)


async def _show(update: Update, context: Context, dialogue_id: int, view: View, offset: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await queueing.page(session, person, dialogue_id, view, offset, now=context.now)
    t = context.words(person)
    await context.turn_page(update, texts.page(t, shown, context.now), keyboards.queue.page(t, shown))


@told_why_not
async def on_approve(update: Update, context: Context) -> None:
    """Show a reply that waits, and turn to the next one."""
    reply_id, version, _, _ = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await moderating.approve(session, person, int(reply_id), version=int(version), now=context.now)
    await _go_on(update, context, context.words(person), Act.APPROVED)


async def _go_on(update: Update, context: Context, t: Translator, act: Act) -> None:
    """Tell what was done; in the queue the next reply has taken this one's place, elsewhere the reply stays in sight."""
    await _notice(update, texts.done(t, act))
    reply_id, _, view, offset = parts_of(update)[:4]
    if view != View.WAITING:
        await _show_reply(update, context, int(reply_id))
        return
    async with context.transaction() as session:
        person = await context.meet(session, update)
        dialogue_id, _, _ = await queueing.offset_of(session, person, int(reply_id))
    await _show(update, context, dialogue_id, View.WAITING, int(offset))


@told_why_not
async def on_hide(update: Update, context: Context) -> None:
    """Ask for the reason."""
    reply_id, version, view, offset = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
    t = context.words(person)
    keyboard = keyboards.queue.reasons(t, int(reply_id), int(version), (view, offset))
    await context.turn_page(update, texts.why(t), keyboard)


@told_why_not
async def on_because(update: Update, context: Context) -> None:
    """Hide a reply for a ready reason; its author is told."""
    reply_id, version, _, _, index = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        reason = keyboards.queue.REASONS[int(index)]
        await moderating.hide(session, person, int(reply_id), reason=reason, version=int(version), now=context.now)
    await _go_on(update, context, context.words(person), Act.HIDDEN)
    context.house.wake()


async def on_reason(update: Update, context: Context) -> None:
    """Ask for a reason to be typed."""
    await _ask(update, context, Awaiting.REASON, texts.type_reason)


async def on_speak(update: Update, context: Context) -> None:
    """Ask for what the moderator wants to say to a reply."""
    await _ask(update, context, Awaiting.MODERATORS_RESPONSE, texts.type_response)


async def _ask(update: Update, context: Context, awaiting: Awaiting, text: Callable[[Translator], str]) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        person.awaiting, person.awaiting_id = awaiting, numbers_of_first(update)
    await context.say(update, text(context.words(person)), ForceReply())
    await context.stop_spinner(update)


async def offer_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Ask whether what was typed is the reason, or the response, that the bot asked for."""
    t = context.words(person)
    reply_id = aside.about or 0
    if aside.awaiting is Awaiting.REASON:
        keyboard = keyboards.queue.typed_reason(t, reply_id, aside.held_id)
        await context.say(update, texts.confirm_reason(t, aside.text[: moderating.REASON_LIMIT]), keyboard)
    else:
        keyboard = keyboards.queue.typed_response(t, reply_id, aside.held_id)
        await context.say(update, texts.confirm_response(t, aside.text), keyboard)


@told_why_not
async def on_hide_for(update: Update, context: Context) -> None:
    """Hide a reply for the reason that was typed."""
    reply_id, held_id = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        reason = await holding.held_text(session, person, held_id=held_id)
        if reason is not None:
            await moderating.hide(session, person, reply_id, reason=reason, version=None, now=context.now)
            await holding.discard(session, person, held_id=held_id)
    t = context.words(person)
    await _notice(update, texts.done(t, Act.HIDDEN) if reason else texts.already(t, None, "UTC"))
    await _show_reply(update, context, reply_id)
    context.house.wake()


@told_why_not
async def on_spoken(update: Update, context: Context) -> None:
    """Show what was typed under the reply, as a moderator's."""
    reply_id, held_id = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        held = await holding.held(session, person, held_id=held_id)
        if held is not None:
            await moderating.respond(
                session,
                person,
                reply_id,
                content=held.content,
                message_id=held.message_id,
                sent_at=held.sent_at,
                now=context.now,
            )
            await holding.discard(session, person, held_id=held_id)
    t = context.words(person)
    await context.turn_page(update, texts.responded(t) if held else texts.already(t, None, "UTC"))


@told_why_not
async def on_show_again(update: Update, context: Context) -> None:
    """Show a hidden or merged reply again."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await moderating.show_again(session, person, numbers_of_first(update), now=context.now)
    await _go_on(update, context, context.words(person), Act.SHOWN_AGAIN)


@told_why_not
async def on_feature(update: Update, context: Context) -> None:
    """Have a reply featured, or no longer."""
    assert update.callback_query is not None
    assert update.callback_query.data is not None
    featured = update.callback_query.data.startswith("feature:")
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await moderating.feature(session, person, numbers_of_first(update), featured=featured, now=context.now)
    await _notice(update, texts.done(context.words(person), Act.FEATURED if featured else Act.UNFEATURED))
    await _show_reply(update, context, numbers_of_first(update))


@told_why_not
async def on_same(update: Update, context: Context) -> None:
    """Offer the replies that say the same."""
    reply_id = numbers_of_first(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        others = await queueing.similar(session, person, reply_id)
    t = context.words(person)
    await context.turn_page(update, texts.which_is_it_like(t, others), keyboards.queue.similar(t, reply_id, others))


@told_why_not
async def on_merge(update: Update, context: Context) -> None:
    """Merge a reply into the one that was chosen."""
    reply_id, into_id = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await moderating.merge(session, person, reply_id, into_id=into_id, now=context.now)
    await _notice(update, texts.done(context.words(person), Act.MERGED))
    await _show_reply(update, context, into_id)


async def on_author(update: Update, context: Context) -> None:
    """Say what muting and removing mean."""
    async with context.transaction() as session:
        person = await context.meet(session, update)
    t = context.words(person)
    await context.turn_page(update, texts.about_author(t), keyboards.queue.author(t, numbers_of_first(update)))


@told_why_not
async def on_restrain(update: Update, context: Context) -> None:
    """Mute or remove the author of a reply; they are told."""
    reply_id, restraint = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        await restraining.restrain(session, person, int(reply_id), Restraint(restraint), now=context.now)
    await _notice(update, texts.done(context.words(person), DONE[Restraint(restraint)]))
    await _show_reply(update, context, int(reply_id))
    context.house.wake()


@told_why_not
async def on_restrained(update: Update, context: Context) -> None:
    """List who is muted or removed."""
    (dialogue_id,) = numbers_of(update)
    await _show_restrained(update, context, dialogue_id)


async def _show_restrained(update: Update, context: Context, dialogue_id: int) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        member = await permitting.membership(session, person, dialogue_id, Right.RESTRAIN)
        found = await restraining.restrained(session, person, dialogue_id, limit=RESTRAINED)
        zone = reading.zone_of(person, member.dialogue)
    t = context.words(person)
    await context.turn_page(update, texts.restrained(t, found, zone), keyboards.queue.restrained(t, dialogue_id, found))


@told_why_not
async def on_lift(update: Update, context: Context) -> None:
    """Bring a member back; they are told."""
    (sanction_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        lifted = await restraining.lift(session, person, sanction_id, now=context.now)
    act = restraining.LIFTED[lifted.restraint]
    await _notice(update, texts.done(context.words(person), act))
    await _show_restrained(update, context, lifted.dialogue_id)
    context.house.wake()


@told_why_not
async def on_log(update: Update, context: Context) -> None:
    """Send an organiser the log as a file."""
    (dialogue_id,) = numbers_of(update)
    assert update.effective_chat is not None
    async with context.transaction() as session:
        person = await context.meet(session, update)
        member = await permitting.membership(session, person, dialogue_id, Right.AUDIT)
        rows = await logkeeping.rows(session, dialogue_id)
        title = reading.in_language(member.dialogue.title, member.dialogue, person.language)
    t = context.words(person)
    await context.stop_spinner(update)
    chat_id, file = update.effective_chat.id, moderation_log.as_csv(t, rows).encode("utf-8-sig")
    send: Callable[[], Awaitable[object]] = lambda: context.bot.send_document(  # noqa: E731 - tried again by answer
        chat_id, InputFile(BytesIO(file), "moderation-log.csv"), caption=texts.log_caption(t, title)
    )
    await context.answer(send)


HANDLERS = [
    CommandHandler("queue", on_queue, PRIVATE),
    CallbackQueryHandler(on_queue, r"^queues$"),
    CallbackQueryHandler(on_page, r"^queue:"),
    CallbackQueryHandler(on_look_at, r"^lookat:"),
    CallbackQueryHandler(on_approve, r"^approve:"),
    CallbackQueryHandler(on_hide, r"^hide:"),
    CallbackQueryHandler(on_because, r"^because:"),
    CallbackQueryHandler(on_reason, r"^reason:"),
    CallbackQueryHandler(on_hide_for, r"^hidefor:"),
    CallbackQueryHandler(on_speak, r"^speak:"),
    CallbackQueryHandler(on_spoken, r"^spoken:"),
    CallbackQueryHandler(on_show_again, r"^unhide:"),
    CallbackQueryHandler(on_feature, r"^(un)?feature:"),
    CallbackQueryHandler(on_same, r"^same:"),
    CallbackQueryHandler(on_merge, r"^merge:"),
    CallbackQueryHandler(on_author, r"^author:"),
    CallbackQueryHandler(on_restrain, r"^restrain:"),
    CallbackQueryHandler(on_restrained, r"^restrained:"),
    CallbackQueryHandler(on_lift, r"^lift:"),
    CallbackQueryHandler(on_log, r"^log:"),
]
