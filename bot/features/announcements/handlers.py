"""A moderator writes to members: drafts in each language, sees it as each language does, sends it, and may still stop it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot import markup
from bot.core import prompts, rights
from bot.core.messages import TooLong
from bot.core.prompts import Aside, Prompt
from bot.core.rights import NotPermitted, Right
from bot.features.announcements import keyboards, notices, texts
from bot.features.announcements.actions import announcements, drafts
from bot.features.announcements.actions.announcements import (
    EnoughNudges,
    NoOpenQuestion,
    NothingWritten,
    SentAlready,
)
from bot.features.announcements.actions.drafts import Draft, Price
from bot.features.menu import texts as menu_texts
from bot.i18n import Translator, translator
from bot.ledger import notices as ledger_notices
from bot.models import Awaiting, NoticeKind, Person
from bot.telegram.context import Context
from bot.telegram.filters import PRIVATE, numbers_of, parts_of
from bot.telegram.typed import Typed

Result = TypeVar("Result")


async def on_command(update: Update, context: Context) -> None:
    """Begin an announcement or a nudge in the moderator's only dialogue, or ask in which."""
    message = update.message
    assert message is not None
    assert message.text is not None
    kind = NoticeKind.NUDGE if message.text.startswith("/nudge") else NoticeKind.ANNOUNCEMENT
    async with context.transaction() as session:
        person = await context.meet(session, update)
        choices = await rights.dialogues(session, person, Right.ADDRESS)
    t = context.words(person)
    if not choices:
        await context.say(update, menu_texts.moderators_only(t))
    elif len(choices) > 1:
        await context.say(update, texts.which_dialogue(t), keyboards.dialogues(choices, kind))
    else:
        await _begin(update, context, choices[0][0], kind)


async def on_dialogue(update: Update, context: Context) -> None:
    """Begin in the dialogue chosen."""
    assert update.callback_query is not None
    assert update.callback_query.data is not None
    (dialogue_id,) = numbers_of(update)
    await _begin(update, context, dialogue_id, NoticeKind(update.callback_query.data.split(":")[0]))


async def _begin(update: Update, context: Context, dialogue_id: int, kind: NoticeKind) -> None:
    async with context.transaction() as session:
        person = await context.meet(session, update)
        begun = await _unless_refused(announcements.begin(session, person, dialogue_id, kind, now=context.now))
        if isinstance(begun, Draft) and kind is NoticeKind.ANNOUNCEMENT:
            prompts.ask(person, Awaiting.ANNOUNCEMENT, begun.notice_id, now=context.now)
    await _show(update, context, person, begun)


async def _show(update: Update, context: Context, person: Person, shown: Draft | Exception) -> None:
    t = context.words(person)
    if isinstance(shown, Draft):
        keyboard = keyboards.draft(t, shown, offer=_offer(context, shown))
        await context.turn_page(update, texts.draft(t, shown), keyboard)
    else:
        await context.turn_page(update, _refusal(t, shown))


async def on_write(update: Update, context: Context) -> None:
    """Await the wording in one language."""
    notice_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(
            announcements.write_in(session, person, int(notice_id), language, now=context.now)
        )
        if isinstance(shown, Draft):
            prompts.ask(person, Awaiting.ANNOUNCEMENT, shown.notice_id, now=context.now)
    t = context.words(person)
    await context.stop_spinner(update)
    await context.say(update, texts.which_wording(t, shown.writing) if isinstance(shown, Draft) else _refusal(t, shown))


async def on_aim(update: Update, context: Context) -> None:
    """Have it posted in groups too, or sent to members only."""
    notice_id, members_only = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(
            announcements.aim(session, person, notice_id, members_only=bool(members_only), now=context.now)
        )
    await _show(update, context, person, shown)


async def take_typed(update: Update, context: Context, person: Person, aside: Aside) -> None:
    """Put what was typed into the draft, and show it; one who was replying has a way out."""
    async with context.house.database.sessions.begin() as session:
        shown = await _unless_refused(
            announcements.word(session, person, aside.about or 0, aside.text, now=context.now)
        )
    t = context.words(person)
    if isinstance(shown, Draft):
        *parts, last = markup.split(texts.draft(t, shown))
        for part in parts:
            await context.say(update, part)
        keyboard = keyboards.draft(t, shown, aside.held_id, offer=_offer(context, shown))
        await context.say(update, last, keyboard)
    else:
        await context.say(update, _refusal(t, shown))


