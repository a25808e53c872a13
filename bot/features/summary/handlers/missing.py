"""Moderators see who is not in the Summary, let an unheard language stand, and put replies under key points."""

from telegram import InlineKeyboardMarkup, Update

from bot import insight, markup
from bot.child import Died, TookTooLong
from bot.core import wordings
from bot.features.key_points.actions import key_points
from bot.features.summary import jobs
from bot.features.summary.actions import overlooked, voices
from bot.features.summary.keyboards import missing as keyboards
from bot.features.summary.keyboards.publication import MISSING
from bot.features.summary.texts import missing as texts
from bot.telegram.buttons import Pressed
from bot.telegram.context import Context


async def on_missing(update: Update, context: Context) -> None:
    """Show how many were heard."""
    (dialogue_id,) = MISSING.of(update)
    await _show(update, context, dialogue_id, None)


async def on_stand(update: Update, context: Context) -> None:
    """Let it stand that a language is unheard, as it was seen, and show how it is now."""
    dialogue_id, language, members = keyboards.STAND.of(update)
    await _show(update, context, dialogue_id, (language, members))


async def _show(update: Update, context: Context, dialogue_id: int, stand: tuple[str, int] | None) -> None:
    async with context.person(update) as (session, person):
        member = await key_points.editor(session, person, dialogue_id)
        if stand is not None:
            await voices.let_stand(session, member, *stand, now=context.now)
        found = await voices.voices(session, member.dialogue, language=person.language)
        zone = wordings.zone_of(person, member.dialogue)
    t = context.words(person)
    text, keyboard = texts.page(t, found, zone), keyboards.page(t, dialogue_id, found)
    if stand is not None:
        await context.turn_page(update, text, keyboard)
    else:
        await context.say(update, text, keyboard)
        await context.stop_spinner(update)


async def on_farthest(update: Update, context: Context) -> None:
    """Show the replies that are farthest from every key point."""
    (dialogue_id,) = keyboards.FARTHEST.of(update)
    async with context.person(update) as (session, person):
        await key_points.editor(session, person, dialogue_id)  # refuses who may not
    t = context.words(person)
    await context.stop_spinner(update)
    try:
        ids = await jobs.find_overlooked(context.house.database, context.house.child, person.id, dialogue_id)
    except (Died, TookTooLong):
        await context.say(update, texts.not_found(t))
        return
    async with context.person(update) as (session, person):
        reader = await key_points.editor(session, person, dialogue_id)
        found = await overlooked.shown(session, reader, person, ids)
    text = texts.replies(t, found, across_languages=insight.vectors.best().across_languages)
    await _say(update, context, text, keyboards.replies(t, dialogue_id, found))


async def on_overlooked(update: Update, context: Context) -> None:
    """Show one of them in full, with the key points that it may be put under."""
    (reply_id,) = keyboards.OVERLOOKED.of(update)
    async with context.person(update) as (session, person):
        shown = await overlooked.placeable(session, person, reply_id)
    t = context.words(person)
    await _say(update, context, texts.reply(t, shown), keyboards.reply(t, shown))
    await context.stop_spinner(update)


async def _say(update: Update, context: Context, text: str, keyboard: InlineKeyboardMarkup) -> None:
    *parts, rest = markup.split(text)
    for part in parts:
        await context.say(update, part)
    await context.say(update, rest, keyboard)


HANDLERS = [
    Pressed(MISSING, on_missing),
    Pressed(keyboards.STAND, on_stand),
    Pressed(keyboards.FARTHEST, on_farthest),
    Pressed(keyboards.OVERLOOKED, on_overlooked),
]
