"""A moderator says how their digest comes: on which day, when, in which language, how long."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import InlineKeyboardMarkup, Update

from bot.core import rights
from bot.core.rights import Right
from bot.features.digests.actions import subscriptions
from bot.features.digests.keyboards import subscriptions as keyboards
from bot.features.digests.keyboards.digests import HOW
from bot.features.digests.keyboards.subscriptions import OWN, RHYTHM
from bot.features.digests.texts import subscriptions as texts
from bot.i18n import Translator
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context

Choose = Callable[[AsyncSession, int], Awaitable[None]]
Offer = Callable[[Translator, int], tuple[str, InlineKeyboardMarkup]]


async def on_how(update: Update, context: Context) -> None:
    """Show how the digest comes, and what can be chosen."""
    (dialogue_id,) = HOW.of(update)
    await _choose(update, context, dialogue_id, None)


async def on_day(update: Update, context: Context) -> None:
    """Offer the days, or take the one that was pressed."""
    dialogue_id, chosen = keyboards.DAY.of(update)
    if chosen is None:
        await _offer(update, context, dialogue_id, lambda t, to: (texts.choose_day(t), keyboards.days(t, to)))
        return
    day = None if chosen == RHYTHM else chosen
    await _choose(update, context, dialogue_id, lambda session, to: subscriptions.choose_day(session, to, day))


async def on_hour(update: Update, context: Context) -> None:
    """Offer the hours, or take the one that was pressed."""
    dialogue_id, hour = keyboards.HOUR.of(update)
    if hour is None:
        await _offer(update, context, dialogue_id, lambda t, to: (texts.choose_hour(t), keyboards.hours(t, to)))
        return
    await _choose(update, context, dialogue_id, lambda session, to: subscriptions.choose_hour(session, to, hour))


async def on_language(update: Update, context: Context) -> None:
    """Offer the languages, or take the one that was pressed."""
    dialogue_id, chosen = keyboards.LANGUAGE.of(update)
    if chosen is None:
        await _offer(update, context, dialogue_id, lambda t, to: (texts.choose_language(t), keyboards.languages(t, to)))
        return
    tag = None if chosen == OWN else chosen
    await _choose(update, context, dialogue_id, lambda session, to: subscriptions.choose_language(session, to, tag))


async def on_length(update: Update, context: Context) -> None:
    """Have the digest short, or with everything."""
    dialogue_id, short = keyboards.LENGTH.of(update)
    await _choose(
        update, context, dialogue_id, lambda session, to: subscriptions.choose_length(session, to, short=short)
    )


async def _offer(update: Update, context: Context, dialogue_id: int, offer: Offer) -> None:
    async with context.person(update) as (session, person):
        await rights.membership(session, person, dialogue_id, Right.SEE_DIGESTS)
    await context.turn_page(update, *offer(context.words(person), dialogue_id))


async def _choose(update: Update, context: Context, dialogue_id: int, choose: Choose | None) -> None:
    """Take a choice, if one was made, and show how the digest comes now."""
    async with context.person(update) as (session, person):
        member = await rights.membership(session, person, dialogue_id, Right.SEE_DIGESTS)
        if choose is not None:
            await choose(session, member.id)
        subscription = await subscriptions.subscription(session, member.id, now=context.now)
    t = context.words(person)
    keyboard = keyboards.choices(t, subscription)
    await context.turn_page(update, texts.choices(t, subscription, context.now), keyboard)


HANDLERS = [
    Pressed(HOW, on_how),
    Pressed(keyboards.DAY, on_day),
    Pressed(keyboards.HOUR, on_hour),
    Pressed(keyboards.LANGUAGE, on_language),
    Pressed(keyboards.LENGTH, on_length),
]
