"""A moderator says how their digest comes: on which day, when, in which language, how long."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import CallbackQueryHandler

from bot.features.digests.actions import contents, subscriptions
from bot.features.digests.actions.subscriptions import DAILY, NEVER
from bot.features.digests.keyboards import subscriptions as keyboards
from bot.features.digests.keyboards.subscriptions import OWN, RHYTHM
from bot.features.digests.texts import subscriptions as texts
from bot.features.menu import texts as menu_texts
from bot.i18n import LANGUAGES, Translator
from bot.telegram.context import Context
from bot.telegram.filters import parts_of

Choose = Callable[[AsyncSession, int], Awaitable[None]]
Offer = Callable[[Translator, int], tuple[str, InlineKeyboardMarkup]]


async def on_how(update: Update, context: Context) -> None:
    """Show how the digest comes, and what can be chosen."""
    await _choose(update, context, None)


async def on_day(update: Update, context: Context) -> None:
    """Offer the days, or take the one that was pressed."""
    _, *chosen = parts_of(update)
    if not chosen or chosen[0] not in {*texts.DAYS, DAILY, NEVER, RHYTHM}:
        await _offer(update, context, lambda t, to: (texts.choose_day(t), keyboards.days(t, to)))
        return
    day = None if chosen[0] == RHYTHM else chosen[0]
    await _choose(update, context, lambda session, member_id: subscriptions.choose_day(session, member_id, day))


async def on_hour(update: Update, context: Context) -> None:
    """Offer the hours, or take the one that was pressed."""
    _, *chosen = parts_of(update)
    if not chosen:
        await _offer(update, context, lambda t, to: (texts.choose_hour(t), keyboards.hours(t, to)))
        return
    hour = int(chosen[0]) % 24
    await _choose(update, context, lambda session, member_id: subscriptions.choose_hour(session, member_id, hour))


async def on_language(update: Update, context: Context) -> None:
    """Offer the languages, or take the one that was pressed."""
    _, *chosen = parts_of(update)
    if not chosen or chosen[0] not in {*LANGUAGES, OWN}:
        await _offer(update, context, lambda t, to: (texts.choose_language(t), keyboards.languages(t, to)))
        return
    tag = None if chosen[0] == OWN else chosen[0]
    await _choose(update, context, lambda session, member_id: subscriptions.choose_language(session, member_id, tag))


async def on_length(update: Update, context: Context) -> None:
    """Have the digest short, or with everything."""
    short = parts_of(update)[1] == "1"
    await _choose(update, context, lambda session, to: subscriptions.choose_length(session, to, short=short))


async def _offer(update: Update, context: Context, offer: Offer) -> None:
    dialogue_id = int(parts_of(update)[0])
    async with context.transaction() as session:
        person = await context.meet(session, update)
        found = await contents.moderated(session, person, dialogue_id)
    t = context.words(person)
    if found is None:
        await context.turn_page(update, menu_texts.moderators_only(t))
    else:
        await context.turn_page(update, *offer(t, dialogue_id))


async def _choose(update: Update, context: Context, choose: Choose | None) -> None:
    """Take a choice, if one was made, and show how the digest comes now."""
    dialogue_id = int(parts_of(update)[0])
    async with context.transaction() as session:
        person = await context.meet(session, update)
        found = await contents.moderated(session, person, dialogue_id)
        if found is not None:
            if choose is not None:
                await choose(session, found[0])
            subscription = await subscriptions.subscription(session, found[0], now=context.now)
    t = context.words(person)
    if found is None:
        await context.turn_page(update, menu_texts.moderators_only(t))
        return
    keyboard = keyboards.choices(t, subscription)
    await context.turn_page(update, texts.choices(t, subscription, context.now), keyboard)


HANDLERS = [
    CallbackQueryHandler(on_how, r"^digesthow:"),
    CallbackQueryHandler(on_day, r"^digestday:"),
    CallbackQueryHandler(on_hour, r"^digesthour:"),
    CallbackQueryHandler(on_language, r"^digestlang:"),
    CallbackQueryHandler(on_length, r"^digestlength:"),
]
