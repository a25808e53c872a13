"""The author of a reply, or a moderator, says which language it is in."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import detecting
from bot.actions.detecting import NotYours
from bot.telegram import keyboards
from bot.telegram.context import Context
from bot.telegram.filters import numbers_of, parts_of
from bot.texts import reply_language as texts


async def on_languages(update: Update, context: Context) -> None:
    """Show which language a reply is taken for, and what else it may be."""
    (reply_id,) = numbers_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            shown = await detecting.language_of(session, person, reply_id)
        except NotYours:
            shown = None
    t = context.words(person)
    await context.stop_spinner(update)
    if shown is None:
        await context.say(update, texts.not_yours(t))
    else:
        await context.say(update, texts.which_language(t, shown), keyboards.reply_language.choices(shown))


async def on_language(update: Update, context: Context) -> None:
    """Take the language chosen."""
    reply_id, language = parts_of(update)
    async with context.transaction() as session:
        person = await context.meet(session, update)
        try:
            corrected = await detecting.correct(session, person, int(reply_id), language=language)
        except (NotYours, ValueError):
            corrected = None
    t = context.words(person)
    await context.turn_page(update, texts.language_corrected(t, corrected) if corrected else texts.not_yours(t))


HANDLERS = [
    CallbackQueryHandler(on_languages, r"^tongues:"),
    CallbackQueryHandler(on_language, r"^tongue:"),
]