async def on_preview(update: Update, context: Context) -> None:
    """Show the draft as members of one language will see it."""
    notice_id, language = parts_of(update)
    t = translator(language, context.house.settings.default_language)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        told = await _unless_refused(announcements.preview(session, person, int(notice_id), t.language))
        seen = [] if isinstance(told, Exception) else await notices.words_of(session, t, told)
    await context.stop_spinner(update)
    for part in [_refusal(context.words(person), told)] if isinstance(told, Exception) else seen:
        await context.say(update, part)


def _offer(context: Context, shown: Draft) -> Price | None:
    """What a paid broadcast would cost, where the host lets moderators choose it, and it would save time."""
    settings = context.house.settings
    if settings.paid_broadcast == "never":
        return None
    return drafts.price(shown.members, free_rate=settings.messages_per_second)


async def on_price(update: Update, context: Context) -> None:
    """Show what a paid broadcast costs before it is chosen."""
    (notice_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        shown = await _unless_refused(announcements.draft(session, person, notice_id, now=context.now))
    offer = _offer(context, shown) if isinstance(shown, Draft) else None
    if offer is None:
        await _show(update, context, person, shown)
        return
    t = context.words(person)
    await context.turn_page(update, texts.paid_offer(t, offer), keyboards.paid_offer(t, notice_id, offer))


async def on_pay(update: Update, context: Context) -> None:
    """Send it off as a paid broadcast, at the price that was shown."""
    await _send(update, context, paid=context.house.settings.paid_broadcast != "never")


async def on_send(update: Update, context: Context) -> None:
    """Send it off."""
    await _send(update, context, paid=False)


async def _send(update: Update, context: Context, *, paid: bool) -> None:
    (notice_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        reached = await _unless_refused(announcements.send(session, person, notice_id, now=context.now, paid=paid))
        if not isinstance(reached, NotPermitted):
            prompts.await_nothing(person)
    t = context.words(person)
    if isinstance(reached, Exception):
        await context.turn_page(update, _refusal(t, reached))
    else:
        await context.turn_page(update, texts.sent(t, reached), keyboards.sent(t, notice_id))
        context.house.wake()


async def on_stop(update: Update, context: Context) -> None:
    """Stop what is going out."""
    (notice_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        spared = await _unless_refused(announcements.call_off(session, person, notice_id, now=context.now))
    t = context.words(person)
    text = _refusal(t, spared) if isinstance(spared, Exception) else texts.called_off(t, spared)
    await context.turn_page(update, text)


async def on_discard(update: Update, context: Context) -> None:
    """Throw a draft away."""
    (notice_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        refused = await _unless_refused(announcements.discard(session, person, notice_id))
        if not isinstance(refused, NotPermitted):
            prompts.await_nothing(person)
    t = context.words(person)
    await context.turn_page(update, _refusal(t, refused) if isinstance(refused, Exception) else texts.discarded(t))


async def _unless_refused(action: Awaitable[Result]) -> Result | Exception:
    """What an action returns, or why it was refused."""
    try:
        return await action
    except REFUSED as refusal:
        return refusal


PLAIN_REFUSALS: dict[type[Exception], Callable[[Translator], str]] = {
    NoOpenQuestion: texts.no_open_question,
    NothingWritten: texts.nothing_written,
    NotPermitted: menu_texts.moderators_only,
    SentAlready: texts.sent_already,
    ledger_notices.AlreadyTold: texts.told_already,
}
REFUSED: tuple[type[Exception], ...] = (EnoughNudges, TooLong, *PLAIN_REFUSALS)


def _refusal(t: Translator, refusal: Exception) -> str:
    match refusal:
        case EnoughNudges():
            return texts.enough_nudges(t, refusal.number)
        case TooLong():
            return texts.too_long(t, refusal.length, refusal.limit)
        case _:
            return PLAIN_REFUSALS[type(refusal)](t)


TYPED: Typed = {Prompt(Awaiting.ANNOUNCEMENT, whole=True): take_typed}

HANDLERS = [
    CommandHandler(["announce", "nudge"], on_command, PRIVATE),
    CallbackQueryHandler(on_dialogue, r"^(announcement|nudge):"),
    CallbackQueryHandler(on_write, r"^write:"),
    CallbackQueryHandler(on_aim, r"^aim:"),
    CallbackQueryHandler(on_preview, r"^preview:"),
    CallbackQueryHandler(on_send, r"^send:"),
    CallbackQueryHandler(on_price, r"^price:"),
    CallbackQueryHandler(on_pay, r"^pay:"),
    CallbackQueryHandler(on_stop, r"^stop:"),
    CallbackQueryHandler(on_discard, r"^discard:"),
]
